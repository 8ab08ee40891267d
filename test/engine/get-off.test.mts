import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { manyResources } from '../simulator/seed-stats.mts';
import { byId, runTruto } from './harness.mts';
import { rawRun, useSimulator } from './use-simulator.mts';

const truto = useSimulator();

describe('Get Sync Job Run without a split', () => {
	it.each([
		['completed', RUNS.completed],
		['running', RUNS.running],
		['waiting to run', RUNS.created],
		['of an unknown status', RUNS.unknownStatus],
		['without resource_stats', RUNS.absentStats],
		['with an array as resource_stats', RUNS.oddStatsArray],
		['with odd resource names', RUNS.oddNames],
		['of 10,000 resources', RUNS.large],
	])('gives a run %s as Truto sent it', async (_, id) => {
		const simulator = truto();
		simulator.store.patchRun(RUNS.large, { resource_stats: manyResources(10_000) });
		const sent = await rawRun(simulator, id);

		const { outputs, error } = await runTruto({
			simulator,
			parameters: { syncJobRunId: byId(id) },
		});

		expect(error).toBeUndefined();
		expect(outputs).toEqual([[{ json: JSON.parse(sent) as object, pairedItem: { item: 0 } }]]);
		// Neither equality nor a look into an object tells the order of its keys.
		const names = Object.keys(outputs[0]?.[0]?.json ?? {});
		expect(names.slice(0, 2)).toEqual(['status', 'created_at']);
		expect(names.slice(-6).every((name) => /(^|_)id$/.test(name))).toBe(true);
	});

	it('keeps fields that no document names', async () => {
		const simulator = truto();
		const news = { from_the_future: { nested: [1, null, { deep: true }] }, error: 'of the run' };
		simulator.store.patchRun(RUNS.completed, news);

		const { rows } = await runTruto({
			simulator,
			parameters: { syncJobRunId: byId(RUNS.completed) },
		});

		expect(rows).toEqual([expect.objectContaining({ id: RUNS.completed, ...news })]);
	});

	it('sends one GET for each item, with nothing that the API does not ask for', async () => {
		const simulator = truto();

		await runTruto({
			simulator,
			items: [{ id: RUNS.completed }, { id: RUNS.failed }],
			parameters: { syncJobRunId: byId('={{ $json.id }}') },
		});

		expect(simulator.requests).toHaveLength(2);
		expect(simulator.requests.map(({ path }) => path).sort()).toEqual([
			`/sync-job-run/${RUNS.completed}`,
			`/sync-job-run/${RUNS.failed}`,
		]);
		for (const request of simulator.requests) {
			expect(request).toMatchObject({ method: 'GET', query: {}, hasToken: true, status: 200 });
			expect(request.body).toBeUndefined();
			expect(request.headers.accept).toBe('application/json');
		}
	});

	it('reduces the run with Simplify', async () => {
		const simulator = truto();
		const run = simulator.store.runs.get(RUNS.completed);

		const { rows } = await runTruto({
			simulator,
			parameters: { syncJobRunId: byId(RUNS.completed), simplify: true },
		});

		expect(rows).toEqual([
			{
				sync_job_run_id: RUNS.completed,
				status: 'completed',
				tenant_id: null,
				sync_job_label: null,
				integration_name: 'hubspot',
				fetched: 172,
				persisted: 170,
				started_at: run?.started_at,
				finished_at: run?.finished_at,
				duration_seconds: 59,
				created_at: run?.created_at,
				sync_job_id: SYNC_JOBS.crm,
				integrated_account_id: ACCOUNTS.hubspot,
			},
		]);
	});

	it('simplifies a run whose resource_stats nobody can add up', async () => {
		const { rows, error } = await runTruto({
			simulator: truto(),
			items: [{ id: RUNS.oddStatsString }, { id: RUNS.noStats }],
			parameters: { syncJobRunId: byId('={{ $json.id }}'), simplify: true },
		});

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([
			{ sync_job_run_id: RUNS.oddStatsString, fetched: null, persisted: null },
			{ sync_job_run_id: RUNS.noStats, fetched: null, finished_at: null, duration_seconds: null },
		]);
	});

	it('does not split, nor simplify, what a hidden parameter asks for', async () => {
		const simulator = truto();
		const sent = await rawRun(simulator, RUNS.completed);

		const { rows } = await runTruto({
			simulator,
			parameters: {
				syncJobRunId: byId(RUNS.completed),
				splitResourceStats: false,
				splitBy: 'resourceAndMethod',
				options: { includeRawStats: true, includeUnstartedResources: true },
			},
		});

		expect(rows).toEqual([JSON.parse(sent)]);
	});
});
