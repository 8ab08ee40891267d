import { describe, expect, it, test } from '@jest/globals';

import type { Json, JsonRecord } from '../../../lib/json';
import { runContext } from '../../../lib/runs/runContext';
import { simplifyRun } from '../../../lib/runs/simplifyRun';
import { splitResourceStats, type SplitOptions } from '../../../lib/runs/splitResourceStats';
import { eventItems, RECORD_EVENT, type EventOutput } from '../../../nodes/TrutoTrigger/eventItems';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const ABOUT = { id: 'e1', event: 'sync_job_run:completed', created_at: '2026-11-24T10:01:32.000Z' };
const PLAIN: EventOutput = { simplify: false, splitRecords: false };
const BY_RESOURCE: SplitOptions = { splitBy: 'resource' };

const itemsOf = (payload: Json, output: Partial<EventOutput> = {}, event = ABOUT.event) =>
	eventItems(deepFreeze({ ...ABOUT, event, payload }), { ...PLAIN, ...output });

describe('an event with a run', () => {
	it('gives the run, with what the event says beside it', () => {
		expect(itemsOf(finishedRun())).toEqual([{ ...ABOUT, run: finishedRun() }]);
	});

	it('gives the simplified run', () => {
		const [item] = itemsOf(finishedRun(), { simplify: true });
		expect(item).toEqual({ ...ABOUT, run: simplifyRun(finishedRun()) });
	});

	test.each<SplitOptions>([
		{ splitBy: 'resource' },
		{ splitBy: 'resourceAndMethod' },
		{ splitBy: 'resource', includeRawStats: true },
		{ splitBy: 'resource', includeUnstartedResources: true },
	])('gives the rows of Get, split %j', (split) => {
		const stats = { 'crm/contacts': { list: { fetched: 2 }, get: { fetched: 1 } } };
		const run = runWithStats(stats);
		const items = itemsOf(run, { split });
		expect(items).toEqual(splitResourceStats(run, split));
		expect(items.length).toBeGreaterThan(0);
	});

	it('is split rather than simplified', () => {
		const output = { split: BY_RESOURCE, simplify: true };
		expect(itemsOf(finishedRun(), output)).toEqual(splitResourceStats(finishedRun(), BY_RESOURCE));
	});

	test.each([[null], [{}], [undefined]])('gives one row where its statistics are %j', (stats) => {
		const run = finishedRun();
		delete run.resource_stats;
		if (stats !== undefined) run.resource_stats = stats;
		expect(itemsOf(run, { split: BY_RESOURCE })).toEqual([
			{ ...runContext(run), resource: null, methods: null },
		]);
	});

	test.each([
		[[1], 'an array'],
		['text', 'a string'],
		[5, 'a number'],
		[true, 'a boolean'],
	])('gives one row that says so where its statistics are %j', (stats, kind) => {
		const run = runWithStats(stats);
		expect(itemsOf(run, { split: BY_RESOURCE })).toEqual([
			{
				...runContext(run),
				resource: null,
				methods: null,
				stats_error: expect.stringContaining(kind),
			},
		]);
	});

	test.each([[null], ['text'], [5], [[]], [[finishedRun()]]])(
		'may carry %j in its place, in any output',
		(payload) => {
			const expected = [{ ...ABOUT, run: payload }];
			expect(itemsOf(payload)).toEqual(expected);
			expect(itemsOf(payload, { simplify: true })).toEqual(expected);
			expect(itemsOf(payload, { split: BY_RESOURCE })).toEqual(expected);
		},
	);

	it('is not split as records', () => {
		const run = finishedRun({ records: [1, 2] });
		expect(itemsOf(run, { splitRecords: true })).toEqual([{ ...ABOUT, run }]);
	});
});

describe('an event with records', () => {
	const about = { ...ABOUT, event: RECORD_EVENT };
	const records: JsonRecord[] = [{ id: '1', name: 'Ann' }, { id: '2' }, { id: '3' }];
	const context = { sync_job_run_id: 'r1', resource: 'crm/contacts' };
	const recordsOf = (payload: Json, splitRecords = false, more: Partial<EventOutput> = {}) =>
		itemsOf(payload, { splitRecords, ...more }, RECORD_EVENT);

	it('gives them in one item', () => {
		expect(recordsOf(records)).toEqual([{ ...about, records }]);
		expect(recordsOf({ ...context, records })).toEqual([{ ...context, ...about, records }]);
		expect(recordsOf({ id: '1' })).toEqual([{ ...about, records: [{ id: '1' }] }]);
	});

	it('gives one item each', () => {
		const split = records.map((record) => ({ ...about, record }));
		expect(recordsOf(records, true)).toEqual(split);
		expect(recordsOf({ ...context, records }, true)).toEqual(
			split.map((item) => ({ ...context, ...item })),
		);
		expect(recordsOf({ id: '1' }, true)).toEqual([{ ...about, record: { id: '1' } }]);
	});

	test.each([false, true])('gives one item where there are none (split: %s)', (split) => {
		expect(recordsOf([], split)).toEqual([{ ...about, records: [] }]);
		expect(recordsOf({ ...context, records: [] }, split)).toEqual([
			{ ...context, ...about, records: [] },
		]);
	});

	test.each([[{ records: 'text' }], [{ records: null }], [{ records: { a: 1 } }], ['text'], [5]])(
		'takes %j for one record',
		(payload) => {
			expect(recordsOf(payload)).toEqual([{ ...about, records: [payload] }]);
			expect(recordsOf(payload, true)).toEqual([{ ...about, record: payload }]);
		},
	);

	it('keeps a record that is a list as it is', () => {
		expect(recordsOf([[1, 2], [3]], true)).toEqual([
			{ ...about, record: [1, 2] },
			{ ...about, record: [3] },
		]);
	});

	it('says of which event they are, whatever stands beside them', () => {
		const payload = { id: 'x', event: 'y', created_at: 'z', record: 'w', records };
		for (const item of recordsOf(payload, true)) expect(item).toMatchObject(about);
		expect(recordsOf(payload, true)[0]?.record).toEqual(records[0]);
		expect(recordsOf(payload)).toEqual([{ ...about, record: 'w', records }]);
	});

	it('knows no statistics and no simple form', () => {
		const payload = { ...context, records };
		const more = { split: BY_RESOURCE, simplify: true };
		expect(recordsOf(payload, false, more)).toEqual(recordsOf(payload));
	});

	it('holds thousands', () => {
		const many = Array.from({ length: 50_000 }, (_, id) => ({ id }));
		expect(recordsOf({ ...context, records: many }, true)).toHaveLength(50_000);
	});
});
