import { describe, expect, it } from '@jest/globals';

import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();

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
		expect(server.trigger.memory.seen).toEqual(['event-1']);
	});

	it('after a restart of n8n', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		server.trigger.restart();

		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' }))).toEqual([200]);
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-2' });

		expect(server.executions.map(([item]) => item?.id)).toEqual(['event-1', 'event-2']);
		expect(server.trigger.memory.seen).toEqual(['event-1', 'event-2']);
	});

	it('would start a second one in that test if nothing were stored', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		server.trigger.restart();
		server.trigger.memory = { ...server.trigger.memory, seen: [] };
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		expect(server.executions).toHaveLength(2);
	});

	it('while the first one is still being worked on', async () => {
		const { server, deliver } = await activate({ options: { fetchRun: true } });
		truto().faults.forPath('GET /sync-job-run', { kind: 'delayHeaders', ms: 300 });
		const [run] = truto().store.runs.keys();

		const deliveries = await deliver(COMPLETED, { id: run }, { double: true });

		expect(answersTo(deliveries)).toEqual([200, 200]);
		expect(server.executions).toHaveLength(1);
	});

	it('among many: no more than 200 ids are stored', async () => {
		const { server } = await activate();
		const stored = Array.from({ length: 200 }, (_, n) => `old-${String(n)}`);
		server.trigger.memory = { ...server.trigger.memory, seen: stored };
		const created_at = new Date().toISOString();
		const send = async (id: string) =>
			await server.post(JSON.stringify({ id, event: COMPLETED, payload: {}, created_at }));

		await send('old-0');
		await send('new');

		expect(server.executions).toHaveLength(1);
		expect(server.trigger.memory.seen).toEqual([...stored.slice(1), 'new']);
	});
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
		// n8n keeps static data of its own for tests.
		trigger.memory = { ...trigger.memory, seen: [] };
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

	it('are not in memory any more after a deactivation', async () => {
		const { server, deliver } = await activate();
		const { trigger } = server;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await trigger.call('delete');
		trigger.memory = {};
		await trigger.activate();
		const { webhookId } = trigger.memory;
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1', webhookId });
		expect(server.executions).toHaveLength(2);
	});
});

describe('an event whose execution n8n could not start', () => {
	it('is new when it comes again', async () => {
		const { server, deliver } = await activate();
		server.failures = 1;
		const options = { id: 'event-1' };

		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, options))).toEqual([500]);
		expect(server.executions).toEqual([]);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, options))).toEqual([200]);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, options))).toEqual([200]);

		expect(server.executions).toHaveLength(1);
		expect(server.trigger.memory.seen).toEqual(['event-1']);
	});

	it('starts it by the retries of Truto', async () => {
		const { server, deliver } = await activate();
		server.failures = 2;

		const [delivery] = await deliver(COMPLETED, { id: 'r1' }, { retries: 3 });

		expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 500, 200]);
		expect(server.executions).toHaveLength(1);
	});

	it('does not take another event’s place', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		server.failures = 1;
		await deliver(COMPLETED, { id: 'r2' }, { id: 'event-2' });
		await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' });
		await deliver(COMPLETED, { id: 'r2' }, { id: 'event-2' });
		expect(server.executions.map(([item]) => item?.id)).toEqual(['event-1', 'event-2']);
	});
});
