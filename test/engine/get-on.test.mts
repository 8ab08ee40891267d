import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { manyResources } from '../simulator/seed-stats.mts';
import { byId, runTruto, type TrutoResult } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const split = async (id: string, rest: INodeParameters = {}): Promise<TrutoResult> =>
	await runTruto({
		simulator: truto(),
		parameters: { syncJobRunId: byId(id), splitResourceStats: true, ...rest },
	});

const CONTEXT_COLUMNS = [
	'tenant_id',
	'sync_job_label',
	'integration_name',
	'status',
	'started_at',
	'finished_at',
	'duration_seconds',
	'created_at',
	'sync_job_run_id',
	'sync_job_id',
	'integrated_account_id',
];

const pick = (rows: IDataObject[], ...columns: string[]) =>
	rows.map((row) => columns.map((column) => row[column]));

describe('Get Sync Job Run with a split', () => {
	it('gives one item per resource, with run context and summed counters', async () => {
		const run = truto().store.runs.get(RUNS.completed);

		const { rows, outputs } = await split(RUNS.completed);

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
			const columns = ['resource', 'methods', 'fetched', 'persisted', ...CONTEXT_COLUMNS];
			expect(Object.keys(row)).toEqual(columns);
		}
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual(Array(3).fill({ item: 0 }));
	});

	it('gives one item per method of each resource', async () => {
		const { rows } = await split(RUNS.completed, { splitBy: 'resourceAndMethod' });

		expect(pick(rows, 'resource', 'method', 'fetched', 'persisted')).toEqual([
			['crm/contacts', 'list', 120, 118],
			['crm/accounts', 'list', 40, 40],
			['crm/notes', 'list', 9, 9],
			['crm/notes', 'get', 3, 3],
		]);
		expect(rows[0]).not.toHaveProperty('methods');
	});

	it('gives a bare number in the place of counters as the counter "count"', async () => {
		const byResource = await split(RUNS.bareNumbers);
		const byMethod = await split(RUNS.bareNumbers, { splitBy: 'resourceAndMethod' });

		const counters = ['count', 'fetched', 'persisted', 'skipped'];
		expect(pick(byResource.rows, 'resource', ...counters)).toEqual([['contacts', 42, 3, 3, 1]]);
		expect(pick(byMethod.rows, 'method', ...counters)).toEqual([
			['list', 42, null, null, null],
			['get', null, 3, 3, 1],
		]);
		expect(byMethod.rows.map((row) => Object.keys(row).slice(0, -CONTEXT_COLUMNS.length))).toEqual(
			Array(2).fill(['resource', 'method', ...counters]),
		);
	});

	it('takes resource names as they are, however odd', async () => {
		const stats = truto().store.runs.get(RUNS.oddNames)?.resource_stats ?? {};

		const { rows } = await split(RUNS.oddNames);

		expect(rows.map(({ resource }) => resource)).toEqual(Object.keys(stats));
		expect(Object.keys(stats)).toContain('__proto__');
		expect(({} as IDataObject).list).toBeUndefined();
	});

	it('gives all of 10,000 resources, in order', async () => {
		truto().store.patchRun(RUNS.large, { resource_stats: manyResources(10_000) });

		const { rows } = await split(RUNS.large);

		expect(rows).toHaveLength(10_000);
		expect(rows.map(({ fetched }) => fetched)).toEqual(
			Array.from({ length: 10_000 }, (_, index) => index + 1),
		);
	});

	it('adds the untouched stats with Include Raw Stats', async () => {
		const options = { includeRawStats: true };

		const byResource = await split(RUNS.completed, { options });
		const byMethod = await split(RUNS.completed, { options, splitBy: 'resourceAndMethod' });

		expect(byResource.rows[2]?.resource_stats).toEqual({
			list: { fetched: 9, persisted: 9 },
			get: { fetched: 3, persisted: 3 },
		});
		expect(byMethod.rows[3]?.resource_stats).toEqual({ fetched: 3, persisted: 3 });
	});

	it('adds resources that have no stats yet with Include Unstarted Resources', async () => {
		truto().store.patchRun(RUNS.twoResources, {
			resources: [
				{ resource: 'crm/contacts', method: 'list' },
				{ resource: 'crm/late', method: 'list' },
				{ resource: 'crm/late', method: 'get' },
			],
		});

		const without = await split(RUNS.twoResources);
		const { rows } = await split(RUNS.twoResources, {
			options: { includeUnstartedResources: true },
		});

		expect(without.rows).toHaveLength(2);
		expect(pick(rows, 'resource', 'methods', 'fetched', 'persisted')).toEqual([
			['crm/contacts', 'list', 20, 20],
			['crm/accounts', 'list', 10, 10],
			['crm/late', 'list, get', null, null],
		]);
	});

	it.each([
		['null', RUNS.noStats],
		['{}', RUNS.emptyStats],
		['absent', RUNS.absentStats],
	])('gives one item without a resource if resource_stats is %s', async (_, id) => {
		const { rows, outputs, error } = await split(id);
		const byMethod = await split(id, { splitBy: 'resourceAndMethod' });

		expect(error).toBeUndefined();
		expect(rows).toEqual([
			expect.objectContaining({ sync_job_run_id: id, resource: null, methods: null }),
		]);
		expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }]);
		expect(byMethod.rows).toMatchObject([{ sync_job_run_id: id, resource: null, method: null }]);
	});

	it('leaves out runs without stats if asked to', async () => {
		const options = { skipRunsWithoutStats: true };

		const none = await split(RUNS.noStats, { options });
		const some = await split(RUNS.twoResources, { options });

		expect(none.error).toBeUndefined();
		expect(none.outputs).toEqual([[]]);
		expect(some.rows).toHaveLength(2);
	});

	it.each([
		['an array', RUNS.oddStatsArray],
		['a string', RUNS.oddStatsString],
		['a number', RUNS.oddStatsNumber],
	])('refuses to split %s, names the run and the way out', async (found, id) => {
		const { outputs, error } = await split(id);

		expect(outputs).toEqual([]);
		expect(error?.message).toBe(
			`The resource_stats of sync job run ${id} can't be read: it is ${found}, not an object [item 0]`,
		);
		expect(error?.description).toMatch(/Turn off 'Split Resource Stats'/);
	});
});
