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
		['Webhook delivery failed: connect ECONNREFUSED 1.2.3.4:443', 'delivery'],
		['Could not write to the datastore: socket hang up', 'delivery'],
		['Posting the page to the webhook timed out', 'delivery'],
		['webhook: connection reset by peer', 'delivery'],
		['webhook endpoint: read ECONNRESET', 'delivery'],
		['The connection to the datastore was closed', 'delivery'],
		['Connection refused by the webhook', 'delivery'],
		['Receiver: socket hang up', 'delivery'],
		['No connection of this webhook is active', null],
		['502 Bad Gateway', 'upstream'],
		['connect ECONNREFUSED 1.2.3.4', 'upstream'],
		['The request timed out', 'upstream'],
		// The error codes of OAuth 2.0 (RFC 6749, RFC 6750) and OpenID Connect.
		['invalid_client: Client authentication failed', 'auth'],
		['unauthorized_client: The client is not authorized to use this grant type (HTTP 400)', 'auth'],
		['invalid_token', 'auth'],
		['interaction_required: AADSTS50076: you must use multi-factor authentication', 'auth'],
		['login_required', 'auth'],
		['access_denied', 'missing_scopes'],
		['insufficient_scope', 'missing_scopes'],
		['invalid_scope: the requested scope is invalid', 'missing_scopes'],
		['consent_required: AADSTS65001: The user has not consented', 'missing_scopes'],
		['OAUTH_SCOPE_MISMATCH invalid oauth scope to access this URL', 'missing_scopes'],
		['Error while syncing accounting/rate-limits: connection reset by peer', 'upstream'],
		['Lever responded 429', 'rate_limit'],
		['the API answered with 401', 'auth'],
		['Got no answer from upstream for contact 401', null],
		['upstream connect error or disconnect/reset before headers', 'upstream'],
		['no healthy upstream', 'upstream'],
		['upstream prematurely closed connection while reading the response header', 'upstream'],
		['The upstream API returned an error', 'upstream'],
		['upstream is unavailable', 'upstream'],
		['Field upstream_id is required', null],
		// What a field is called is no evidence.
		['Field `throttle_limit` is required', null],
		["Custom field 'Password hint' contains an invalid value", 'mapping'],
		["attribute 'api_key_expired' is read-only", null],
		['Fetched 500 records, then stopped', null],
		['Skipped 403 rows', null],
		['order 15021 is odd', null],
		['something odd', null],
		['', null],
	])('by its words, %j: %j', (message, expected) => {
		expect(cause({ message })).toBe(expected);
	});
});
