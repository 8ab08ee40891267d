import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { FAULTS, RUNS, UNKNOWN_ID } from '../simulator/index.mts';
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
		['stuck', RUNS.stuck, { is_finished: false, is_running: true, is_stuck: true }],
		['of an unknown status', RUNS.unknownStatus, { is_finished: false, is_failed: false }],
	])('tells of a run that is %s', async (_, id, progress) => {
		const { rows, error } = await run('getProgress', id);

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ sync_job_run_id: id, ...progress })]);
	});

	it('takes the minutes after which a run is stuck from its parameter', async () => {
		const { rows } = await run('getProgress', RUNS.stuck, { stuckAfterMinutes: 60 });

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
		expect(logQueries().map(({ limit }) => limit)).toEqual(['100', '30']);
		expect(some.rows.every((row) => row.sync_job_run_id === RUNS.failedManyLogs)).toBe(true);
	});

	it.each([
		[RUNS.failed, 'auth'],
		[RUNS.failedMapping, 'mapping'],
		[RUNS.failedRateLimit, 'rate_limit'],
		[RUNS.failedUpstream, 'upstream'],
		[RUNS.failedDelivery, 'delivery'],
		[RUNS.failedNoLogs, 'unknown'],
	])('summarizes why %s failed: %s', async (id, cause) => {
		const { rows, error } = await run('getLogs', id, { summarize: true });

		expect(error).toBeUndefined();
		expect(rows).toEqual([expect.objectContaining({ sync_job_run_id: id, likely_cause: cause })]);
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

describe('Stop', () => {
	it('deletes the run', async () => {
		const { rows } = await run('delete', RUNS.running);

		expect(rows).toEqual([{ deleted: true, sync_job_run_id: RUNS.running }]);
		expect(truto().requests).toMatchObject([
			{ method: 'DELETE', path: `/sync-job-run/${RUNS.running}`, status: 200 },
		]);
		expect(truto().store.runs.has(RUNS.running)).toBe(false);
	});

	it('has a clear error for a run that is not there', async () => {
		const { error } = await run('delete', UNKNOWN_ID);

		expect(error?.message).toMatch(/^Truto does not know this sync job run .* \(404\)/);
		expect(truto().requests).toHaveLength(1);
	});

	it.each([FAULTS.serverError, FAULTS.resetBeforeAnswer, FAULTS.resetInBody])(
		'is sent again after $kind',
		async (fault) => {
			truto().faults.next(1, fault);

			const { rows, error } = await run('delete', RUNS.running);

			expect(error).toBeUndefined();
			expect(rows).toEqual([{ deleted: true, sync_job_run_id: RUNS.running }]);
			expect(truto().requests).toHaveLength(2);
			expect(truto().store.runs.has(RUNS.running)).toBe(false);
		},
	);

	it.each(['', '{"id":"x"}', 'null'])('takes an answer that is "%s"', async (body) => {
		truto().faults.next(1, { kind: 'status', status: body === '' ? 204 : 200, body });

		const { rows } = await run('delete', RUNS.running);

		expect(rows).toEqual([{ deleted: true, sync_job_run_id: RUNS.running }]);
	});
});
