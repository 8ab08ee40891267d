import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { splitResourceStats } from '../../../lib/runs/splitResourceStats';
import { readRun } from '../../../lib/truto/run';
import { runWithStats, runWithStatsText } from '../helpers/runs.mts';

const byResource = { splitBy: 'resource' } as const;
const byMethod = { splitBy: 'resourceAndMethod' } as const;

const ODD_NAMES = [
	'__proto__',
	'constructor',
	'prototype',
	'toString',
	'hasOwnProperty',
	'crm/contacts',
	'a.b.c',
	'two words',
	' padded ',
	'',
	'a[0]',
	'7',
	'{{ $json.x }}',
	'line\nbreak',
	'émoji 🦊',
];

/** The counters of a row: between two columns and the ten that say of which run it is. */
function countersOf(row: JsonRecord | undefined): JsonRecord {
	return Object.fromEntries(Object.entries(row ?? {}).slice(2, -11));
}

describe('names with a meaning of their own', () => {
	test.each(ODD_NAMES)('come through untouched as a resource: %j', (name) => {
		const run = runWithStatsText(`{${JSON.stringify(name)}: {"list": {"n": 3}}}`);
		for (const options of [byResource, byMethod]) {
			const rows = splitResourceStats(readRun(run), { ...options, includeRawStats: true });
			expect(rows).toHaveLength(1);
			expect(rows[0]).toMatchObject({ resource: name, n: 3 });
			expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype);
		}
	});

	test.each(ODD_NAMES)('come through untouched as a method: %j', (name) => {
		const run = runWithStatsText(`{"a": {${JSON.stringify(name)}: {"n": 3}, "list": {"n": 4}}}`);
		const [row] = splitResourceStats(readRun(run), byResource);
		expect(String(row?.methods).split(', ').sort()).toEqual([name, 'list'].sort());
		expect(row?.n).toBe(7);
		const rows = splitResourceStats(readRun(run), byMethod).map(({ method, n }) => [method, n]);
		expect(new Map(rows as [string, number][])).toEqual(
			new Map([
				[name, 3],
				['list', 4],
			]),
		);
	});

	test.each(ODD_NAMES.filter((name) => name !== '__proto__'))(
		'come through untouched as a counter: %j',
		(name) => {
			const run = runWithStatsText(
				`{"a": {"list": {${JSON.stringify(name)}: 3}}, "b": {"list": {}}}`,
			);
			for (const options of [byResource, byMethod]) {
				const rows = splitResourceStats(readRun(run), options);
				expect(rows.map((row) => Object.hasOwn(row, name) && row[name])).toEqual([3, null]);
			}
		},
	);

	it('keep a counter "__proto__" under a name that a column can have', () => {
		const run = runWithStatsText(
			'{"a": {"list": {"__proto__": 3, "n": 1}, "get": {"__proto__": 4}}, "b": {"list": {"n": 2}}}',
		);
		const rows = splitResourceStats(readRun(run), byResource);
		expect(rows.map(countersOf)).toEqual([
			{ stat___proto__: 7, n: 1 },
			{ stat___proto__: null, n: 2 },
		]);
		expect(rows.map((row) => Object.getPrototypeOf(row) as unknown)).toEqual([
			Object.prototype,
			Object.prototype,
		]);
	});

	it('keep a method "__proto__" among values that cannot be added up', () => {
		const run = runWithStatsText('{"a": {"__proto__": {"c": "x"}, "list": {"c": "y"}}}');
		const [row] = splitResourceStats(readRun(run), byResource);
		expect(JSON.stringify(row?.c)).toBe('{"__proto__":"x","list":"y"}');
	});

	it('give nothing of a prototype to a row that lacks a counter', () => {
		const run = runWithStatsText('{"a": {"list": {"toString": 3}}, "b": {"list": {}, "get": {}}}');
		const [, row] = splitResourceStats(readRun(run), byResource);
		expect(countersOf(row)).toEqual({ toString: null });
	});

	it('do not make methods of one resource out of another prototype', () => {
		const run = runWithStatsText(
			'{"a": {"list": {"valueOf": "x"}, "get": {"valueOf": "y"}, "update": {}}}',
		);
		const [row] = splitResourceStats(readRun(run), byResource);
		expect(row?.valueOf).toEqual({ list: 'x', get: 'y' });
	});
});

describe('a counter with the name of a column', () => {
	const taken = ['sync_job_run_id', 'status', 'duration_seconds', 'resource'];

	test.each(taken)('gets the prefix "stat_": %s', (name) => {
		const run = runWithStats({ a: { list: { [name]: 5 } } });
		for (const options of [byResource, byMethod]) {
			const [row] = splitResourceStats(readRun(run), options);
			expect(countersOf(row)).toEqual({ [`stat_${name}`]: 5 });
		}
	});

	it('gets the prefix as "methods" or "method" only if that is a column', () => {
		const run = runWithStats({ a: { list: { methods: 1, method: 2 } } });
		expect(splitResourceStats(readRun(run), byResource).map(countersOf)).toEqual([
			{ stat_methods: 1, method: 2 },
		]);
		expect(splitResourceStats(readRun(run), byMethod).map(countersOf)).toEqual([
			{ methods: 1, stat_method: 2 },
		]);
	});

	it('gets the prefix as "resource_stats" only beside the raw stats', () => {
		const stats = { list: { resource_stats: 5 } };
		const run = runWithStats({ a: stats });
		expect(splitResourceStats(readRun(run), byResource).map(countersOf)).toEqual([
			{ resource_stats: 5 },
		]);
		const [row] = splitResourceStats(readRun(run), { ...byResource, includeRawStats: true });
		expect(row).toMatchObject({ resource_stats: stats, stat_resource_stats: 5 });
	});

	it('gets the prefix twice if the first one is another counter', () => {
		const counters = [
			{ resource: 1, stat_resource: 2 },
			{ stat_resource: 2, resource: 1 },
		];
		for (const list of counters) {
			const [row] = splitResourceStats(readRun(runWithStats({ a: { list } })), byResource);
			expect(countersOf(row)).toEqual({ stat_resource: 2, stat_stat_resource: 1 });
		}
	});

	it('gets the prefix if the other counter is on another row', () => {
		const run = runWithStats({
			a: { list: { resource: 1 } },
			b: { list: { stat_resource: 2, stat_stat_resource: 3 } },
		});
		expect(splitResourceStats(readRun(run), byResource).map(countersOf)).toEqual([
			{ stat_stat_stat_resource: 1, stat_resource: null, stat_stat_resource: null },
			{ stat_stat_stat_resource: null, stat_resource: 2, stat_stat_resource: 3 },
		]);
	});

	it('is still added up and kept by method', () => {
		const run = runWithStats({
			a: { list: { status: 1, resource: 'x' }, get: { status: 2, resource: 'y' } },
		});
		expect(splitResourceStats(readRun(run), byResource).map(countersOf)).toEqual([
			{ stat_status: 3, stat_resource: { list: 'x', get: 'y' } },
		]);
	});
});
