import { describe, expect, it, test } from '@jest/globals';

import { splitResourceStats, type SplitBy } from '../../../lib/runs/splitResourceStats';
import { readRun } from '../../../lib/truto/run';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { explainedErrorOf } from '../helpers/explained.mts';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const CONTEXT = {
	tenant_id: null,
	sync_job_label: null,
	integration_name: 'hubspot',
	status: 'completed',
	started_at: '2026-11-24T10:00:01.500Z',
	finished_at: '2026-11-24T10:01:31.750Z',
	duration_seconds: 90,
	created_at: '2026-11-24T10:00:00.000Z',
	sync_job_run_id: '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
	sync_job_id: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11',
	integrated_account_id: '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22',
};

const byResource = { splitBy: 'resource' } as const;
const byMethod = { splitBy: 'resourceAndMethod' } as const;
const BOTH: SplitBy[] = ['resource', 'resourceAndMethod'];

describe('split by resource', () => {
	it('gives one row per resource with the counters of its methods added up', () => {
		expect(splitResourceStats(readRun(finishedRun()), byResource)).toEqual([
			{ ...CONTEXT, resource: 'crm/contacts', methods: 'list', fetched: 120, persisted: 118 },
			{ ...CONTEXT, resource: 'crm/notes', methods: 'list, get', fetched: 12, persisted: 11 },
		]);
	});

	it('keeps a counter that is not a number as it is if one method has it', () => {
		const run = runWithStats({
			a: { list: { cursor: 'x1', seen: [1, 2] }, get: { fetched: 1 } },
			b: { list: { cursor: { page: 2 }, done: true } },
		});
		expect(splitResourceStats(readRun(run), byResource)).toMatchObject([
			{ cursor: 'x1', seen: [1, 2], fetched: 1, done: null },
			{ cursor: { page: 2 }, seen: null, fetched: null, done: true },
		]);
	});

	it('keeps a counter that is not a number by method if several methods have it', () => {
		const run = runWithStats({
			a: { list: { cursor: 'x1' }, get: { cursor: 'x2' }, update: { cursor: null } },
		});
		expect(splitResourceStats(readRun(run), byResource)).toMatchObject([
			{ cursor: { list: 'x1', get: 'x2' } },
		]);
	});

	test.each([
		{ list: 5, get: 'many', update: 7 },
		{ list: 'many', get: 5, update: 7 },
		{ list: 5, get: 7, update: 'many' },
		{ list: { list: 1 }, get: 5 },
		{ list: 5, get: false },
	])('loses no value if numbers and others mix: %j', (values) => {
		const methods = Object.entries(values).map(([method, n]) => [method, { n }] as const);
		const [row] = splitResourceStats(
			readRun(runWithStats({ a: Object.fromEntries(methods) })),
			byResource,
		);
		expect(row?.n).toEqual(values);
	});

	it('adds up a counter that some methods lack or hold as null', () => {
		const run = runWithStats({ a: { list: { n: null }, get: { n: 0 }, update: {}, x: { n: 4 } } });
		expect(splitResourceStats(readRun(run), byResource)).toMatchObject([
			{ methods: 'list, get, update, x', n: 4 },
		]);
	});

	it('adds up bare numbers as the counter "count", also with one of that name', () => {
		const run = runWithStats({ a: { list: 5, get: { count: 2 } }, b: 7 });
		expect(splitResourceStats(readRun(run), byResource)).toMatchObject([
			{ resource: 'a', methods: 'list, get', count: 7 },
			{ resource: 'b', methods: '', count: 7 },
		]);
	});
});

describe('split by resource and method', () => {
	it('gives one row per method with its counters as they are', () => {
		expect(splitResourceStats(readRun(finishedRun()), byMethod)).toEqual([
			{ ...CONTEXT, resource: 'crm/contacts', method: 'list', fetched: 120, persisted: 118 },
			{ ...CONTEXT, resource: 'crm/notes', method: 'list', fetched: 9, persisted: 9 },
			{ ...CONTEXT, resource: 'crm/notes', method: 'get', fetched: 3, persisted: 2 },
		]);
	});

	it('keeps counters that are not numbers as they are', () => {
		const run = runWithStats({ a: { list: { cursor: 'x1' }, get: { cursor: ['x2'] } } });
		expect(splitResourceStats(readRun(run), byMethod)).toMatchObject([
			{ cursor: 'x1' },
			{ cursor: ['x2'] },
		]);
	});

	it('takes a bare number as the counter "count"', () => {
		expect(
			splitResourceStats(readRun(runWithStats({ a: { list: 5 }, b: 7 })), byMethod),
		).toMatchObject([
			{ resource: 'a', method: 'list', count: 5 },
			{ resource: 'b', method: '', count: 7 },
		]);
	});
});

