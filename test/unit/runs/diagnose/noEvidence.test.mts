import { describe, expect, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { readLogEntry } from '../../../../lib/logs/logEntry';
import { causeOf, causesOf } from '../../../../lib/runs/diagnose/causeOf';
import type { Cause } from '../../../../lib/runs/diagnose/diagnosis';

const remote = (statusCode: number, message: string): JsonRecord => ({
	logs: [{ error: { statusCode, message, truto_is_remote_error: true } }],
});

describe('what is no evidence', () => {
	test.each<[string, string, Cause | null]>([
		[
			'the name of a resource',
			'Request failed with status 500: could not load deliveries',
			'upstream',
		],
		['a bare number', 'record 401: socket hang up', 'upstream'],
		['a path', 'GET /v2/users/permissions/42 failed with status 404', null],
		['a path in an address', 'https://api.example.com/oauth/invalid_token/429 not found', null],
		['an address of an error page', 'See https://example.com/errors/403-forbidden', null],
		['a file name', 'Could not parse mapping_errors.json', null],
		['a quoted file', 'Could not read file "Access denied.docx"', null],
		['a resource', 'Could not read crm/forbidden#list', null],
		['a resource without its method', 'Failed to fetch hris/schema', null],
		['a number of records', 'Fetched 500 records, then stopped', null],
		['a number of other things', 'Skipped 403 custom objects', null],
		['a record', 'Contact 429 has no email address', null],
		['a port', 'Could not reach host:5030', null],
		['an id', 'Run 5f0c8a52-4010-4030-8000-000000000429 was odd', null],
		['an e-mail address', 'Owner quota@example.com is unknown', null],
		['the name of a field', '{"rate_limit_remaining":12,"access_token":null}', null],
		['a header', 'x-ratelimit-limit: 5, x-ratelimit-remaining: 1', null],
		['a status that is none', 'status 200, code 5000, status 600, status 399', null],
		['an account that somebody else has blocked', 'account blocked by its administrator', null],
		['a webhook that was only fetched', 'Failed to fetch webhooks', null],
		['a word in a word', 'The requotation was odd', null],
	])('is %s: %s', (_, message, expected) => {
		expect(causeOf(readLogEntry({ message }))).toBe(expected);
	});

	test('is the own resource of the entry', () => {
		const entry = { resource: 'hr/permission denied', message: 'hr/permission denied: odd' };
		expect(causeOf(readLogEntry(entry))).toBeNull();
	});
});

describe('the order of the evidence', () => {
	test.each<[string, JsonRecord, Cause[]]>([
		['a field before a status', { webhook_successful: false, message: 'status 401' }, ['delivery']],
		['the error body before the text', remote(401, 'failed with status 500'), ['auth']],
		['a status before words', { message: 'status 401: mapping failed' }, ['auth']],
		['a code before words', { message: 'INVALID_SESSION_ID: access denied' }, ['auth']],
		[
			'specific words before others',
			{ message: 'Unauthorized: access denied' },
			['missing_scopes'],
		],
		['a pause last', { retry_after: 30, message: 'access denied' }, ['missing_scopes']],
		['a limit where the app returns 403', remote(403, 'REQUEST_LIMIT_EXCEEDED'), ['rate_limit']],
		['a limit in words, too', remote(403, 'Daily request limit exceeded'), ['rate_limit']],
		['a limit where the app returns 503', remote(503, 'Rate limit exceeded'), ['rate_limit']],
		[
			'missing scopes where the app returns 401',
			remote(401, 'scope does not match'),
			['missing_scopes'],
		],
		['a session where a SOAP API returns 500', remote(500, 'INVALID_SESSION_ID'), ['auth']],
		['nothing from 404', remote(404, 'no permission: access denied'), []],
		['what the text says from 400', remote(400, 'invalid_grant'), ['auth']],
		['what kind of error it is from 400', remote(400, 'Invalid field: x'), ['mapping']],
		['nothing from an empty 400', remote(400, ''), []],
		[
			'the webhook whose status it is',
			{ message: 'Webhook did not accept it (status 500)' },
			['delivery'],
		],
		['status 400 beside another one', { message: 'status 400, then status 401' }, ['auth']],
	])('is %s', (_, entry, expected) => {
		expect(causesOf(readLogEntry(entry))).toEqual(expected);
	});

	test.each<[string, JsonRecord, Cause[]]>([
		['two statuses', { message: 'status 401, later status 429' }, ['auth', 'rate_limit']],
		['a status and a code', remote(429, 'INVALID_SESSION_ID'), ['rate_limit', 'auth']],
		['two codes', { message: 'INVALID_TOKEN RATE_LIMIT' }, ['rate_limit', 'auth']],
		['words', { message: 'Token expired or permission denied' }, ['auth', 'missing_scopes']],
	])('is unknown with both if %s disagree', (_, entry, expected) => {
		expect(causesOf(readLogEntry(entry))).toEqual(expected);
		expect(causeOf(readLogEntry(entry))).toBe('unknown');
	});

	test.each([
		'status 429',
		'status: 429',
		'status=429',
		'"status":429',
		'statusCode: 429',
		'"http_status_code": 429',
		'status code 429',
		'HTTP 429',
		'HTTP/1.1 429',
		'HTTP error 429',
		'code: 429',
		'"code":429',
		'"errorCode":"429"',
		'error code 429',
		'Error 429: slow down',
		'HttpError (429)',
		'request failed (429)',
		'(429) Too Many Requests',
		'429 Too Many Requests',
		'429: slow down',
		'429 - slow down',
	])('takes %j for a status', (message) => {
		expect(causesOf(readLogEntry({ message }))).toEqual(['rate_limit']);
	});
});
