import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { ExplainedError } from '../../../lib/explainedError';
import { isJsonRecord, type JsonRecord } from '../../../lib/json';
import { totalCounters } from '../../../lib/runs/resourceStats';
import { splitResourceStats } from '../../../lib/runs/splitResourceStats';
import { readRun } from '../../../lib/truto/run';
import { anyJson, anyStats, numericStats } from '../helpers/arbitraryStats.mts';
import { countersIn, SplitRows, together } from '../helpers/countersIn.mts';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const splitOptions = fc.record({
	splitBy: fc.constantFrom('resource' as const, 'resourceAndMethod' as const),
	includeUnstartedResources: fc.boolean(),
	includeRawStats: fc.boolean(),
	skipRunsWithoutStats: fc.boolean(),
});

describe('the split of any JSON', () => {
	it('gives rows or the documented error, and never harms a prototype or its input', () => {
		const namesBefore = Reflect.ownKeys(Object.prototype);
		fc.assert(
			fc.property(
				fc.oneof(anyJson, anyStats),
				anyJson,
				splitOptions,
				(stats, resources, options) => {
					const run = deepFreeze(finishedRun({ resource_stats: stats, resources }));
					let rows: JsonRecord[];
					try {
						rows = splitResourceStats(readRun(run), options);
					} catch (error) {
						expect(error).toBeInstanceOf(ExplainedError);
						expect(isJsonRecord(stats) || stats === null).toBe(false);
						return;
					}
					const columns = rows.map((row) => JSON.stringify(Object.keys(row)));
					expect(new Set(columns).size).toBeLessThanOrEqual(1);
					for (const row of rows) expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
					expect(Reflect.ownKeys(Object.prototype)).toEqual(namesBefore);
				},
			),
			{ numRuns: 500 },
		);
	});

	it('gives rows whatever the rest of the run is', () => {
		fc.assert(
			fc.property(anyJson, anyStats, splitOptions, (rest, stats, options) => {
				const run = { ...(isJsonRecord(rest) ? rest : { id: rest }), resource_stats: stats };
				expect(splitResourceStats(readRun(run), options).length).toBeGreaterThanOrEqual(
					Object.keys(stats).length,
				);
			}),
			{ numRuns: 200 },
		);
	});

	it('keeps every value of every counter', () => {
		fc.assert(
			fc.property(anyStats, (stats) => {
				const counted = countersIn(stats);
				const names = new Set(counted.map(({ counter }) => counter));
				const byMethod = new SplitRows(stats, 'resourceAndMethod', names);
				for (const { resource, method, counter, value } of counted) {
					const row = byMethod.rows.find((r) => r.resource === resource && r.method === method);
					expect(byMethod.cell(row, counter)).toEqual(value);
				}
				const byResource = new SplitRows(stats, 'resource', names);
				for (const row of byResource.rows) {
					const own = counted.filter(({ resource }) => resource === row.resource);
					for (const name of names) {
						const expected = together(own.filter(({ counter }) => counter === name));
						expect(byResource.cell(row, name)).toEqual(expected);
					}
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('gives the same sums by resource, by method, as totals and in the input', () => {
		fc.assert(
			fc.property(numericStats, (stats) => {
				const sums = new Map<string, number>();
				for (const { counter, value } of countersIn(stats)) {
					sums.set(counter, (sums.get(counter) ?? 0) + Number(value));
				}
				const names = new Set(sums.keys());
				expect(new SplitRows(stats, 'resource', names).sums()).toEqual(sums);
				expect(new SplitRows(stats, 'resourceAndMethod', names).sums()).toEqual(sums);
				const totals = totalCounters(readRun(runWithStats(stats)));
				expect(new Map(Object.entries(totals ?? {}))).toEqual(sums);
			}),
			{ numRuns: 300 },
		);
	});

	it('gives one row for each resource, in the order of the input', () => {
		fc.assert(
			fc.property(anyStats, (stats) => {
				const { rows } = new SplitRows(stats, 'resource', new Set());
				const resources = Object.keys(stats);
				expect(rows.map(({ resource }) => resource)).toEqual(
					resources.length > 0 ? resources : [null],
				);
			}),
		);
	});
});
