import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { FORMS, formsOf, RUNS, type Dialect, type NamedDialect } from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';
import { operate } from './operate.mts';

const truto = useSimulator();

/** Each key with each value. */
const ALL_FORMS: NamedDialect[] = FORMS.statsKey.flatMap((statsKey) =>
	FORMS.statsValue.map((statsValue) => {
		const dialect: Partial<Dialect> = { statsKey, statsValue };
		return { name: Object.values(dialect).join(', '), dialect };
	}),
);

const get = async (id: string, parameters: object = {}) =>
	await operate(truto(), 'get', { syncJobRunId: byId(id), ...parameters });

const split = async (id: string, splitBy: string, options: object = {}) =>
	await get(id, { splitResourceStats: true, splitBy, options });

/** A bare number has no name: its column is `count`. */
const recordsOf = (row: IDataObject) => row.fetched ?? row.count ?? null;

const splitBys = ['resource', 'resourceAndMethod'];

describe.each(ALL_FORMS)('D6, key and value: $name', ({ dialect }) => {
	it.each(splitBys)('a split by %s has one row per resource', async (splitBy) => {
		truto().speak(dialect);

		const rows = await split(RUNS.v4Completed, splitBy);

		expect(rows.map(recordsOf)).toEqual([1240, 87]);
		expect(rows.map(({ method, methods }) => method ?? methods)).toEqual(['list', 'list']);
		expect(['crm/contacts', 'contacts', 'list-contacts']).toContain(rows[0]?.resource);
		expect(['crm/opportunities', 'opportunities', 'list-deals']).toContain(rows[1]?.resource);
		for (const row of rows) {
			expect(row).toMatchObject({ sync_job_run_id: RUNS.v4Completed, status: 'completed' });
			expect(Object.keys(row)).toEqual(Object.keys(rows[0] ?? {}));
		}
	});

	it.each(splitBys)('what has started is not listed again as unstarted, by %s', async (splitBy) => {
		truto().speak(dialect);
		const options = { includeUnstartedResources: true };

		const running = await split(RUNS.v4Running, splitBy, options);
		const completed = await split(RUNS.v4Completed, splitBy, options);
		const older = await split(RUNS.completed, splitBy, options);

		expect(running.map(recordsOf)).toEqual([640, null]);
		expect(['crm/opportunities', 'list-deals']).toContain(running[1]?.resource);
		expect(running[1]?.method ?? running[1]?.methods).toBe('list');
		expect(completed.map(recordsOf)).toEqual([1240, 87]);
		expect(older.map(recordsOf)).toEqual(splitBy === 'resource' ? [120, 40, 12] : [120, 40, 9, 3]);
	});

	it.each(splitBys)('two nodes may ask for the same resource, by %s', async (splitBy) => {
		truto().speak(dialect);

		const rows = await split(RUNS.notStored, splitBy, { includeUnstartedResources: true });

		expect(rows.length).toBe(dialect.statsKey === 'node' ? 2 : 1);
		expect(rows.map(recordsOf).reduce((sum, one) => Number(sum) + Number(one), 0)).toBe(242);
	});

	it('totals are those of all resources', async () => {
		truto().speak(dialect);

		const [progress] = await operate(truto(), 'getProgress', {
			syncJobRunId: byId(RUNS.v4Completed),
		});

		const totals = progress?.totals as IDataObject;
		expect(recordsOf(totals)).toBe(1327);
		expect(progress?.is_completed).toBe(true);
	});

	it('Get Many splits the runs of several jobs', async () => {
		truto().speak(dialect);

		const rows = await operate(truto(), 'getAll', {
			returnAll: true,
			splitResourceStats: true,
			options: { skipRunsWithoutStats: true },
		});

		const rowsOf = (id: string) => rows.filter((row) => row.sync_job_run_id === id).map(recordsOf);
		expect(rowsOf(RUNS.v4Completed)).toEqual([1240, 87]);
		expect(rowsOf(RUNS.fiveResources)).toEqual([500, 400, 300, 200, 100]);
		expect(rowsOf(RUNS.noStats)).toEqual([]);
	});

	it('counters that are texts are numbers', async () => {
		truto().speak({ ...dialect, statsValue: 'object' });
		truto().store.patchRun(RUNS.v4Completed, {
			resource_stats: JSON.parse(
				'{ "list-contacts": { "list": { "fetched": "120", "persisted": "118" } } }',
			),
		});

		const [row] = await split(RUNS.v4Completed, 'resource');
		const [simple] = await get(RUNS.v4Completed, { simplify: true });

		expect([row?.fetched, row?.persisted]).toEqual([120, 118]);
		expect([simple?.fetched, simple?.persisted]).toEqual([120, 118]);
	});
});

describe.each(formsOf('statsEmpty'))('D6, $name', ({ dialect }) => {
	/** Failed before it had fetched anything; its job has two requests. */
	const id = RUNS.failedScopes;

	it.each(splitBys)(
		'a run without statistics is one row, none, or what it will sync: %s',
		async (splitBy) => {
			truto().speak({ ...dialect, statsKey: 'node' });

			const rows = await split(id, splitBy);
			const skipped = await split(id, splitBy, { skipRunsWithoutStats: true });
			const planned = await split(id, splitBy, { includeUnstartedResources: true });

			expect(rows).toMatchObject([{ resource: null, sync_job_run_id: id, status: 'failed' }]);
			expect(skipped).toEqual([]);
			expect(planned.map(({ resource }) => resource)).toEqual([
				'ticketing/tickets',
				'ticketing/comments',
			]);
		},
	);

	it('has no totals, and no error', async () => {
		truto().speak(dialect);

		const [simple] = await get(id, { simplify: true });
		const [progress] = await operate(truto(), 'getProgress', { syncJobRunId: byId(id) });

		expect(simple).toMatchObject({ fetched: null, persisted: null });
		expect(progress).toMatchObject({ totals: {}, is_failed: true, records_per_second: null });
	});
});
