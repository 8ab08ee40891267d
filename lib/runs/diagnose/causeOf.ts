import type { LogEntry } from '../../logs/logEntry';
import { GENERIC, meaningOf, SPECIFIC, type StatusMeaning, type WordRule } from './causeRules';
import type { Cause } from './diagnosis';
import { readErrorText, type ErrorText } from './errorText';

/**
 * The causes that an error may have. In this order, the first kind of evidence that there is counts:
 *
 * 1. the fields that Truto documents
 * 2. the HTTP status of the error body, or else a number that the text calls a status
 * 3. the error code of the app
 * 4. the words of the text
 *
 * A status such as 403, which apps use for several things, is narrowed down by what comes after it.
 *
 * @returns none if nothing points to a cause, several if the evidence disagrees
 */
export function causesOf(entry: LogEntry): Cause[] {
	const known = READ.get(entry);
	if (known) return known;
	const causes = readCauses(entry);
	READ.set(entry, causes);
	return causes;
}

/** A diagnosis asks several times, and a log may have 1,000 long entries. */
const READ = new WeakMap<LogEntry, Cause[]>();

function readCauses(entry: LogEntry): Cause[] {
	if (entry.needsReauth) return ['auth'];
	if (entry.webhookSuccessful === false || entry.datastoreSuccessful === false) return ['delivery'];
	const text = readErrorText(entry.message ?? '', entry.resource);
	const causes = byStatus(entry, text) ?? byWords(text);
	// A pause alone says little: apps announce one with many errors.
	return causes.length === 0 && entry.retryAfter !== null ? ['rate_limit'] : causes;
}

/** @returns null if nothing points to a cause, `unknown` if the evidence disagrees */
export function causeOf(entry: LogEntry): Cause | null {
	const causes = causesOf(entry);
	return causes.length > 1 ? 'unknown' : (causes[0] ?? null);
}

/** @returns null if no status is known */
function byStatus({ httpStatus, isRemote }: LogEntry, text: ErrorText): Cause[] | null {
	const known = httpStatus === null || httpStatus < 400 ? text.statuses : [httpStatus];
	if (known.length === 0) return null;
	// Truto's own 503 means that it has blocked the account. A 503 from the app is the app's fault.
	if (httpStatus === 503 && !isRemote) return ['blocked'];
	const meanings = known
		.map(meaningOf)
		.filter(({ cause }, _, all) => cause !== null || all.length === 1);
	return distinct(meanings.flatMap((meaning) => narrowed(meaning, text)));
}

function narrowed({ cause, mayMean }: StatusMeaning, text: ErrorText): Cause[] {
	const codes = causesIn(text.codes, SPECIFIC);
	const ofCodes = codes.filter((one) => mayMean.includes(one));
	if (ofCodes.length > 0) return ofCodes;
	if (cause !== null && codes.length > 0) return distinct([cause, ...codes]);
	const ofWords = causesIn([text.words], SPECIFIC).filter((one) => mayMean.includes(one));
	if (ofWords.length > 0) return ofWords;
	if (cause !== null) return [cause];
	return causesIn([...text.codes, text.words], GENERIC).filter((one) => mayMean.includes(one));
}

function byWords({ codes, words }: ErrorText): Cause[] {
	for (const found of [
		causesIn(codes, SPECIFIC),
		causesIn([words], SPECIFIC),
		causesIn([...codes, words], GENERIC),
	]) {
		// A broken connection to the destination is no fault of the app.
		if (found.includes('delivery')) return found.filter((one) => one !== 'upstream');
		if (found.length > 0) return found;
	}
	return [];
}

function causesIn(texts: string[], rules: readonly WordRule[]): Cause[] {
	return distinct(
		rules.filter(([, words]) => texts.some((text) => words.test(text))).map(([cause]) => cause),
	);
}

function distinct(causes: Cause[]): Cause[] {
	return [...new Set(causes)];
}

/** The field that shows the cause, for the evidence. */
export function evidenceOf(entry: LogEntry): { field: string; value: string } {
	if (entry.needsReauth) return { field: 'integrated_account_needs_reauth', value: 'true' };
	if (entry.webhookSuccessful === false) return { field: 'webhook_successful', value: 'false' };
	if (entry.datastoreSuccessful === false) return { field: 'datastore_successful', value: 'false' };
	return { field: 'logs', value: entry.message ?? 'an error without a text' };
}
