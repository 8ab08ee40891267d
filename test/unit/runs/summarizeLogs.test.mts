import { describe, expect, it, test } from '@jest/globals';

import type { Json, JsonRecord } from '../../../lib/json';
import { summarizeLogs } from '../../../lib/runs/summarizeLogs';
import { deepFreeze } from '../helpers/deepFreeze.mts';

const RUN = '3f0c8a52';

function entry(changes: JsonRecord): JsonRecord {
	return {
		timestamp: '2026-11-24T10:00:00Z',
		resource: 'crm/contacts',
		status: 'error',
		...changes,
	};
}

function summaryOf(...logs: Json[]): JsonRecord {
	return summarizeLogs(RUN, [entry({ logs })]);
}

describe('the likely cause', () => {
	test.each([
		['Request failed with status 429', 'rate_limit'],
		['Rate limit exceeded', 'rate_limit'],
		['429 Too Many Requests', 'rate_limit'],
		['Daily quota used up', 'rate_limit'],
		['Request failed with status 401', 'auth'],
		['403 Forbidden', 'auth'],
		['Unauthorised', 'auth'],
		['invalid_grant', 'auth'],
		['The OAuth token used to make this call expired 3 hours ago', 'auth'],
		['Missing permission crm.read', 'auth'],
		['JSONata error T2001: the left side must be a number', 'mapping'],
		['Error in response mapping', 'mapping'],
		["Cannot read properties of undefined (reading 'id')", 'mapping'],
		['Webhook answered with an error', 'delivery'],
		['Could not deliver the records', 'delivery'],
		['Request failed with status 502', 'upstream'],
		['Internal Server Error', 'upstream'],
		['socket hang up', 'upstream'],
		['connect ECONNREFUSED', 'upstream'],
		['Request timed out', 'upstream'],
		['Something went wrong', 'unknown'],
	])('of %j is %s', (text, cause) => {
		const logs: Json[] = [text, { level: 'error', message: text }, { error: text }, { text }];
		for (const log of logs) {
			expect(summaryOf(log)).toMatchObject({ likely_cause: cause, evidence: text });
		}
	});

	test.each([
		['Failed after 500 records', 'unknown'],
		['Failed after 401 items', 'unknown'],
		['Mapping failed after 429 records', 'mapping'],
		['Fetched 502 rows, then an error', 'unknown'],
	])('is not read out of a count: %j is %s', (text, cause) => {
		expect(summaryOf(text)).toMatchObject({ likely_cause: cause });
	});

	it('is the delivery where Truto says that the webhook failed, whatever the text', () => {
		const failed = { status: 'ok', webhook_successful: false, webhook_status: 401, logs: ['401'] };
		expect(summarizeLogs(RUN, [entry(failed)])).toMatchObject({
			error_count: 1,
			likely_cause: 'delivery',
			evidence: 'webhook_successful is false (webhook_status 401): 401',
		});
		const silent = { webhook_successful: false };
		expect(summarizeLogs(RUN, [entry(silent)]).evidence).toContain('webhook_status none');
	});

	it('is the rate limit where Truto waited and no text says otherwise', () => {
		const waited = entry({ retry_after: 120, logs: ['It went wrong'] });
		expect(summarizeLogs(RUN, [waited])).toMatchObject({
			likely_cause: 'rate_limit',
			evidence: 'retry_after is 120: It went wrong',
		});
		expect(summarizeLogs(RUN, [entry({ retry_after: 120, logs: ['401'] })])).toMatchObject({
			likely_cause: 'auth',
		});
		expect(summarizeLogs(RUN, [entry({ retry_after: 0 })]).likely_cause).toBe('unknown');
	});

	it('is that of the first error that tells one, by time', () => {
		const entries = [
			entry({ timestamp: '2026-11-24T10:03:00Z', logs: ['Webhook error'] }),
			entry({ timestamp: '2026-11-24T10:01:00Z', logs: ['It went wrong'], resource: 'a' }),
			entry({ timestamp: '2026-11-24T10:02:00Z', logs: ['Error: 401'] }),
		];
		expect(summarizeLogs(RUN, deepFreeze(entries))).toMatchObject({
			first_error: 'It went wrong',
			first_error_at: '2026-11-24T10:01:00Z',
			first_error_resource: 'a',
			likely_cause: 'auth',
			evidence: 'Error: 401',
		});
	});
});

describe('what an entry says', () => {
	test.each([
		[['a', { message: 'b' }, { message: { c: 1 } }, 7, null, ''], 'a; b; {"message":{"c":1}}; 7'],
		[['Fetching page 3', 'It failed', 'Stopping'], 'It failed'],
		[[], 'status error'],
	])('is put together from %j', (logs, text) => {
		expect(summaryOf(...logs)).toMatchObject({ first_error: text });
	});

	test.each([[null], ['text'], [{}], [undefined]])(
		'is its status where its logs are %j',
		(logs) => {
			const odd = { ...entry({}), logs } as JsonRecord;
			expect(summarizeLogs(RUN, [odd]).first_error).toBe('status error');
		},
	);
});

describe('the summary', () => {
	it('counts entries, errors and errors of each resource', () => {
		const entries = [
			entry({}),
			entry({ status: 'success' }),
			entry({ status: 'success', webhook_successful: true }),
			entry({ status: 'ok', sync_job_run_event: 'record_error', resource: 'crm/notes' }),
			entry({ status: 'FAILED' }),
			entry({ resource: null }),
		];
		expect(summarizeLogs(RUN, entries)).toMatchObject({
			sync_job_run_id: RUN,
			entry_count: 6,
			error_count: 4,
			errors_by_resource: { 'crm/contacts': 2, 'crm/notes': 1, '(no resource)': 1 },
		});
	});

	it('is empty where nothing failed', () => {
		expect(summarizeLogs(RUN, [entry({ status: 'success' })])).toEqual({
			sync_job_run_id: RUN,
			entry_count: 1,
			error_count: 0,
			first_error: null,
			first_error_at: null,
			first_error_resource: null,
			errors_by_resource: {},
			likely_cause: 'unknown',
			evidence: null,
		});
	});

	it('survives odd names and fields', () => {
		const odd = JSON.parse(
			'[{"status":"error","resource":"__proto__","timestamp":5},{"status":"error","logs":[[1]]},{}]',
		) as JsonRecord[];
		const { errors_by_resource: byResource, ...summary } = summarizeLogs(RUN, odd);
		expect(JSON.stringify(byResource)).toContain('"__proto__":1');
		expect(summary).toMatchObject({ entry_count: 3, error_count: 2, likely_cause: 'unknown' });
	});
});
