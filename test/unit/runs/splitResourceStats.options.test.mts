import { describe, expect, it, test } from '@jest/globals';

import type { Json } from '../../../lib/json';
import { splitResourceStats } from '../../../lib/runs/splitResourceStats';
import { readRun } from '../../../lib/truto/run';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const byResource = { splitBy: 'resource' } as const;
const byMethod = { splitBy: 'resourceAndMethod' } as const;

describe('the option Include Unstarted Resources', () => {
	const run = finishedRun({
		resources: [
			{ resource: 'crm/contacts', method: 'list' },
			{ resource: 'crm/deals', method: 'list' },
			{ resource: 'crm/deals', method: 'get' },
			{ resource: 'crm/deals', method: 'list' },
			{ resource: '__proto__', method: 'list' },
			{ resource: 'bare' },
		],
		resource_stats: { 'crm/contacts': { list: { fetched: 1 } } },
	});

	it('adds a row with null counters for each resource without stats', () => {
		const rows = splitResourceStats(readRun(run), {
			...byResource,
			includeUnstartedResources: true,
		});
		expect(rows).toMatchObject([
			{ resource: 'crm/contacts', methods: 'list', fetched: 1 },
			{ resource: 'crm/deals', methods: 'list, get', fetched: null },
			{ resource: '__proto__', methods: 'list', fetched: null },
			{ resource: 'bare', methods: '', fetched: null },
		]);
	});

	it('adds a row for each planned method when split by method', () => {
		const rows = splitResourceStats(readRun(run), { ...byMethod, includeUnstartedResources: true });
		expect(rows).toMatchObject([
			{ resource: 'crm/contacts', method: 'list', fetched: 1 },
			{ resource: 'crm/deals', method: 'list', fetched: null },
			{ resource: 'crm/deals', method: 'get', fetched: null },
			{ resource: '__proto__', method: 'list', fetched: null },
			{ resource: 'bare', method: null, fetched: null },
		]);
	});

	it('gives the added rows the same columns in the same order', () => {
		const rows = splitResourceStats(readRun(run), {
			...byResource,
			includeUnstartedResources: true,
			includeRawStats: true,
		});
		expect(new Set(rows.map((row) => Object.keys(row).join())).size).toBe(1);
	});

	it('adds none while it is off', () => {
		expect(splitResourceStats(readRun(run), byResource)).toHaveLength(1);
	});

	it('adds none for a resource that has stats, be they empty', () => {
		const started = finishedRun({ resource_stats: { 'crm/contacts': {}, 'crm/notes': null } });
		const rows = splitResourceStats(readRun(started), {
			...byMethod,
			includeUnstartedResources: true,
		});
		expect(rows.map(({ resource }) => resource)).toEqual(['crm/contacts', 'crm/notes']);
	});

	test.each([[null], [{}]])('lists all resources of a run whose stats are %j', (stats) => {
		const rows = splitResourceStats(readRun(runWithStats(stats)), {
			...byResource,
			includeUnstartedResources: true,
		});
		expect(rows).toMatchObject([
			{ resource: 'crm/contacts', methods: 'list', status: 'completed' },
			{ resource: 'crm/notes', methods: 'list, get' },
		]);
	});

	const unreadable: Json[] = [
		null,
		'contacts',
		{},
		[],
		['contacts', null, 7, {}, { resource: null }, { resource: 7 }, []],
	];

	test.each(unreadable.map((resources) => ({ resources })))(
		'passes over resources that can not be read: %j',
		({ resources }) => {
			const odd = finishedRun({ resources, resource_stats: {} });
			const rows = splitResourceStats(readRun(odd), {
				...byMethod,
				includeUnstartedResources: true,
			});
			expect(rows.map(({ resource, method }) => [resource, method])).toEqual([[null, null]]);
		},
	);
});

describe('the option Include Raw Stats', () => {
	it('adds the untouched stats of the row', () => {
		const run = runWithStats({ a: { list: { n: 1 }, get: 2 }, b: 7, c: null });
		expect(
			splitResourceStats(readRun(run), { ...byResource, includeRawStats: true }),
		).toMatchObject([
			{ resource: 'a', resource_stats: { list: { n: 1 }, get: 2 } },
			{ resource: 'b', resource_stats: 7 },
			{ resource: 'c', resource_stats: null },
		]);
		expect(splitResourceStats(readRun(run), { ...byMethod, includeRawStats: true })).toMatchObject([
			{ resource: 'a', method: 'list', resource_stats: { n: 1 } },
			{ resource: 'a', method: 'get', resource_stats: 2 },
			{ resource: 'b', method: '', resource_stats: 7 },
			{ resource: 'c', method: null, resource_stats: null },
		]);
	});

	it('is null for a resource without stats', () => {
		const rows = splitResourceStats(readRun(runWithStats(null)), {
			...byResource,
			includeRawStats: true,
			includeUnstartedResources: true,
		});
		expect(rows.map((row) => row.resource_stats)).toEqual([null, null]);
	});

	it('puts its column last', () => {
		const [row] = splitResourceStats(readRun(finishedRun()), {
			...byResource,
			includeRawStats: true,
		});
		expect(Object.keys(row ?? {}).slice(-2)).toEqual(['integrated_account_id', 'resource_stats']);
	});

	it('is null in the row of a run without stats', () => {
		const rows = splitResourceStats(readRun(runWithStats({})), {
			...byResource,
			includeRawStats: true,
		});
		expect(rows).toMatchObject([{ resource: null, resource_stats: null }]);
	});

	it('is absent while it is off', () => {
		expect(splitResourceStats(readRun(finishedRun()), byResource)[0]).not.toHaveProperty(
			'resource_stats',
		);
	});
});

describe('the option Skip Runs Without Stats', () => {
	const options = { ...byResource, skipRunsWithoutStats: true };

	test.each([[null], [{}]])('drops a run whose stats are %j', (stats) => {
		expect(splitResourceStats(readRun(runWithStats(stats)), options)).toEqual([]);
		const unstarted = { ...options, includeUnstartedResources: true };
		expect(splitResourceStats(readRun(runWithStats(stats)), unstarted)).toEqual([]);
	});

	it('drops no run with stats, be they empty', () => {
		expect(splitResourceStats(readRun(runWithStats({ a: null, b: {} })), options)).toHaveLength(2);
	});
});
