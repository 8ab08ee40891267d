import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { aRun, failed, failure, known, page } from './cases.mts';

/** A try that failed, a minute before the page. */
const attempt = (changes: JsonRecord = {}): JsonRecord => ({
	timestamp: '2026-11-24 10:09:00',
	resource: 'crm/contacts',
	method: 'list',
	status: 'error',
	...changes,
});
const body = (statusCode: number, isRemote = true): JsonRecord => ({
	logs: [{ level: 'error', message: '', error: { statusCode, truto_is_remote_error: isRemote } }],
});
const refused = (changes: JsonRecord = {}) =>
	attempt({ webhook_successful: false, webhook_status: 500, num_records: 60, ...changes });

const verdictOf = (run: JsonRecord, logs: JsonRecord[]) => diagnose(known(run, { logs })).verdict;

describe('what a completed run has overcome is no finding', () => {
	test.each<[string, JsonRecord[]]>([
		['a pause', [attempt({ ...body(429), retry_after: 30 }), page()]],
		[
			'a pause of an unknown request',
			[attempt({ ...body(429), resource: null, method: null }), page()],
		],
		['a 429 without a pause', [attempt(body(429)), page()]],
		['a 502', [attempt(body(502)), page()]],
		['a 504', [attempt(body(504)), page()]],
		["Truto's own 500", [attempt(body(500, false)), page()]],
		['a broken connection', [attempt({ message: 'socket hang up' }), page()]],
		['an error that was tried again', [attempt({ message: 'odd', retry_count: 1 }), page()]],
		['several tries', [attempt(body(502)), attempt({ ...body(502), retry_count: 1 }), page()]],
		[
			'a try that says so, without the one that worked',
			[attempt({ ...body(502), retry_count: 1 })],
		],
		['a refused page that was taken later', [refused(), page()]],
		['an empty error object', [page({ logs: [{ level: 'info', message: 'x', error: {} }] })]],
		['a page in another method that is not named', [attempt(body(502)), page({ method: null })]],
		[
			'a request that Truto logs as a status only',
			[
				attempt(body(502)),
				page({ num_records: null, webhook_successful: null, http_status_code: 200 }),
			],
		],
	])('%s', (_, logs) => {
		expect(verdictOf(aRun(), logs)).toBe('healthy');
	});

	test.each<[string, JsonRecord[], string]>([
		['no later page', [attempt(body(502))], 'records_dropped'],
		[
			'an earlier page',
			[attempt(body(502)), page({ timestamp: '2026-11-24 10:08:00' })],
			'records_dropped',
		],
		[
			'a page at the same time',
			[attempt(body(502)), page({ timestamp: '2026-11-24 10:09:00' })],
			'records_dropped',
		],
		['a page without a time', [attempt(body(502)), page({ timestamp: null })], 'records_dropped'],
		[
			'a page of another resource',
			[attempt(body(502)), page({ resource: 'crm/notes' })],
			'records_dropped',
		],
		['a page of another method', [attempt(body(502)), page({ method: 'get' })], 'records_dropped'],
		[
			'a line that it tries again',
			[attempt(body(502)), page({ num_records: null, webhook_successful: null })],
			'records_dropped',
		],
		[
			'an error of the app that Truto does not retry',
			[attempt(body(500)), page()],
			'records_dropped',
		],
		['a refusal that no retry helps', [attempt(body(401)), page()], 'records_dropped'],
		['an error of the mapping', [attempt({ message: 'JSONata error' }), page()], 'records_dropped'],
		[
			'an error that was reported',
			[attempt({ ...body(502), sync_job_run_event: 'record_error' }), page()],
			'records_dropped',
		],
		[
			'an account to reconnect',
			[attempt({ ...body(502), integrated_account_needs_reauth: true }), page()],
			'records_dropped',
		],
		[
			'a refused page and no later one',
			[page(), refused({ timestamp: '2026-11-24 10:20:00' })],
			'not_delivered',
		],
		[
			'a refused page, and another resource was taken',
			[refused(), page({ resource: 'crm/notes' })],
			'not_delivered',
		],
		[
			'a refused page, and pages that were fetched only',
			[refused(), page({ webhook_successful: null })],
			'not_delivered',
		],
	])('%s does not count as overcome', (_, logs, verdict) => {
		expect(verdictOf(aRun(), logs)).toBe(verdict);
	});

	test.each<[string, JsonRecord, string]>([
		['persisted', { fetched: 120, persisted: 120 }, 'healthy'],
		['not all persisted', { fetched: 120, persisted: 119 }, 'records_dropped'],
		['counted, but none', { fetched: 0, persisted: 0 }, 'records_dropped'],
		['not counted', {}, 'records_dropped'],
	])('a retry counts if the records are %s', (_, list, verdict) => {
		const run = aRun({
			resource_stats: {
				'crm/contacts': { list },
				'crm/notes': { list: { fetched: 1, persisted: 1 } },
			},
		});
		expect(verdictOf(run, [attempt({ ...body(502), retry_count: 1 })])).toBe(verdict);
	});

	it('a refused page that was taken later is one if records are missing', () => {
		const run = aRun({
			resource_stats: { 'crm/contacts': { list: { fetched: 120, persisted: 60 } } },
		});
		expect(verdictOf(run, [refused(), page()])).toBe('not_delivered');
	});

	it('every error of a run that stops at the first one', () => {
		const logs = [attempt({ message: 'JSONata error' })];
		expect(verdictOf(aRun({ error_handling: 'fail_fast' }), logs)).toBe('healthy');
		expect(verdictOf(aRun({ error_handling: 'ignore' }), logs)).toBe('records_dropped');
		expect(verdictOf(aRun({ error_handling: 'fail_fast' }), [refused()])).toBe('not_delivered');
	});

	it('is counted in the evidence, not in the errors', () => {
		const { errors, evidence } = diagnose(
			known(aRun(), { logs: [attempt(body(502)), attempt(body(429)), page()] }),
		);
		expect(errors).toMatchObject({ count: 0, first: null, by_resource: {} });
		expect(evidence.at(-1)).toEqual({ source: 'logs', field: 'errors_overcome', value: '2' });
	});
});

describe('a failed run', () => {
	const causeOf = (logs: JsonRecord[]) => diagnose(known(failed(), { logs })).cause;

	it('did not fail by what it has overcome', () => {
		const pause = attempt({ ...body(429), retry_after: 30 });
		expect(
			causeOf([pause, page(), attempt({ ...body(401), timestamp: '2026-11-24 10:20:00' })]),
		).toBe('auth');
		expect(
			causeOf([pause, page(), failure({ sync_job_run_event: null, message: 'JSONata' })]),
		).toBe('mapping');
	});

	it('failed by the last tries', () => {
		const late = { timestamp: '2026-11-24 10:20:00', retry_count: 3 };
		expect(causeOf([page(), attempt({ ...body(502), ...late })])).toBe('upstream');
	});

	it('failed by something, even if all seems to be overcome', () => {
		expect(causeOf([attempt(body(502)), page()])).toBe('upstream');
	});
});
