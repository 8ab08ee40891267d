import { describe, expect, it, test } from '@jest/globals';

import type { Json, JsonRecord } from '../../../lib/json';
import { ABOUT, itemsOf } from './itemsOf.mts';

const RECORD = 'sync_job_run:record';
const RECORD_ERROR = 'sync_job_run:record_error';

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

	it('names its run if Truto does', () => {
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

	test.each([false, true])('gives one item if there are none (split: %s)', (splitRecords) => {
		const none = { ...payload, records: [] };
		expect(itemsOf(RECORD, none, { splitRecords })).toEqual([{ ...columns, records: [] }]);
	});

	it('keeps a record that is a list as it is', () => {
		const [first] = itemsOf(RECORD, [[1, 2], [3]], { splitRecords: true });
		expect(first?.record).toEqual([1, 2]);
	});

	it('says of which event they are, whatever stands beside them', () => {
		const odd = { event: 'y', event_id: 'x', event_created_at: 'z', record: 'w', ...payload };
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
		[
			{ error: { statusCode: 502, message: '', raw_response: 'down' } },
			{ error: '{"statusCode":502,"message":"","raw_response":"down"}' },
		],
		[
			{ errors: [{ message: '' }, null, { message: 'b' }] },
			{ error: 'b', error_count: 3, errors: [{ message: '' }, null, { message: 'b' }] },
		],
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
