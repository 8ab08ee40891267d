import { isBlankError } from '../blankError';
import { isBlank } from '../given';
import { isJsonRecord, jsonOrText, textOrNull, type Json, type JsonRecord } from '../json';
import { cutText, jsonText, LONGEST_TEXT } from '../text';

/** How many lines of one entry are read. */
const MOST_LINES = 200;

/** Marks a line as being about an error. */
const TELLING = /error|fail|denied|refused|expired|invalid|\b[45]\d\d\b/i;

/**
 * An entry's text, of limited length: its `logs`, or else its `message`. If some of its lines are about
 * errors, only those are used.
 *
 * @param flat an entry with its fields on one level
 */
export function logMessage(flat: JsonRecord): string | null {
	const texts = [...new Set(logLines(flat.logs).map(lineText))].filter((text) => text !== '');
	const telling = texts.filter((text) => TELLING.test(text));
	const ofLogs = (telling.length > 0 ? telling : texts).join('; ');
	const message = textOrNull(flat.message)?.trim() ?? '';
	const all = ofLogs.includes(message) ? [ofLogs] : [message, ofLogs];
	return cutText(all.filter((text) => text !== '').join('; ')) || null;
}

/** The lines of an entry that are objects: `{ level, message, error }`. */
export function logObjects(flat: JsonRecord): JsonRecord[] {
	return logLines(flat.logs).filter(isJsonRecord);
}

/** `logs` is a list of texts or objects, a single one of them, or any of these as JSON text. */
function logLines(logs: Json | undefined): Json[] {
	const value = typeof logs === 'string' ? jsonOrText(logs) : (logs ?? []);
	const lines = Array.isArray(value) ? value : [value];
	return lines
		.slice(0, MOST_LINES)
		.map((line) => (typeof line === 'string' ? jsonOrText(line) : line));
}

function lineText(line: Json): string {
	if (!isJsonRecord(line)) return line === null ? '' : jsonText(line);
	// An error that says nothing must not stand in for what other lines say.
	const error = isBlankError(line.error) ? null : (line.error ?? null);
	const own = [line.message, line.text, error].map(textOrNull).find((one) => one?.trim());
	const both = [own?.trim() ?? '', objectText(error)].filter((part) => part !== '');
	if (both.length > 0) return jsonText(both.join(': '));
	const told = Object.entries({ ...line, error }).filter(([, value]) => !isBlank(value));
	return told.length > 0 ? jsonText(Object.fromEntries(told)) : '';
}

function objectText(error: Json): string {
	if (isJsonRecord(error)) return errorText(error);
	return Array.isArray(error) ? jsonText(error) : '';
}

/**
 * The text of a Truto error body. If the integrated app failed, the message may be empty, and the app's
 * own answer is in `raw_response`.
 */
function errorText(error: JsonRecord): string {
	const status = typeof error.statusCode === 'number' ? `${error.statusCode} ` : '';
	const told = textOrNull(error.message)?.trim() || textOrNull(error.error)?.trim() || '';
	const raw = error.raw_response;
	if (raw === undefined || raw === null) return told === '' ? jsonText(error) : status + told;
	const answer = isJsonRecord(raw) ? (textOrNull(raw.message) ?? jsonText(raw)) : jsonText(raw);
	return jsonText(
		`${status}${[told, answer].filter((part) => part !== '').join(': ')}`,
		LONGEST_TEXT,
	);
}
