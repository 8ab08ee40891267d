import { describe, expect, it, test } from '@jest/globals';

import { eventItems } from '../../../lib/events/eventItems';
import { finishedRun, runWithStats } from '../helpers/runs.mts';
import { ABOUT, itemsOf, PLAIN } from './itemsOf.mts';

const COMPLETED = 'sync_job_run:completed';

describe('an event with a run', () => {
	const run = {
		id: 'r1',
		status: 'completed',
		sync_job_id: 'j1',
		integrated_account_id: 'a1',
		resource_stats: {
			'crm/contacts': { list: { fetched: 2, persisted: 1 }, get: { fetched: 1 } },
			'crm/deals': { list: { fetched: 4 } },
		},
	};
	const columns = {
		event: COMPLETED,
		status: 'completed',
		sync_job_run_id: 'r1',
		sync_job_id: 'j1',
		integrated_account_id: 'a1',
		...ABOUT,
	};

	it('gives the run, and of which run, job and account it is', () => {
		expect(itemsOf(COMPLETED, run)).toMatchObject([{ ...columns, fetched: 7, persisted: 1, run }]);
		expect(Object.keys(itemsOf(COMPLETED, run)[0] ?? {})).toEqual([
			'event',
			'status',
			'tenant_id',
			'sync_job_label',
			'integration_name',
			'fetched',
			'persisted',
			'started_at',
			'finished_at',
			'duration_seconds',
			'created_at',
			'event_created_at',
			'event_id',
			'webhook_id',
			'sync_job_run_id',
			'sync_job_id',
			'integrated_account_id',
			'run',
		]);
	});

	it('has null for what Truto did not send', () => {
		const event = { id: null, name: COMPLETED, payload: {}, createdAt: null, webhookId: null };
		const [item] = eventItems(event, PLAIN);
		expect(item).toEqual({
			event: COMPLETED,
			status: null,
			tenant_id: null,
			sync_job_label: null,
			integration_name: null,
			fetched: null,
			persisted: null,
			started_at: null,
			finished_at: null,
			duration_seconds: null,
			created_at: null,
			sync_job_run_id: null,
			sync_job_id: null,
			integrated_account_id: null,
			event_created_at: null,
			event_id: null,
			webhook_id: null,
			run: {},
		});
	});

	it('takes the account of a version 4 job from its arguments', () => {
		const payload = { id: 'r1', args: { integrated_account_id: 'a2' } };
		expect(itemsOf(COMPLETED, payload)).toMatchObject([{ integrated_account_id: 'a2' }]);
	});

	it('has no nested run if simplified', () => {
		const [item] = itemsOf(COMPLETED, run, { shape: { kind: 'simplified' } });
		expect(item).toMatchObject({ ...columns, fetched: 7 });
		expect(item).not.toHaveProperty('run');
	});

	it('gives rows, by resource and by method, which name the event', () => {
		const named = { sync_job_run_id: 'r1', event: COMPLETED, event_id: 'e1', webhook_id: 'w1' };
		expect(itemsOf(COMPLETED, run, { split: { splitBy: 'resource' } })).toMatchObject([
			{ resource: 'crm/contacts', methods: 'list, get', fetched: 3, persisted: 1, ...named },
			{ resource: 'crm/deals', methods: 'list', fetched: 4, persisted: null, ...named },
		]);
		expect(itemsOf(COMPLETED, run, { split: { splitBy: 'resourceAndMethod' } })).toMatchObject([
			{ resource: 'crm/contacts', method: 'list', fetched: 2, ...named },
			{ resource: 'crm/contacts', method: 'get', fetched: 1, ...named },
			{ resource: 'crm/deals', method: 'list', fetched: 4, ...named },
		]);
	});

	it('keeps a counter that is named like a column of the event', () => {
		const stats = { 'crm/contacts': { list: { event: 3, fetched: 1 } } };
		const [row] = itemsOf(COMPLETED, runWithStats(stats), { split: { splitBy: 'resource' } });
		expect(row).toMatchObject({ event: COMPLETED, stat_event: 3, fetched: 1, event_id: 'e1' });
	});

	test.each([[null], [{}]])('gives one row if its statistics are %j', (stats) => {
		const payload = finishedRun({ resource_stats: stats });
		const rows = itemsOf(COMPLETED, payload, { split: { splitBy: 'resource' } });
		expect(rows).toMatchObject([{ resource: null, methods: null, event: COMPLETED }]);
		expect(rows[0]).not.toHaveProperty('stats_error');
	});

	test.each([
		[[1], 'an array'],
		['text', 'a string'],
		[5, 'a number'],
		[true, 'a boolean'],
	])('gives one row that says so if its statistics are %j', (stats, kind) => {
		const rows = itemsOf(COMPLETED, runWithStats(stats), { split: { splitBy: 'resource' } });
		expect(rows).toMatchObject([
			{ resource: null, stats_error: expect.stringContaining(kind), event_id: 'e1' },
		]);
	});

	test.each([[null], ['text'], [5], [[]], [[finishedRun()]]])(
		'may carry %j in its place, in any output',
		(payload) => {
			const expected = [{ event: COMPLETED, sync_job_run_id: null, ...ABOUT, run: payload }];
			expect(itemsOf(COMPLETED, payload)).toMatchObject(expected);
			expect(itemsOf(COMPLETED, payload, { split: { splitBy: 'resource' } })).toMatchObject(
				expected,
			);
			const shape = { kind: 'simplified' } as const;
			expect(itemsOf(COMPLETED, payload, { shape })).toMatchObject(expected);
		},
	);

	it('is not split as records', () => {
		const payload = finishedRun({ records: [1, 2] });
		expect(itemsOf(COMPLETED, payload, { splitRecords: true })).toHaveLength(1);
	});
});
