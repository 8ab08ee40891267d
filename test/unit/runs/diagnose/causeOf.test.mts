import { describe, expect, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { readLogEntry } from '../../../../lib/logs/logEntry';
import { causeOf } from '../../../../lib/runs/diagnose/causeOf';

const cause = (entry: JsonRecord) => causeOf(readLogEntry(entry));
const status = (statusCode: number, more: JsonRecord = {}) => ({
	logs: [{ error: { statusCode, ...more } }],
});

describe('the cause that an entry tells', () => {
	test.each<[JsonRecord, string | null]>([
		[{ integrated_account_needs_reauth: true, message: 'status 502' }, 'auth'],
		[{ webhook_successful: false, message: 'status 401' }, 'delivery'],
		[{ datastore_successful: false }, 'delivery'],
		[{ retry_after: 30 }, 'rate_limit'],
		[{ retry_after: 30, message: 'status 401' }, 'auth'],
		[{}, null],
		[{ status: 'error' }, null],
	])('by its fields, %j: %j', (entry, expected) => {
		expect(cause(entry)).toBe(expected);
	});

	test.each<[JsonRecord, string | null]>([
		[status(401), 'auth'],
		[status(403), 'missing_scopes'],
		[status(403, { message: 'Rate limit exceeded' }), 'rate_limit'],
		[status(429), 'rate_limit'],
		[status(503), 'blocked'],
		[status(503, { truto_is_remote_error: true }), 'upstream'],
		[status(500), 'upstream'],
		[status(502, { message: 'JSONata' }), 'upstream'],
		[{ http_status_code: 401 }, 'auth'],
		[{ http_status_code: 403 }, 'missing_scopes'],
		[{ http_status_code: 429 }, 'rate_limit'],
		[{ http_status_code: 504 }, 'upstream'],
		[{ http_status_code: 500 }, 'upstream'],
		[{ http_status_code: 499 }, null],
		[status(404), null],
		[status(422, { message: 'validation of the mapping' }), 'mapping'],
	])('by its HTTP status, %j: %j', (entry, expected) => {
		expect(cause(entry)).toBe(expected);
	});

	test.each([
		['Request to the integration failed with status 401', 'auth'],
		['Unauthorized', 'auth'],
		['invalid_grant', 'auth'],
		['Invalid API key', 'auth'],
		['The OAuth token used to make this call expired 3 hours ago', 'auth'],
		['session has been revoked', 'auth'],
		['The account needs re-authentication', 'auth'],
		['Request failed with status 403', 'missing_scopes'],
		['Forbidden', 'missing_scopes'],
		['Insufficient OAuth scopes', 'missing_scopes'],
		['You do not have permission to read notes', 'missing_scopes'],
		['Access denied', 'missing_scopes'],
		['status 429', 'rate_limit'],
		['Too Many Requests', 'rate_limit'],
		['daily quota exceeded', 'rate_limit'],
		['The integrated account has been blocked', 'blocked'],
		['JSONata error T2001', 'mapping'],
		['Cannot read properties of undefined', 'mapping'],
		['Webhook did not accept the records', 'delivery'],
		['Datastore write failed', 'delivery'],
		['502 Bad Gateway', 'upstream'],
		['connect ECONNREFUSED 1.2.3.4', 'upstream'],
		['The request timed out', 'upstream'],
		['Fetched 500 records, then stopped', null],
		['Skipped 403 rows', null],
		['order 15021 is odd', null],
		['something odd', null],
		['', null],
	])('by its words, %j: %j', (message, expected) => {
		expect(cause({ message })).toBe(expected);
	});
});
