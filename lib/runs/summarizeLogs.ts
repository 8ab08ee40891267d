import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';

export type LikelyCause = 'auth' | 'mapping' | 'rate_limit' | 'upstream' | 'delivery' | 'unknown';

/** One sign of a cause in a log text. The first that fits counts, so the surest come first. */
const SIGNS: ReadonlyArray<readonly [LikelyCause, RegExp]> = [
	['rate_limit', /\b429\b|rate.?limit|too many requests|quota/i],
	[
		'auth',
		/\b40[13]\b|unauthori[sz]ed|forbidden|invalid.?(grant|token|credential|api.?key)|(token|credential|session|authori[sz]ation)\w* .{0,30}(expired|revoked|invalid|denied|failed)|re-?auth|permission|insufficient.?scope/i,
	],
	[
		'mapping',
		/jsonata|mapping|schema|transform|validation|cannot read propert|undefined is not|unexpected type/i,
	],
	['delivery', /webhook|deliver|target.?url|destination/i],
	[
		'upstream',
		/\b5\d\d\b|internal server error|bad gateway|service unavailable|gateway time|timed?.?out|econn|enotfound|socket hang up|remote error|upstream/i,
	],
];

/** Not HTTP statuses, though they may look like one: `500 records`. */
const COUNTS = /\b\d+ (?:records?|rows?|items?|entries|pages?|ms)\b/gi;

/**
 * Explains a failed run from its log entries (`GET /log`): Truto's run itself does not say why it failed.
 *
 * The likely cause rests on the signs that Truto documents for an entry (`webhook_successful`,
 * `retry_after`) and else on the words of its texts; `evidence` is what it rests on.
 *
 * @param entries log entries in any order
 */
export function summarizeLogs(runId: string, entries: JsonRecord[]): JsonRecord {
	const errors = entries
		.filter(isError)
		.sort((a, b) => String(a.timestamp ?? '').localeCompare(String(b.timestamp ?? '')));
	const byResource = new Map<string, number>();
	for (const { resource } of errors) {
		const name = textOrNull(resource) ?? '(no resource)';
		byResource.set(name, (byResource.get(name) ?? 0) + 1);
	}
	const first = errors[0];
	const { cause, evidence } = likelyCause(errors);
	return {
		sync_job_run_id: runId,
		entry_count: entries.length,
		error_count: errors.length,
		first_error: first ? errorText(first) : null,
		first_error_at: first ? textOrNull(first.timestamp) : null,
		first_error_resource: first ? textOrNull(first.resource) : null,
		errors_by_resource: Object.fromEntries(byResource),
		likely_cause: cause,
		evidence,
	};
}

function isError(entry: JsonRecord): boolean {
	return (
		/error|fail/i.test(String(entry.status ?? '')) ||
		/error|fail/i.test(String(entry.sync_job_run_event ?? '')) ||
		entry.webhook_successful === false
	);
}

/** The first error that tells its cause; later ones are often its consequences. */
function likelyCause(errors: JsonRecord[]): { cause: LikelyCause; evidence: string | null } {
	for (const entry of errors) {
		if (entry.webhook_successful === false) {
			const status = String(entry.webhook_status ?? 'none');
			const evidence = `webhook_successful is false (webhook_status ${status}): ${errorText(entry)}`;
			return { cause: 'delivery', evidence };
		}
		const text = errorText(entry);
		const words = text.replace(COUNTS, '');
		const sign = SIGNS.find(([, pattern]) => pattern.test(words));
		if (sign) return { cause: sign[0], evidence: text };
		if (typeof entry.retry_after === 'number' && entry.retry_after > 0) {
			return { cause: 'rate_limit', evidence: `retry_after is ${entry.retry_after}: ${text}` };
		}
	}
	return { cause: 'unknown', evidence: errors[0] ? errorText(errors[0]) : null };
}

/** What an entry says, from its `logs`: the public docs leave open whether these are texts or objects. */
function errorText(entry: JsonRecord): string {
	const logs: Json[] = Array.isArray(entry.logs) ? entry.logs : [];
	const texts = logs.map(logText).filter((text) => text !== '');
	const telling = texts.filter((text) => /error|fail|\b[45]\d\d\b/i.test(text));
	const text = (telling.length > 0 ? telling : texts).join('; ');
	return text || `status ${String(entry.status ?? 'unknown')}`;
}

function logText(log: Json): string {
	if (typeof log === 'string') return log;
	if (!isJsonRecord(log)) return log === null ? '' : JSON.stringify(log);
	const texts = [log.message, log.error, log.text];
	// A message may be empty where a third party failed: what it answered is in the rest.
	return texts.map(textOrNull).find((text) => text?.trim()) ?? JSON.stringify(log);
}
