import { describe, expect, it, test } from '@jest/globals';

import { eventItems, type EventOutput } from '../../../lib/events/eventItems';
import type { Json, JsonRecord } from '../../../lib/json';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const COMPLETED = 'sync_job_run:completed';
const RECORD = 'sync_job_run:record';
const RECORD_ERROR = 'sync_job_run:record_error';

/** What every item says of its event. */
const ABOUT = { created_at: '2026-11-24T10:01:32.000Z', event_id: 'e1', webhook_id: 'w1' };
const PLAIN: EventOutput = { shape: { kind: 'raw' }, splitRecords: false };

const itemsOf = (name: string, payload: Json, output: Partial<EventOutput> = {}) =>
	eventItems(
		deepFreeze({
			id: 'e1',
			name,
			payload,
			createdAt: Date.UTC(2026, 10, 24, 10, 1, 32),
			webhookId: 'w1',
		}),
		{ ...PLAIN, ...output },
	);

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
		expect(itemsOf(COMPLETED, run)).toEqual([{ ...columns, run }]);
		expect(Object.keys(itemsOf(COMPLETED, run)[0] ?? {})).toEqual([
			'event',
			'status',
			'sync_job_run_id',
			'sync_job_id',
			'integrated_account_id',
			'created_at',
			'event_id',
			'webhook_id',
			'run',
		]);
	});

	it('has null for what Truto did not send', () => {
		const event = { id: null, name: COMPLETED, payload: {}, createdAt: null, webhookId: null };
		const [item] = eventItems(event, PLAIN);
		expect(item).toEqual({
			event: COMPLETED,
			status: null,
			sync_job_run_id: null,
			sync_job_id: null,
			integrated_account_id: null,
			created_at: null,
			event_id: null,
			webhook_id: null,
			run: {},
		});
	});

	it('takes the account of a version 4 job from its arguments', () => {
		const payload = { id: 'r1', args: { integrated_account_id: 'a2' } };
		expect(itemsOf(COMPLETED, payload)).toMatchObject([{ integrated_account_id: 'a2' }]);
	});

	it('gives the simplified run', () => {
		const [item] = itemsOf(COMPLETED, run, { shape: { kind: 'simplified' } });
		expect(item).toMatchObject({ ...columns, run: { sync_job_run_id: 'r1', fetched: 7 } });
		expect(item?.run).not.toHaveProperty('resource_stats');
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

	test.each([[null], [{}]])('gives one row where its statistics are %j', (stats) => {
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
	])('gives one row that says so where its statistics are %j', (stats, kind) => {
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

describe('an event with records', () => {
	const records: JsonRecord[] = [{ id: '1', name: 'Ann' }, { id: '2' }, { id: '3' }];
	const payload = { resource: 'crm/contacts', records, meta: { method: 'list' } };
	const columns = {
		event: RECORD,
		resource: 'crm/contacts',
		sync_job_run_id: null,
		...ABOUT,
		meta: { method: 'list' },
	};

	it('gives them in one item', () => {
		expect(itemsOf(RECORD, payload)).toEqual([{ ...columns, records }]);
		expect(Object.keys(itemsOf(RECORD, payload)[0] ?? {}).slice(0, 3)).toEqual([
			'event',
			'resource',
			'sync_job_run_id',
		]);
	});

	it('gives one item each', () => {
		expect(itemsOf(RECORD, payload, { splitRecords: true })).toEqual([
			{ ...columns, record: { id: '1', name: 'Ann' } },
			{ ...columns, record: { id: '2' } },
			{ ...columns, record: { id: '3' } },
		]);
	});

	it('names its run where Truto does', () => {
		const named = { ...payload, sync_job_run_id: 'r1' };
		expect(itemsOf(RECORD, named)).toEqual([{ ...columns, sync_job_run_id: 'r1', records }]);
	});

	test.each([
		[records, records],
		[{ id: '1' }, [{ id: '1' }]],
		['text', ['text']],
		[5, [5]],
		[null, [null]],
		[{ records: 'text' }, [{ records: 'text' }]],
		[{ records: null }, [{ records: null }]],
	])('may be %j', (odd, expected) => {
		const about = { event: RECORD, resource: null, sync_job_run_id: null, ...ABOUT };
		expect(itemsOf(RECORD, odd)).toEqual([{ ...about, records: expected }]);
		expect(itemsOf(RECORD, odd, { splitRecords: true })).toEqual(
			expected.map((record) => ({ ...about, record })),
		);
	});

	test.each([false, true])('gives one item where there are none (split: %s)', (splitRecords) => {
		const none = { ...payload, records: [] };
		expect(itemsOf(RECORD, none, { splitRecords })).toEqual([{ ...columns, records: [] }]);
	});

	it('keeps a record that is a list as it is', () => {
		const [first] = itemsOf(RECORD, [[1, 2], [3]], { splitRecords: true });
		expect(first?.record).toEqual([1, 2]);
	});

	it('says of which event they are, whatever stands beside them', () => {
		const odd = { event: 'y', event_id: 'x', created_at: 'z', record: 'w', ...payload };
		for (const item of itemsOf(RECORD, odd, { splitRecords: true })) {
			expect(item).toMatchObject(columns);
		}
		expect(itemsOf(RECORD, odd, { splitRecords: true })[0]?.record).toEqual(records[0]);
	});

	it('holds thousands', () => {
		const many = Array.from({ length: 50_000 }, (_, id) => ({ id }));
		const items = itemsOf(RECORD, { ...payload, records: many }, { splitRecords: true });
		expect(items).toHaveLength(50_000);
	});
});

describe('an event with errors of records', () => {
	test.each<[Json, JsonRecord]>([
		[
			{ resource: 'crm/contacts', method: 'list', error: { message: 'no' } },
			{ resource: 'crm/contacts', method: 'list', error: 'no', errors: [{ message: 'no' }] },
		],
		[
			{ resource: 'crm/contacts', errors: [{ message: 'a' }, 'b'] },
			{ resource: 'crm/contacts', error: 'a', error_count: 2, errors: [{ message: 'a' }, 'b'] },
		],
		[
			{ message: 'no', sync_job_run_id: 'r1' },
			{ resource: null, error: 'no', sync_job_run_id: 'r1', error_count: 1 },
		],
		[['a', 'b'], { error: 'a', error_count: 2, errors: ['a', 'b'] }],
		['no', { error: 'no', errors: ['no'] }],
		[{ code: 5 }, { error: '{"code":5}', errors: [{ code: 5 }] }],
		[{ errors: [] }, { error: null, error_count: 0, errors: [] }],
		[null, { error: null, errors: [null] }],
	])('%j', (payload, expected) => {
		expect(itemsOf(RECORD_ERROR, payload)).toMatchObject([
			{ event: RECORD_ERROR, ...ABOUT, ...expected },
		]);
	});

	it('gives a short text', () => {
		const [item] = itemsOf(RECORD_ERROR, { error: { message: 'x'.repeat(100_000) } });
		expect(String(item?.error).length).toBeLessThanOrEqual(300);
	});
});

describe('an event of an account', () => {
	const account = {
		id: 'a1',
		tenant_id: 't1',
		status: 'active',
		integration: { name: 'hubspot', config: { label: 'HubSpot' } },
	};
	const columns = {
		integrated_account_id: 'a1',
		tenant_id: 't1',
		integration_name: 'HubSpot',
		status: 'active',
		...ABOUT,
		account,
	};

	test.each([
		['authentication_error', true, 'end_user', /have expired or were revoked/],
		['validation_error', true, 'end_user', /incomplete or wrong/],
		['post_install_error', true, 'job_owner', /follows the connection has failed/],
		['forbidden_error', true, 'end_user', /the integrated app refused a request/],
		['active', false, 'nobody', null],
		['updated', false, 'nobody', null],
		['something_new', false, 'nobody', null],
	])('%s says who must act, whatever its payload leaves out', (name, needed, who, reason) => {
		const event = `integrated_account:${name}`;
		const [item] = itemsOf(event, account);
		expect(item).toMatchObject({ event, needs_attention: needed, who_acts: who, ...columns });
		if (reason === null) expect(item?.reason).toBeNull();
		else expect(item?.reason).toMatch(reason);
	});

	it('names the permissions that are missing', () => {
		const payload = { ...account, last_forbidden_error: { missing_scopes: ['contacts.read'] } };
		const [item] = itemsOf('integrated_account:forbidden_error', payload);
		expect(item?.reason).toContain('contacts.read');
	});

	it('of a deleted one has its id alone', () => {
		expect(itemsOf('integrated_account:deleted', { id: 'a1' })).toEqual([
			{
				event: 'integrated_account:deleted',
				needs_attention: false,
				reason: null,
				who_acts: 'nobody',
				integrated_account_id: 'a1',
				tenant_id: null,
				integration_name: null,
				status: null,
				...ABOUT,
				account: { id: 'a1' },
			},
		]);
	});
});

describe('an event of a schedule', () => {
	const event = 'sync_job_cron_trigger:failed';

	test.each<[Json, JsonRecord]>([
		[
			{ id: 's1', sync_job_id: 'j1', integrated_account_id: 'a1', cron_expression: '0 6 * * *' },
			{
				sync_job_cron_trigger_id: 's1',
				sync_job_id: 'j1',
				integrated_account_id: 'a1',
				cron_expression: '0 6 * * *',
			},
		],
		[
			{ sync_job_cron_trigger_id: 's1', id: 'x', args: { integrated_account_id: 'a1' } },
			{ sync_job_cron_trigger_id: 's1', sync_job_id: null, integrated_account_id: 'a1' },
		],
		[null, { sync_job_cron_trigger_id: null, cron_expression: null }],
	])('%j', (payload, expected) => {
		expect(itemsOf(event, payload)).toMatchObject([
			{ event, ...expected, ...ABOUT, schedule: payload },
		]);
	});
});

it('an event of another kind gives its payload', () => {
	expect(itemsOf('test', { foo: 'bar' })).toEqual([
		{ event: 'test', ...ABOUT, payload: { foo: 'bar' } },
	]);
});
