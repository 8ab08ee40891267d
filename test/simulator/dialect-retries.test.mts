import { describe, expect, test } from '@jest/globals';

import { DEFAULT_DIALECT } from './dialect.mts';
import type { LogEntry } from './log-types.mts';
import { spokenRetries } from './wire-retries.mts';
import { without } from './without.mts';

const ENTRY = {
	id: 'e',
	timestamp: '2026-04-01T10:00:10.000Z',
	resource: 'crm/contacts',
	status: 'ok',
	num_records: 50,
	retry_after: null,
	retry_count: 0,
	webhook_status: 200,
	webhook_successful: true,
	logs: [{ level: 'info', message: 'Fetched' }, 'a text'],
	attempts: [
		{ status: 429, retry_after: 30 },
		{ status: 500, of: 'webhook' },
	],
} as unknown as LogEntry;

const spoken = (retries: (typeof DEFAULT_DIALECT)['retries']) =>
	spokenRetries(ENTRY, { ...DEFAULT_DIALECT, retries });

describe('D14: retries in the log of a run', () => {
	test('only the outcome', () => {
		expect(spoken('outcome')).toEqual([without(ENTRY, 'attempts')]);
	});

	test('an entry for each try', () => {
		expect(spoken('attempts')).toMatchObject([
			{
				timestamp: '2026-04-01T10:00:08.000Z',
				status: 'error',
				num_records: 0,
				retry_count: 1,
				retry_after: 30,
				webhook_successful: null,
				logs: [{ error: { statusCode: 429, truto_is_remote_error: true } }],
			},
			{
				timestamp: '2026-04-01T10:00:09.000Z',
				num_records: 50,
				retry_count: 2,
				webhook_status: 500,
				webhook_successful: false,
			},
			{ timestamp: '2026-04-01T10:00:10.000Z', num_records: 50, webhook_successful: true },
		]);
	});

	test('an entry for each try, with nothing but its status', () => {
		expect(spoken('attempts-by-status')).toMatchObject([
			{ status: 'error', retry_count: 0, retry_after: null },
			{ webhook_successful: false, retry_count: 0 },
			{ webhook_successful: true },
		]);
	});

	test('empty errors in entries that worked', () => {
		expect(spoken('empty-errors')).toMatchObject([
			{ logs: [{ level: 'info', message: 'Fetched', error: {} }, 'a text'] },
		]);
	});
});
