import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { totalCounters } from '../../../lib/runs/resourceStats';
import { runProgress } from '../../../lib/runs/runProgress';
import { simplifyRun } from '../../../lib/runs/simplifyRun';
import {
	splitResourceStats,
	splitRuns,
	type SplitOptions,
} from '../../../lib/runs/splitResourceStats';
import { readRun, type Run } from '../../../lib/truto/run';
import { ManualClock } from '../../simulator/clock.mts';
import { RUNS } from '../../simulator/constants.mts';
import { DEFAULT_DIALECT, FORMS, type Dialect } from '../../simulator/dialect.mts';
import { seedStore } from '../../simulator/seed.mts';
import { Store } from '../../simulator/store.mts';
import { spokenRunText, type RunPlace } from '../../simulator/wire-run.mts';

const clock = new ManualClock();
const store = new Store(clock);
seedStore(store);

/** A run as Truto sends it in one of the forms that nobody outside of Truto can decide between. */
function sent(id: string, dialect: Partial<Dialect>, place: RunPlace = 'get'): Run {
	const run = store.runs.get(id);
	if (!run) throw new Error(`There is no run ${id}`);
	const text = spokenRunText(run, place, { ...DEFAULT_DIALECT, ...dialect });
	return readRun(JSON.parse(text) as JsonRecord);
}

/** A bare number has no name: its column is `count`. */
const recordsOf = (row: JsonRecord) => row.fetched ?? row.count ?? null;

const splitBys: SplitOptions['splitBy'][] = ['resource', 'resourceAndMethod'];

const keysAndValues = FORMS.statsKey.flatMap((statsKey) =>
	FORMS.statsValue.map((statsValue) => ({ statsKey, statsValue })),
);

describe.each(keysAndValues)('D6, key $statsKey, value $statsValue', (dialect) => {
	describe.each(splitBys)('by %s', (splitBy) => {
		const withUnstarted = { splitBy, includeUnstartedResources: true };

		it('a split has one row per resource', () => {
			const rows = splitResourceStats(sent(RUNS.v4Completed, dialect), { splitBy });
			expect(rows.map(recordsOf)).toEqual([1240, 87]);
			expect(rows.map(({ method, methods }) => method ?? methods)).toEqual(['list', 'list']);
			expect(rows.map(({ resource }) => resource)).toEqual(
				{
					unified: ['crm/contacts', 'crm/opportunities'],
					plain: ['contacts', 'opportunities'],
					node: ['list-contacts', 'list-deals'],
				}[dialect.statsKey],
			);
			for (const row of rows) {
				expect(row).toMatchObject({ sync_job_run_id: RUNS.v4Completed, status: 'completed' });
				expect(Object.keys(row)).toEqual(Object.keys(rows[0] ?? {}));
			}
		});

		it('what has started is not listed again as unstarted', () => {
			const split = (id: string) => splitResourceStats(sent(id, dialect), withUnstarted);
			const running = split(RUNS.v4Running);
			expect(running.map(recordsOf)).toEqual([640, null]);
			expect(['crm/opportunities', 'list-deals']).toContain(running[1]?.resource);
			expect(running[1]?.method ?? running[1]?.methods).toBe('list');
			expect(split(RUNS.v4Completed).map(recordsOf)).toEqual([1240, 87]);
			expect(split(RUNS.completed).map(recordsOf)).toEqual(
				splitBy === 'resource' ? [120, 40, 12] : [120, 40, 9, 3],
			);
		});

		it('two nodes may ask for the same resource', () => {
			const rows = splitResourceStats(sent(RUNS.notStored, dialect), withUnstarted);
			expect(rows).toHaveLength(dialect.statsKey === 'node' ? 2 : 1);
			const records = rows.map((row) => Number(recordsOf(row)));
			expect(records.reduce((sum, one) => sum + one, 0)).toBe(242);
		});
	});

	it('totals are those of all resources', () => {
		const run = sent(RUNS.v4Completed, dialect);
		expect(recordsOf(totalCounters(run) ?? {})).toBe(1327);
		const { totals, is_completed } = runProgress(run, clock.now());
		expect([recordsOf(totals as JsonRecord), is_completed]).toEqual([1327, true]);
	});

	it('the runs of several jobs are split together', () => {
		const runs = [...store.runs.keys()].map((id) => sent(id, dialect, 'list'));
		const rows = splitRuns(runs, { splitBy: 'resource', skipRunsWithoutStats: true });
		const rowsOf = (id: string) => rows.filter((row) => row.sync_job_run_id === id).map(recordsOf);
		expect(rowsOf(RUNS.v4Completed)).toEqual([1240, 87]);
		expect(rowsOf(RUNS.fiveResources)).toEqual([500, 400, 300, 200, 100]);
		expect(rowsOf(RUNS.noStats)).toEqual([]);
	});
});

it.each(FORMS.statsKey)('D6, key %s: counters that are texts are numbers', (statsKey) => {
	const list = JSON.parse('{ "fetched": "120", "persisted": "118" }') as Record<string, number>;
	const { id } = store.addRun({
		resources: store.runs.get(RUNS.v4Completed)?.resources,
		resource_stats: { 'list-contacts': { list } },
	});
	const run = sent(id, { statsKey });
	const [row] = splitResourceStats(run, { splitBy: 'resource' });
	expect([row?.fetched, row?.persisted]).toEqual([120, 118]);
	expect(simplifyRun(run)).toMatchObject({ fetched: 120, persisted: 118 });
});

describe.each(FORMS.statsEmpty)('D6, a run without statistics has %s', (statsEmpty) => {
	/** Failed before it had fetched anything; its job has two requests. */
	const id = RUNS.failedScopes;
	const run = () => sent(id, { statsEmpty, statsKey: 'node' });

	it.each(splitBys)('which is one row, none, or what it will sync: by %s', (splitBy) => {
		const split = (options: Partial<SplitOptions> = {}) =>
			splitResourceStats(run(), { splitBy, ...options });
		expect(split()).toMatchObject([{ resource: null, sync_job_run_id: id, status: 'failed' }]);
		expect(split({ skipRunsWithoutStats: true })).toEqual([]);
		const planned = split({ includeUnstartedResources: true });
		expect(planned.map(({ resource }) => resource)).toEqual([
			'ticketing/tickets',
			'ticketing/comments',
		]);
	});

	it('which has no totals, and is no error', () => {
		expect(simplifyRun(run())).toMatchObject({ fetched: null, persisted: null });
		expect(runProgress(run(), clock.now())).toMatchObject({
			totals: {},
			is_failed: true,
			records_per_second: null,
		});
	});
});
