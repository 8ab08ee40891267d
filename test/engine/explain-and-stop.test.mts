import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { FAULTS, RUNS, tooManyRequests, UNKNOWN_ID } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const run = async (operation: string, id: string, parameters: INodeParameters = {}) =>
	await runTruto({
		simulator: truto(),
		parameters: { operation, syncJobRunId: byId(id), ...parameters },
	});

const logQueries = () =>
	truto()
		.requests.filter(({ path }) => path === '/log')
		.map(({ query }) => query);

describe('Get Progress', () => {
	it.each<[string, string, object]>([
		['completed', RUNS.completed, { is_finished: true, is_failed: false, is_stuck: false }],
		['failed', RUNS.failed, { is_finished: true, is_failed: true, is_stuck: false }],
		['rate limited', RUNS.rateLimited, { is_finished: false, is_waiting: true, is_stuck: false }],
		['running', RUNS.running, { is_finished: false, is_running: true, is_stuck: false }],
		['stuck', RUNS.stuck, { is_finished: false, is_running: false, is_stuck: true }],
		['of an unknown status', RUNS.unknownStatus, { is_finished: false, is_failed: false }],
	])('tells of a run that is %s', async (_, id, progress) => {
		const { rows, error } = await run('getProgress', id);

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ sync_job_run_id: id, ...progress })]);
	});

	it('takes the minutes after which a run is stuck from its parameter', async () => {
		const { rows } = await run('getProgress', RUNS.stuck, {
			options: { stuckAfterMinutes: 60 },
		});

		expect(rows).toMatchObject([{ is_stuck: false }]);
	});
});

describe('Get Logs', () => {
	it('gives one item per entry, page by page, up to the limit', async () => {
		const all = await run('getLogs', RUNS.failedManyLogs, { returnAll: true });
		const pages = logQueries();
		truto().clearRequests();
		const some = await run('getLogs', RUNS.failedManyLogs, { limit: 130 });

		expect(all.rows).toHaveLength(260);
		expect(pages).toHaveLength(3);
		expect(pages[0]).toMatchObject({
			log_type: 'rapid_bridge',
			'log_type_filter[sync_job_run_id]': RUNS.failedManyLogs,
			limit: '100',
		});
		expect(some.rows).toHaveLength(130);
		expect(logQueries().map(({ limit }) => limit)).toEqual(['100', '100', '100']);
		expect(some.rows.every((row) => row.sync_job_run_id === RUNS.failedManyLogs)).toBe(true);
	});

	it('returns the oldest entries of a long log, in fewer requests than all of it takes', async () => {
		const { store } = truto();
		const begin = Date.now() - 3_600_000;
		store.patchRun(RUNS.running, { created_at: new Date(begin).toISOString() });
		const all = Array.from({ length: 3_000 }, (_, index) => {
			const timestamp = new Date(begin + index * 1_000).toISOString();
			return store.addLog({ sync_job_run_id: RUNS.running, timestamp }).timestamp;
		});

		const { rows } = await run('getLogs', RUNS.running, { limit: 60 });

		const times = rows.map(({ timestamp }) => timestamp);
		expect(times).toEqual([...times].sort());
		expect(times.filter((time) => all.includes(String(time)))).toEqual(all.slice(0, times.length));
		expect(times).toHaveLength(60);
		expect(logQueries().length).toBeLessThan(25);
	});

	it('searches no more than a month at once', async () => {
		const created = new Date(Date.now() - 80 * 24 * 3_600_000).toISOString();
		truto().store.patchRun(RUNS.running, { created_at: created });
		truto().store.addLog({ sync_job_run_id: RUNS.running, timestamp: created });
		truto().store.addLog({ sync_job_run_id: RUNS.running });

		const { rows, error } = await run('getLogs', RUNS.running, { returnAll: true });

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThanOrEqual(2);
		expect(logQueries()).toHaveLength(3);
	});

	it('filters by event', async () => {
		const { rows } = await run('getLogs', RUNS.failedManyLogs, {
			options: { event: 'failed' },
		});

		expect(logQueries()).toMatchObject([{ 'log_type_filter[sync_job_run_event]': 'failed' }]);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.length).toBeLessThan(50);
	});
});

describe('Get Logs of deliveries', () => {
	it('asks for nothing if the ID of the webhook is empty: that would give the logs of all', async () => {
		const { id } = truto().store.addRun({ status: 'completed', webhook_id: '' });

		const { rows, error } = await run('getLogs', id, { logType: 'webhook' });

		expect(rows).toEqual([]);
		expect(error?.message).toBe(`Sync job run ${id} has no webhook [item 0]`);
		expect(logQueries()).toEqual([]);
	});
});

