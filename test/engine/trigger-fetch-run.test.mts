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

const sent = () =>
	truto()
		.requests.map(({ method, path }) => `${method} ${path}`)
		.filter((request) => !request.startsWith('GET /webhook'));

describe('Fetch Run', () => {
	it('takes the run as it is now', async () => {
		const { server, deliver, warnings } = await activateFetching();
		const { id } = truto().store.patchRun(RUNS.completed, { daemon_id: 'changed meanwhile' });

		await deliver(COMPLETED, SNAPSHOT);

		expect(server.executions).toMatchObject([
			[
				{
					event: COMPLETED,
					status: 'completed',
					run: { id, status: 'completed', daemon_id: 'changed meanwhile' },
				},
			],
		]);
		expect(sent()).toEqual([`GET /sync-job-run/${id}`]);
		expect([warnings, server.hints]).toEqual([[], []]);
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
		[
			'the answer is no run',
			{ kind: 'status', status: 200, body: [1] } as const,
			'not a JSON object',
		],
		['the connection breaks', FAULTS.resetBeforeAnswer, 'broke'],
	])('falls back to the event’s run if %s, and says so', async (_, fault, text) => {
		const { server, deliver, warnings } = await activateFetching();
		truto().faults.forPath('/sync-job-run', fault);

		expect(answersTo(await deliver(COMPLETED, SNAPSHOT))).toEqual([200]);

		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
		const says = /The run is shown as it was at the time of the event/;
		expect([warnings, server.hints]).toEqual([
			[expect.stringMatching(says)],
			[expect.stringMatching(says)],
		]);
		expect(warnings[0]).toContain(text);
		expectNoToken([warnings, server.hints], VALID_TOKEN);
	});

	it.each([
		['does not answer', FAULTS.hang],
		['asks for a long pause', FAULTS.tooManyRequests],
		['sends a slow answer', { kind: 'slowBody', ms: 9_000 } as const],
		['fails late', [{ kind: 'delayHeaders', ms: 4_000 } as const, FAULTS.serverError]],
	])('waits five seconds at the most if Truto %s; Truto has its answer', async (_, fault) => {
		const { server, deliver } = await activateFetching();
		truto().faults.forPath('/sync-job-run', fault);
		const startedAt = performance.now();
		let answeredAfter = 0;
		server.onAnswer = () => (answeredAfter = performance.now() - startedAt);

		expect(answersTo(await deliver(COMPLETED, SNAPSHOT))).toEqual([200]);

		const seconds = (performance.now() - startedAt) / 1_000;
		expect(seconds).toBeGreaterThan(3.9);
		expect(seconds).toBeLessThan(7);
		expect(answeredAfter).toBeLessThan(2_000);
		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
	});

	it('falls back to the event’s run if the token is wrong', async () => {
		const { server, deliver, warnings } = await activateFetching();
		server.trigger.test.credential = { apiToken: WRONG_TOKEN };

		await deliver(COMPLETED, SNAPSHOT);

		expect(server.executions).toMatchObject([[{ run: SNAPSHOT }]]);
		expect(warnings[0]).toContain('did not accept the API token');
		expectNoToken(warnings, WRONG_TOKEN);
	});

	it.each([
		['sync_job_run:record', { id: UNKNOWN_ID, records: [{ id: '1' }] }],
		['sync_job_run:record_error', { sync_job_run_id: RUNS.completed, errors: [] }],
		['sync_job_run:deleted', { id: RUNS.completed }],
		['integrated_account:active', { id: RUNS.completed }],
		['sync_job_cron_trigger:failed', { id: RUNS.completed }],
	])('does not ask about %s', async (event, payload) => {
		const { server, deliver } = await activate({ events: [event], options: { fetchRun: true } });
		await deliver(event, payload);
		expect(server.executions).toMatchObject([[{ event }]]);
		expect(sent()).toEqual([]);
	});

	it.each([[null], [[]], ['text']])('does not fetch if the event has no run: %j', async (odd) => {
		const { server, deliver } = await activateFetching();
		await deliver(COMPLETED, odd);
		expect(server.executions).toMatchObject([[{ run: odd }]]);
		expect(sent()).toEqual([]);
	});

	it('does not fetch for events that start nothing', async () => {
		const { deliver } = await activateFetching();
		await deliver('sync_job_run:started', SNAPSHOT);
		await deliver(COMPLETED, SNAPSHOT, { forge: true });
		await deliver('test', SNAPSHOT);
		await deliver(COMPLETED, SNAPSHOT, { id: 'one' });
		await deliver(COMPLETED, SNAPSHOT, { id: 'one' });
		expect(sent()).toEqual([`GET /sync-job-run/${RUNS.completed}`]);
	});
});
