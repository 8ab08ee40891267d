import { describe, expect, it } from '@jest/globals';

import type { TriggerServer } from './trigger-server.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

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
		expect(server.executions.map(([item]) => item?.event_id)).toEqual(['event-1', 'event-2']);
	});
});

describe('a connection that breaks before the answer', () => {
	/** Sends an event and hangs up as soon as n8n has taken it. */
	async function hangUp(server: TriggerServer, id: string): Promise<void> {
		const body = JSON.stringify({ id, event: COMPLETED, payload: { id: 'r1' } });
		const controller = new AbortController();
		server.beforeAnswer = async () => {
			controller.abort();
			await new Promise((resolve) => setTimeout(resolve, 100));
			server.beforeAnswer = () => undefined;
		};
		await expect(server.post(body, {}, controller.signal)).rejects.toThrow('aborted');
		await new Promise((resolve) => setTimeout(resolve, 150));
		await server.idle();
	}

	it('does not count as an answer: an event that did not start is new when it comes again', async () => {
		const { server, deliver } = await activate();
		server.isFrozen = true;
		await hangUp(server, 'event-1');
		server.isFrozen = false;
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' }))).toEqual([200]);
		expect(server.executions).toHaveLength(1);
	});

	it('does not start a second one if the execution runs', async () => {
		const { server, deliver } = await activate();
		await hangUp(server, 'event-1');
		expect(server.executions).toHaveLength(1);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }, { id: 'event-1' }))).toEqual([200]);
		expect(server.executions).toHaveLength(1);
	});
});
