import { describe, expect, it, test } from '@jest/globals';

import {
	countersOf,
	counterValue,
	methodsOf,
	resourceStats,
	totalCounters,
} from '../../../lib/runs/resourceStats';
import { readRun } from '../../../lib/truto/run';
import { explainedErrorOf } from '../helpers/explained.mts';
import { runWithStats, runWithStatsText } from '../helpers/runs.mts';

describe('the stats of a run', () => {
	it('are the very object that Truto sent', () => {
		const stats = { a: { list: { n: 1 } } };
		expect(resourceStats(readRun(runWithStats(stats)))).toBe(stats);
	});

	test.each([[{}], [{ resource_stats: null }], [{ resource_stats: {} }]])(
		'are empty for %j',
		(run) => {
			expect(resourceStats(readRun(run))).toEqual({});
		},
	);

	it('are refused as anything but an object, with the name of the run', () => {
		const error = explainedErrorOf(() =>
			resourceStats(readRun({ id: 'run-7', resource_stats: 'soon' })),
		);
		expect(error.message).toContain('sync job run run-7');
		expect(error.message).toContain('a string');
	});
});

describe('the counters of a method', () => {
	test.each([
		[{ fetched: 1 }, { fetched: 1 }],
		[5, { count: 5 }],
		[0, { count: 0 }],
		['many', { count: 'many' }],
		[false, { count: false }],
		[[1, 2], { count: [1, 2] }],
		[null, {}],
		[undefined, {}],
	])('of %j are %j', (value, counters) => {
		expect(countersOf(value)).toEqual(counters);
	});
});

describe('the methods of a resource', () => {
	test.each([
		[{ list: { n: 1 } }, { list: { n: 1 } }],
		[{ fetched: 3 }, { '': { fetched: 3 } }],
		[{ persisted: '3', skipped: 1 }, { '': { persisted: '3', skipped: 1 } }],
		[{ fetched: { n: 1 } }, { fetched: { n: 1 } }],
		[
			{ list: 3, get: 4 },
			{ list: 3, get: 4 },
		],
		[5, { '': 5 }],
		[null, {}],
		[undefined, {}],
	])('of %j are %j', (value, methods) => {
		expect(methodsOf(value)).toEqual(methods);
	});
});

describe('the totals of a run', () => {
	it('are the sums over all resources and methods, in order of appearance', () => {
		const run = runWithStats({
			a: { list: { fetched: 1, persisted: 2 }, get: { skipped: 4, fetched: 8 } },
			b: { list: { fetched: 16 }, get: 32 },
			c: 64,
		});
		const totals = totalCounters(readRun(run));
		expect(totals).toEqual({ fetched: 25, persisted: 2, skipped: 4, count: 96 });
		expect(Object.keys(totals ?? {})).toEqual(['fetched', 'persisted', 'skipped', 'count']);
	});

	it('leave out what is no number', () => {
		const run = runWithStats({
			a: { list: { fetched: '12', cursor: 'x', done: true, n: null, seen: [3], ok: 1 } },
		});
		expect(totalCounters(readRun(run))).toEqual({ fetched: 12, ok: 1 });
	});

	it('leave out what is too large to be a number', () => {
		expect(
			totalCounters(readRun(runWithStatsText('{"a": {"list": {"n": 1e999, "m": 1}}}'))),
		).toEqual({
			m: 1,
		});
	});

	it('count a counter "__proto__" and change no prototype', () => {
		const totals = totalCounters(
			readRun(runWithStatsText('{"a": {"list": {"__proto__": 3, "n": 1}}}')),
		);
		expect(JSON.stringify(totals)).toBe('{"__proto__":3,"n":1}');
		expect(Object.getPrototypeOf(totals)).toBe(Object.prototype);
	});

	test.each([[null], [{}]])('are none for %j', (stats) => {
		expect(totalCounters(readRun(runWithStats(stats)))).toEqual({});
	});

	test.each([['soon'], [7], [true]])('are null if the stats are %j', (stats) => {
		expect(totalCounters(readRun(runWithStats(stats)))).toBeNull();
	});
});

describe('a counter', () => {
	test.each([
		[120, 120],
		['120', 120],
		['-3', -3],
		['0.5', 0.5],
		['9007199254740993', '9007199254740993'],
		['1e3', '1e3'],
		[' 1', ' 1'],
		['', ''],
		[null, null],
		[undefined, null],
		[true, true],
		[[1], [1]],
	])('%j is %j', (value, expected) => {
		expect(counterValue(value)).toEqual(expected);
	});
});
