import { describe, expect, it } from '@jest/globals';

import { FAULTS, RUNS, UNKNOWN_ID, VALID_TOKEN, WRONG_TOKEN } from '../simulator/index.mts';
import { expectNoToken } from './harness.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const { truto, activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

/** An old picture of a run, as an event carries it. */
const SNAPSHOT = { id: RUNS.completed, status: 'of the event' };

async function activateFetching() {
	const active = await activate({ options: { fetchRun: true } });
	const warnings: string[] = [];
	active.server.trigger.onWarning = (message) => warnings.push(message);
	return { ...active, warnings };
}

const sent = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

describe('Fetch Run', () => {
	it('takes the run as it is now', async () => {
		const { server, deliver, warnings } = await activateFetching();
		const { id } = truto().store.patchRun(RUNS.completed, { daemon_id: 'changed meanwhile' });

		await deliver(COMPLETED, SNAPSHOT);

		expect(server.executions).toMatchObject([
			[{ event: COMPLETED, run: { id, status: 'completed', daemon_id: 'changed meanwhile' } }],
		]);
		expect(sent()).toEqual([`GET /sync-job-run/${id}`]);
		expect(warnings).toEqual([]);
	});

	it('is off unless set', async () => {
		const { server, deliver } = await activate();
		await deliver(COMPLETED, SNAPSHOT);
		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
		expect(sent()).toEqual([]);
	});

	it.each([
		['the run is gone', FAULTS.notFound, '(404)'],
		['Truto fails', FAULTS.serverError, '(500)'],
		['the answer is no JSON', FAULTS.badGatewayHtml, '(502)'],
		['the answer is no run', { kind: 'status', status: 200, body: [1] } as const, 'not JSON'],
		['the connection breaks', FAULTS.resetBeforeAnswer, 'broke'],
	])('does with the event’s run where %s', async (_, fault, text) => {
		const { server, deliver, warnings } = await activateFetching();
		truto().faults.forPath('/sync-job-run', fault);

		expect(answersTo(await deliver(COMPLETED, SNAPSHOT))).toEqual([200]);

		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toMatch(/^Truto Trigger: the run was not fetched\./);
		expect(warnings[0]).toContain(text);
		expectNoToken(warnings, VALID_TOKEN);
	});

	it.each([
		['does not answer', FAULTS.hang],
		['asks for a long pause', FAULTS.tooManyRequests],
	])('waits five seconds at the most where Truto %s', async (_, fault) => {
		const { server, deliver } = await activateFetching();
		truto().faults.forPath('/sync-job-run', fault);
		const startedAt = performance.now();

		expect(answersTo(await deliver(COMPLETED, SNAPSHOT))).toEqual([200]);

		const seconds = (performance.now() - startedAt) / 1_000;
		expect(seconds).toBeGreaterThan(4);
		expect(seconds).toBeLessThan(7);
		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
	});

	it('does with the event’s run where the token is wrong', async () => {
		const { server, deliver, warnings } = await activateFetching();
		server.trigger.test.credential = { apiToken: WRONG_TOKEN };

		await deliver(COMPLETED, SNAPSHOT);

		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
		expect(warnings[0]).toContain('did not accept the API token');
		expectNoToken(warnings, WRONG_TOKEN);
	});

	it('leaves records as they are', async () => {
		const event = 'sync_job_run:record';
		const { server, deliver } = await activate({ events: [event], options: { fetchRun: true } });
		await deliver(event, { id: UNKNOWN_ID, records: [{ id: '1' }] });
		expect(server.executions).toMatchObject([[{ records: [{ id: '1' }] }]]);
		expect(sent()).toEqual([]);
	});

	it.each([[null], [[]], ['text']])('does not ask where the event has no run: %j', async (odd) => {
		const { server, deliver } = await activateFetching();
		await deliver(COMPLETED, odd);
		expect(server.executions).toMatchObject([[{ run: odd }]]);
		expect(sent()).toEqual([]);
	});

	it('does not ask for events that start nothing', async () => {
		const { deliver } = await activateFetching();
		await deliver('sync_job_run:started', SNAPSHOT);
		await deliver(COMPLETED, SNAPSHOT, { forge: true });
		await deliver('test', SNAPSHOT);
		expect(sent()).toEqual([]);
	});
});
