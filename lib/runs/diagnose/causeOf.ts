import type { LogEntry } from '../../logs/logEntry';
import type { Cause } from './diagnosis';

/** Not HTTP statuses, though they may look like one: `500 records`. */
const COUNTS = /\b\d+ (?:records?|rows?|items?|entries|pages?|ms)\b/gi;

const RATE_LIMIT = /\b429\b|rate.?limit|too many requests|quota/i;

/** One sign of a cause in a log text. The first that fits counts, so the surest come first. */
const SIGNS: ReadonlyArray<readonly [Cause, RegExp]> = [
	['blocked', /\baccount\b.{0,40}\bblocked\b|\bblocked\b.{0,40}\baccount\b/i],
	['rate_limit', RATE_LIMIT],
	// Also where the app words its 403 as "Unauthorized".
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
 * The cause that an error tells: by the fields that Truto documents, else by the HTTP status of its error
 * body, else by its words.
 *
 * @returns null if it tells none
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
	// Truto's own 503 means that it has blocked the account; that of the app is a fault of the app.
	if (httpStatus === 503 && !isRemote) return 'blocked';
	return httpStatus !== null && httpStatus >= 500 ? 'upstream' : null;
}

function causeOfWords(words: string): Cause | null {
	return SIGNS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

function causeOfPause({ retryAfter }: LogEntry): Cause | null {
	return retryAfter === null ? null : 'rate_limit';
}

/** The field of the entry that tells its cause, for the evidence. */
export function evidenceOf(entry: LogEntry): { field: string; value: string } {
	if (entry.needsReauth) return { field: 'integrated_account_needs_reauth', value: 'true' };
	if (entry.webhookSuccessful === false) return { field: 'webhook_successful', value: 'false' };
	if (entry.datastoreSuccessful === false) return { field: 'datastore_successful', value: 'false' };
	return { field: 'logs', value: entry.message ?? 'an error without a text' };
}