describe.each(BOTH)('split, by %s', (splitBy) => {
	const split = (run: ReturnType<typeof finishedRun>) =>
		splitResourceStats(readRun(run), { splitBy });
	const methodColumn = splitBy === 'resource' ? 'methods' : 'method';

	it('gives the resource first, then what was counted, then of which run it is', () => {
		const [row] = split(finishedRun());
		expect(Object.keys(row ?? {})).toEqual([
			'resource',
			methodColumn,
			'fetched',
			'persisted',
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
		]);
	});

	it('reads counters that are texts as numbers', () => {
		const run = runWithStats({
			a: { list: { fetched: '120', persisted: '-1.5' } },
			b: { list: '7' },
			c: { list: { fetched: '12 records', persisted: '90071992547409931', skipped: '' } },
		});
		expect(split(run)).toMatchObject([
			{ fetched: 120, persisted: -1.5 },
			{ count: 7 },
			{ fetched: '12 records', persisted: '90071992547409931', skipped: '' },
		]);
	});

	it('reads counters without a method around them', () => {
		const run = runWithStats({ fetch_contacts: { fetched: 12, persisted: 11 } });
		expect(split(run)).toMatchObject([
			{ resource: 'fetch_contacts', [methodColumn]: '', fetched: 12, persisted: 11 },
		]);
	});

	it('gives all rows the same columns in the same order, whatever counters they have', () => {
		const run = runWithStats({
			a: { list: { fetched: 1 } },
			b: { list: { persisted: 2, fetched: 3 } },
			c: { list: { skipped: 4 } },
			d: {},
			e: null,
			f: { list: null },
		});
		const rows = split(run);
		const columns = rows.map((row) => Object.keys(row).slice(2, 5).join());
		expect(columns).toEqual(Array(6).fill('fetched,persisted,skipped'));
		expect(rows).toMatchObject([
			{ resource: 'a', fetched: 1, persisted: null, skipped: null },
			{ resource: 'b', fetched: 3, persisted: 2, skipped: null },
			{ resource: 'c', fetched: null, persisted: null, skipped: 4 },
			{ resource: 'd', fetched: null, persisted: null, skipped: null },
			{ resource: 'e', fetched: null, persisted: null, skipped: null },
			{ resource: 'f', fetched: null, persisted: null, skipped: null },
		]);
	});

	it('keeps the order of resources as Truto sent them', () => {
		const run = runWithStats({ z: { list: 1 }, a: { list: 1 }, m: { list: 1 } });
		expect(split(run).map(({ resource }) => resource)).toEqual(['z', 'a', 'm']);
	});

	it('gives null for what Truto did not send of the run', () => {
		const rows = split({ resource_stats: { a: { list: { n: 1 } } } });
		const nothing = Object.fromEntries(Object.keys(CONTEXT).map((column) => [column, null]));
		expect(rows).toEqual([{ ...nothing, resource: 'a', [methodColumn]: 'list', n: 1 }]);
	});

	test.each([
		['null', { resource_stats: null }],
		['empty', { resource_stats: {} }],
	])('gives one row without a resource for %s stats', (_, stats) => {
		expect(split(finishedRun(stats))).toEqual([
			{ ...CONTEXT, resource: null, [methodColumn]: null },
		]);
	});

	it('gives one row without a resource for absent stats', () => {
		const [row, ...others] = split({ id: 'x', status: 'failed' });
		expect(row).toMatchObject({ resource: null, sync_job_run_id: 'x', status: 'failed' });
		expect(others).toEqual([]);
	});

	test.each([
		['an array', []],
		['an array', [{ a: 1 }]],
		['a string', ''],
		['a string', 'none'],
		['a number', 0],
		['a number', 42],
		['a boolean', false],
	])('explains that %s (%j) in place of the stats cannot be split', (found, stats) => {
		const error = explainedErrorOf(() => split(runWithStats(stats)));
		expect(error.message).toContain('3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64');
		expect(error.message).toContain(`it is ${found}, not an object`);
		expect(error.description).toMatch(/turn off 'split resource stats'/i);
		expect(error.description).toContain('as Truto sent it');
	});

	it('leaves the run as it was', () => {
		const run = deepFreeze(finishedRun());
		expect(() => split(run)).not.toThrow();
	});
});
