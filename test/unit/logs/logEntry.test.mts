import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { flatLogEntry, readLogEntry, sortByTime } from '../../../lib/logs/logEntry';
import { deepFreeze } from '../helpers/deepFreeze.mts';

const FIELDS: JsonRecord = {
	sync_job_run_id: 'r1',
	sync_job_run_event: 'failed',
	status: 'error',
	resource: 'crm/contacts',
	method: 'list',
	num_records: 31,
	retry_after: 30,
	retry_count: 2,
	webhook_id: 'w1',
	webhook_status: 500,
	webhook_successful: false,
	integrated_account_needs_reauth: true,
	logs: [{ level: 'error', message: 'Request failed', error: { statusCode: 401 } }],
};

const READ = {
	time: 1_775_037_600_000,
	timestamp: '2026-04-01T10:00:00.000Z',
	isError: true,
	event: 'failed',
	resource: 'crm/contacts',
	method: 'list',
	message: 'Request failed: {"statusCode":401}',
	httpStatus: 401,
	isRemote: false,
	numRecords: 31,
	retryAfter: 30,
	retryCount: 2,
	webhookId: 'w1',
	webhookStatus: '500',
	webhookSuccessful: false,
	datastoreSuccessful: null,
	needsReauth: true,
};

describe('a log entry', () => {
	test.each<[string, JsonRecord]>([
		['at the top', { ...FIELDS, timestamp: '2026-04-01T10:00:00.000Z' }],
		['in metadata', { _id: 'x', timestamp: '2026-04-01 10:00:00', metadata: FIELDS }],
		['in metadata as JSON', { timestamp: '2026-04-01 10:00:00', metadata: JSON.stringify(FIELDS) }],
		[
			'in both',
			{ timestamp: '2026-04-01 10:00:00', status: 'error', metadata: { ...FIELDS, status: 'x' } },
		],
		[
			'in both, null at the top',
			{ timestamp: '2026-04-01 10:00:00', status: null, metadata: FIELDS },
		],
		['without "timestamp"', { created_at: '2026-04-01 10:00:00', ...FIELDS }],
		[
			'as texts and numbers',
			{
				...FIELDS,
				timestamp: '2026-04-01T12:00:00+02:00',
				num_records: '31',
				retry_after: '30',
				webhook_status: '500',
				webhook_successful: 'false',
				integrated_account_needs_reauth: 1,
				logs: JSON.stringify(FIELDS.logs),
			},
		],
	])('is read with its fields %s', (_, entry) => {
		expect(readLogEntry(deepFreeze(entry))).toEqual(READ);
	});

	it('may lack everything', () => {
		expect(readLogEntry({})).toEqual({
			time: Number.NaN,
			timestamp: null,
			isError: false,
			event: null,
			resource: null,
			method: null,
			message: null,
			httpStatus: null,
			isRemote: false,
			numRecords: null,
			retryAfter: null,
			retryCount: null,
			webhookId: null,
			webhookStatus: null,
			webhookSuccessful: null,
			datastoreSuccessful: null,
			needsReauth: false,
		});
	});

	test.each<[JsonRecord]>([
		[{ status: 'error' }],
		[{ status: 'Failed' }],
		[{ status: 503 }],
		[{ level: 'fatal' }],
		[{ sync_job_run_event: 'record_error' }],
		[{ sync_job_run_event: 'failed' }],
		[{ webhook_successful: false }],
		[{ datastore_successful: 'false' }],
		[{ datastore_successful: 0 }],
		[{ integrated_account_needs_reauth: 'true' }],
		[{ status: null, metadata: { status: 'error' } }],
		[{ integrated_account_needs_reauth: true }],
		[{ http_status_code: 400 }],
		[{ webhook_endpoint_status: 199 }],
		[{ webhook_endpoint_status: '300' }],
		[{ webhook_endpoint_status: 302 }],
		[{ webhook_endpoint_status: 'failed' }],
		[{ logs: [{ level: 'error', message: 'x' }] }],
		[{ logs: [{ message: 'x', error: { message: '', statusCode: 500 } }] }],
		[{ logs: { error: 'x' } }],
		[{ logs: [{ message: 'x', error: [{ message: 'y' }] }] }],
		[{ logs: [{ message: 'x', error: { details: { code: 'y' } } }] }],
		[{ metadata: { status: 'error' } }],
		[{ logs: [{ message: 'x', error: '- timeout' }] }],
		[{ logs: [{ message: 'x', error: { success: false } }] }],
		[{ logs: [{ message: 'x', error: true }] }],
	])('%j is an error', (entry) => {
		expect(readLogEntry(entry).isError).toBe(true);
	});

	test.each<[JsonRecord]>([
		[{ status: 'completed', level: 'info' }],
		[{ logs: [{ message: 'x', error: '', level: 5 }] }],
		[{ webhook_successful: 2 }],
		[{ status: 'rate_limited', retry_after: 30 }],
		[{ status: 200, http_status_code: 399, webhook_endpoint_status: 200 }],
		[
			{
				webhook_successful: true,
				datastore_successful: null,
				integrated_account_needs_reauth: false,
			},
		],
		[{ logs: ['an error in a text is not enough'] }],
		[{ logs: [{ level: 'info', message: 'x', error: null }] }],
		[{ message: 'error' }],
		[{ logs: [{ message: 'x', error: {} }] }],
		[{ logs: [{ message: 'x', error: { message: '', statusCode: null } }] }],
		[{ logs: [{ message: 'x', error: { message: ' ', details: {}, errors: [], cause: null } }] }],
		[{ logs: [{ message: 'x', error: ' ' }] }],
		[{ logs: [{ message: 'x', error: '{}' }] }],
		[{ logs: [{ message: 'x', error: 'null' }] }],
		[{ logs: [{ message: 'x', error: 'undefined' }] }],
		[{ logs: [{ message: 'x', error: 'None' }] }],
		[{ logs: [{ message: 'x', error: 'false' }] }],
		[{ logs: [{ message: 'x', error: [] }] }],
		[{ logs: [{ message: 'x', error: 'N/A' }] }],
		[{ logs: [{ message: 'x', error: { success: true } }] }],
		[{ logs: [{ message: 'x', error: 0 }] }],
		[{ webhook_endpoint_status: '200' }],
	])('%j is none', (entry) => {
		expect(readLogEntry(entry).isError).toBe(false);
	});

	test.each<[JsonRecord, number | null, boolean]>([
		[{ http_status_code: '502' }, 502, false],
		[{ status: 502 }, 502, false],
		[{ logs: [{ error: { statusCode: 503, truto_is_remote_error: true } }] }, 503, true],
		[{ logs: [{ error: {} }, { error: { statusCode: '429' } }] }, 429, false],
		[{ http_status_code: 200, logs: [{ error: { statusCode: 401 } }] }, 401, false],
		[{ status: 201, logs: [{ message: 'x', error: {} }] }, 201, false],
		[{ truto_is_remote_error: true }, null, true],
		[{ status: 'error' }, null, false],
	])('%j has the HTTP status %j', (entry, status, isRemote) => {
		expect(readLogEntry(entry)).toMatchObject({ httpStatus: status, isRemote });
	});

	test.each<[JsonRecord, string | null]>([
		[{ webhook_status: 500 }, '500'],
		[{ webhook_endpoint_status: '503' }, '503'],
		[{ webhook_status: '', webhook_endpoint_status: 'timeout' }, 'timeout'],
		[{ webhook_status: null }, null],
	])('%j had the answer %j', (entry, status) => {
		expect(readLogEntry(entry).webhookStatus).toBe(status);
	});

	test.each<[JsonRecord[string], number | string | null]>([
		[30, 30],
		['30', 30],
		['2026-04-01 10:00:00', '2026-04-01 10:00:00'],
		['', null],
		[' ', ' '],
		[null, null],
		[true, null],
	])('pauses for %j: %j', (value, pause) => {
		expect(readLogEntry({ retry_after: value }).retryAfter).toBe(pause);
	});

	it('keeps a field "__proto__" of its metadata and changes no prototype', () => {
		const entry = JSON.parse('{"a": 1, "metadata": {"__proto__": {"b": 2}}}') as JsonRecord;
		expect(JSON.stringify(flatLogEntry(entry))).toBe('{"__proto__":{"b":2},"a":1}');
	});

	it('without readable metadata is as it came', () => {
		for (const metadata of [null, 'text', 7, ['x']]) {
			const entry: JsonRecord = { status: 'error', metadata };
			expect(flatLogEntry(entry)).toBe(entry);
		}
	});
});

describe('the order of log entries', () => {
	it('is that of their instants, not of their texts', () => {
		const times = [
			'2026-04-01T10:00:00.500Z',
			'2026-04-01T10:00:00Z',
			'soon',
			'2026-04-01T11:59:00+02:00',
			'2026-04-01 10:00:00.250',
		];
		const entries: JsonRecord[] = [...times.map((timestamp) => ({ timestamp })), { a: 1 }];
		expect(sortByTime(deepFreeze(entries)).map(({ timestamp }) => timestamp)).toEqual([
			'2026-04-01T11:59:00+02:00',
			'2026-04-01T10:00:00Z',
			'2026-04-01 10:00:00.250',
			'2026-04-01T10:00:00.500Z',
			'soon',
			undefined,
		]);
	});

	it('keeps entries of one instant in the order that they had', () => {
		const entries = ['a', 'b', 'c'].map((id) => ({ id, timestamp: '2026-04-01 10:00:00' }));
		expect(sortByTime(entries)).toEqual(entries);
	});
});
