import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { manyResources } from '../simulator/seed-stats.mts';
import { byId, runTruto } from './harness.mts';
import { rawRun, useSimulator } from './use-simulator.mts';

const truto = useSimulator();

describe('Get Sync Job Run without a split', () => {
	it.each([
		['completed', RUNS.completed],
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

// What the split makes of other statistics is tested in test/unit/runs.
describe('Get Sync Job Run with a split', () => {
	it('gives one item per resource, with run context and summed counters', async () => {
		const run = truto().store.runs.get(RUNS.completed);

		const { rows, outputs } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.completed), splitResourceStats: true },
		});

		const context = {
			sync_job_run_id: RUNS.completed,
			sync_job_id: SYNC_JOBS.crm,
			integrated_account_id: ACCOUNTS.hubspot,
			integration_name: 'hubspot',
			sync_job_label: null,
			tenant_id: null,
			status: 'completed',
			created_at: run?.created_at,
			started_at: run?.started_at,
			finished_at: run?.finished_at,
			duration_seconds: 59,
		};
		expect(rows).toEqual([
			{ ...context, resource: 'crm/contacts', methods: 'list', fetched: 120, persisted: 118 },
			{ ...context, resource: 'crm/accounts', methods: 'list', fetched: 40, persisted: 40 },
			{ ...context, resource: 'crm/notes', methods: 'list, get', fetched: 12, persisted: 12 },
		]);
		for (const row of rows) {
			expect(Object.keys(row)).toEqual([
				...['resource', 'methods', 'fetched', 'persisted', 'tenant_id', 'sync_job_label'],
				...['integration_name', 'status', 'started_at', 'finished_at', 'duration_seconds'],
				...['created_at', 'sync_job_run_id', 'sync_job_id', 'integrated_account_id'],
			]);
		}
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
	});
});
