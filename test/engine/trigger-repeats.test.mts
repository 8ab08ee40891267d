import { describe, expect, it } from '@jest/globals';
import type { INodeExecutionData } from 'n8n-workflow';

import { clearRows, database, storedHashes } from './n8n/processed-data.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

describe('an event that comes more than once starts one execution, and Truto gets 200', () => {
	it('at once', async () => {
		const { server, deliver } = await activate();

		const deliveries = await deliver(COMPLETED, { id: 'r1' }, { double: true });

		expect(answersTo(deliveries)).toEqual([200, 200]);
		expect(server.executions).toHaveLength(1);
	});

	it('later', async () => {
		const { server, deliver } = await activate();
		for (let n = 0; n < 3; n++) {
			expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' }))).toEqual([200]);
		}
		expect(server.executions).toHaveLength(1);
		// They did not get as far as an execution.
		expect(server.ended).toBe(0);
	});

	it('after a restart of n8n, or in another process: the execution ends at the trigger', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		server.trigger.restart();

		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' }))).toEqual([200]);
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-2' });

		expect(server.executions.map(([item]) => item?.event_id)).toEqual(['event-1', 'event-2']);
		expect(server.ended).toBe(1);
	});

	it('that test would notice a second execution if nothing were stored', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		clearRows();
		server.trigger.restart();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(2);
	});

	it('each of 300 at once, over a restart', async () => {
		const { server, deliver } = await activate();
		const ids = Array.from({ length: 300 }, (_, n) => `event-${String(n)}`);
		const sendAll = async () => {
			await Promise.all(ids.map(async (id) => await deliver(COMPLETED, { id: 'r1' }, { id })));
		};
		await sendAll();
		server.trigger.restart();
		await sendAll();
		expect(server.executions).toHaveLength(300);
		expect(server.ended).toBe(300);
	});

	it('while the first one has no answer yet: it waits for what becomes of that', async () => {
		const { server, deliver } = await activate();
		let answerNow: () => void = () => undefined;
		server.beforeAnswer = async () =>
			await new Promise<void>((resolve) => {
				answerNow = resolve;
			});
		server.isFrozen = true;
		const first = deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await new Promise((resolve) => setTimeout(resolve, 200));
		const second = deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(server.statuses).toEqual([]);
		answerNow();
		expect(answersTo([...(await first), ...(await second)])).toEqual([200, 200]);
		// Neither ran; the second one was not handed on.
		expect(server.handedOn).toBe(1);
	});

	it('while its execution runs and the first sender has no answer yet', async () => {
		const { server, deliver } = await activate();
		let answerNow: () => void = () => undefined;
		server.beforeAnswer = async () =>
			await new Promise<void>((resolve) => {
				answerNow = resolve;
			});
		const first = deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await new Promise((resolve) => setTimeout(resolve, 300));
		const second = deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect(server.statuses).toEqual([200]);
		// Should n8n be killed now, Truto sends the event again, and it must not count as a repeat.
		expect(storedHashes(server.trigger.databaseId)).toEqual([]);
		answerNow();
		expect(answersTo([...(await first), ...(await second)])).toEqual([200, 200]);
		expect(storedHashes(server.trigger.databaseId)).not.toEqual([]);
		expect(server.executions).toHaveLength(1);
	});

	it('again if n8n’s database fails: better twice than not at all', async () => {
		const { server, deliver } = await activate();
		const lines: string[] = [];
		server.trigger.onWarning = (line) => lines.push(line);
		database.failures = 1;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(1);
		expect(lines).toEqual([
			expect.stringMatching(/started the workflow before.*database is locked/),
		]);
	});
});

describe('an execution that is repeated runs again', () => {
	const received = async () => {
		const { server, deliver } = await activate();
		let handedOn: INodeExecutionData[][] = [];
		server.onHandOn = (items) => (handedOn = items);
		server.isFrozen = true;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		return { trigger: server.trigger, handedOn };
	};

	it('by hand', async () => {
		const { trigger, handedOn } = await received();
		expect((await trigger.execute(handedOn)).items).toHaveLength(1);
		expect((await trigger.execute(handedOn, 'retry')).items).toHaveLength(1);
		expect((await trigger.execute(handedOn)).items).toHaveLength(0);
	});

	it.each([false, true])(
		'by n8n itself, under the same id (another process: %s)',
		async (other) => {
			const { trigger, handedOn } = await received();
			expect((await trigger.execute(handedOn, 'webhook', '7')).items).toHaveLength(1);
			if (other) trigger.restart();
			expect((await trigger.execute(handedOn, 'webhook', '7')).items).toHaveLength(1);
			expect((await trigger.execute(handedOn, 'webhook', '8')).items).toHaveLength(0);
		},
	);
});

describe('the ids of a trigger', () => {
	it('are its own: another one with the same event starts too', async () => {
		const one = await activate();
		const other = await activate();
		await one.deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await other.deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(one.server.executions).toHaveLength(1);
		expect(other.server.executions).toHaveLength(1);
	});

	it('are others while the editor waits for a test event', async () => {
		const { server, deliver } = await activate();
		const { trigger } = server;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		trigger.test.isTest = true;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(2);
	});

	it('do not hold events that start nothing, so that a changed filter can take them', async () => {
		const { server, deliver } = await activate({ events: ['sync_job_run:failed'] });
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		server.trigger.test.parameters = { events: [COMPLETED] };
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(1);
	});

	it('are kept over a deactivation', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await server.trigger.call('delete');
		await server.trigger.activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(1);
	});

	it('of the editor’s tests are not stored', async () => {
		const { server, deliver } = await activate({}, { isTest: true });
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(1);
		server.trigger.test.isTest = false;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(2);
	});
});