describe('Stop', () => {
	const stopped = (id: string, before: string) => [
		{
			deleted: true,
			stopped: before !== 'completed',
			sync_job_run_id: id,
			status_before: before,
		},
	];

	const deletes = () => truto().requests.filter(({ method }) => method === 'DELETE');

	/** The run ends once Truto has turned its first DELETE away. */
	const completesAfterDelete = () => {
		const watch = setInterval(() => {
			if (deletes().length === 0) return;
			clearInterval(watch);
			truto().store.patchRun(RUNS.running, { status: 'completed' });
		}, 20);
	};

	it('stops a run in progress, once it has seen that it is', async () => {
		const { rows } = await run('stop', RUNS.running);

		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(truto().requests).toMatchObject([
			{ method: 'GET', path: `/sync-job-run/${RUNS.running}`, status: 200 },
			{ method: 'DELETE', path: `/sync-job-run/${RUNS.running}`, status: 200 },
		]);
		expect(truto().store.runs.has(RUNS.running)).toBe(false);
	});

	it.each([
		[RUNS.completed, 'completed'],
		[RUNS.failed, 'failed'],
		[RUNS.stopped, 'stopped'],
	])('leaves a run alone that has ended: %s, %s', async (id, status) => {
		const { error } = await run('stop', id);

		expect(error?.message).toBe(`Sync job run ${id} has already ended: it is ${status} [item 0]`);
		expect(error?.description).toBe(
			"There is nothing to stop. Turn on 'Also Delete Ended Runs' to delete it from Truto.",
		);
		expect(deletes()).toEqual([]);
		expect(truto().store.runs.has(id)).toBe(true);
	});

	it('deletes a run that has ended if asked to', async () => {
		const { rows } = await run('stop', RUNS.completed, { deleteEndedRuns: '={{ "true" }}' });
		const { error } = await run('stop', RUNS.failed, { deleteEndedRuns: '={{ "false" }}' });

		expect(rows).toEqual(stopped(RUNS.completed, 'completed'));
		expect(truto().store.runs.has(RUNS.completed)).toBe(false);
		expect(error?.message).toMatch(/has already ended/);
		expect(truto().store.runs.has(RUNS.failed)).toBe(true);
	});

	it('has a clear error for a run that is not there', async () => {
		const { error } = await run('stop', UNKNOWN_ID);

		expect(error?.message).toMatch(/^Sync job run .* was not found in Truto \(404\)/);
		expect(truto().requests.map(({ method }) => method)).toEqual(['GET']);
	});

	it.each([
		{ fault: FAULTS.serverError, what: 'is sent again', requests: 2 },
		{ fault: FAULTS.resetBeforeAnswer, what: 'is sent again', requests: 2 },
		// Truto has stopped the run: a second DELETE would delete it.
		{ fault: FAULTS.resetInBody, what: 'is not sent again', requests: 1 },
	])('$what after $fault.kind', async ({ fault, requests }) => {
		truto().faults.forPath(`DELETE /sync-job-run/${RUNS.running}`, fault, 1);

		const { rows, error } = await run('stop', RUNS.running);

		expect(error).toBeUndefined();
		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toHaveLength(requests);
		expect(truto().store.runs.has(RUNS.running)).toBe(false);
	});

	it('says so if the run ends while Truto pauses everybody, and does not delete it', async () => {
		const path = `DELETE /sync-job-run/${RUNS.running}`;
		truto().faults.forPath(path, tooManyRequests(1), 1);
		completesAfterDelete();

		const { error } = await run('stop', RUNS.running);

		expect(error?.message).toBe(
			`Sync job run ${RUNS.running} has already ended: it is completed [item 0]`,
		);
		expect(deletes()).toMatchObject([{ status: 429 }]);
		expect(truto().store.runs.has(RUNS.running)).toBe(true);
	});

	it('claims to have stopped no run that has completed after a lost request', async () => {
		truto().faults.forPath(
			`DELETE /sync-job-run/${RUNS.running}`,
			{ kind: 'status', status: 504, headers: { 'retry-after': '1' } },
			1,
		);
		completesAfterDelete();

		const { rows, error } = await run('stop', RUNS.running);

		expect(rows).toEqual([]);
		expect(error?.message).toBe(
			`Sync job run ${RUNS.running} has already ended: it is completed [item 0]`,
		);
		expect(deletes()).toMatchObject([{ status: 504 }]);
	});

	it('is sent again after a pause if the run is still in progress', async () => {
		const path = `DELETE /sync-job-run/${RUNS.running}`;
		truto().faults.forPath(path, tooManyRequests(1), 1);

		const { rows } = await run('stop', RUNS.running);

		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toMatchObject([{ status: 429 }, { status: 200 }]);
	});

	it.each<[number, string]>([
		[200, ''],
		[202, ''],
		[204, ''],
		[200, '{"id":"x"}'],
		[200, 'null'],
		[200, '{}'],
	])('takes an answer %i that is "%s", and sends it once', async (status, body) => {
		const path = `DELETE /sync-job-run/${RUNS.running}`;
		truto().faults.forPath(path, { kind: 'status', status, body });

		const { rows, error } = await run('stop', RUNS.running);

		expect(error).toBeUndefined();
		expect(rows).toEqual(stopped(RUNS.running, 'running'));
		expect(deletes()).toMatchObject([{ status }]);
	});
});
