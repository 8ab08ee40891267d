import type { LogEntry } from '../../logs/logEntry';
import type { Cause } from './diagnosis';

/** These may look like HTTP statuses but aren't, such as `500 records`. */
const COUNTS = /\b\d+ (?:records?|rows?|items?|entries|pages?|ms)\b/gi;

const RATE_LIMIT = /\b429\b|rate.?limit|too many requests|quota/i;

/** Texts in a log that point to a cause. The first match wins, so the most reliable ones come first. */
const SIGNS: ReadonlyArray<readonly [Cause, RegExp]> = [
	['blocked', /\baccount\b.{0,40}\bblocked\b|\bblocked\b.{0,40}\baccount\b/i],
	['rate_limit', RATE_LIMIT],
	// Before `auth`, because some apps call their 403 "Unauthorized".
	['missing_scopes', /\bstatus(?:.?code)?\W{0,3}403\b/i],
	[
		'auth',
		/\b401\b|unauthori[sz]ed|invalid.?(grant|token|credential|api.?key)|(token|credential|session|authori[sz]ation)\w* .{0,30}(expired|revoked|invalid|failed)|\bre-?auth/i,
	],
	[
		'missing_scopes',
		/\b403\b|forbidden|permission|(insufficient|missing).{0,20}(scope|privilege)|access.denied/i,
	],
	[
		'mapping',
		/jsonata|mapping|schema|transform|validation|cannot read propert|undefined is not|unexpected type/i,
	],
	['delivery', /webhook|deliver|target.?url|destination|datastore/i],
	[
		'upstream',
		/\b5\d\d\b|internal server error|bad gateway|service unavailable|gateway time|timed?.?out|econn|enotfound|socket hang up|remote error|upstream/i,
	],
];

/**
 * The cause of an error, from the fields that Truto documents, or else from the HTTP status of its error
 * body, or else from its text.
 *
 * @returns null if it has none
 */
export function causeOf(entry: LogEntry): Cause | null {
	if (entry.needsReauth) return 'auth';
	if (entry.webhookSuccessful === false || entry.datastoreSuccessful === false) return 'delivery';
	const words = (entry.message ?? '').replace(COUNTS, '');
	return causeOfStatus(entry, words) ?? causeOfWords(words) ?? causeOfPause(entry);
}

function causeOfStatus({ httpStatus, isRemote }: LogEntry, words: string): Cause | null {
	if (httpStatus === 401) return 'auth';
	// Some apps answer 403 where others answer 429.
	if (httpStatus === 403) return RATE_LIMIT.test(words) ? 'rate_limit' : 'missing_scopes';
	if (httpStatus === 429) return 'rate_limit';
	// Truto's own 503 means that it has blocked the account. A 503 from the app is the app's fault.
	if (httpStatus === 503 && !isRemote) return 'blocked';
	return httpStatus !== null && httpStatus >= 500 ? 'upstream' : null;
}

function causeOfWords(words: string): Cause | null {
	return SIGNS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

function causeOfPause({ retryAfter }: LogEntry): Cause | null {
	return retryAfter === null ? null : 'rate_limit';
}

/** The field that shows the cause, for the evidence. */
export function evidenceOf(entry: LogEntry): { field: string; value: string } {
	if (entry.needsReauth) return { field: 'integrated_account_needs_reauth', value: 'true' };
	if (entry.webhookSuccessful === false) return { field: 'webhook_successful', value: 'false' };
	if (entry.datastoreSuccessful === false) return { field: 'datastore_successful', value: 'false' };
	return { field: 'logs', value: entry.message ?? 'an error without a text' };
}
