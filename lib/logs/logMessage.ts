import { isJsonRecord, parseJson, textOrNull, type Json, type JsonRecord } from '../json';
import { cutText, jsonText, LONGEST_TEXT } from '../text';

/** No more lines of one entry than these are looked at. */
const MOST_LINES = 200;

/** What is said of an error in a line. */
const TELLING = /error|fail|denied|refused|expired|invalid|\b[45]\d\d\b/i;

/**
 * What an entry says, as one text of bounded length: its `logs`, or else its `message`. Of several lines,
 * those that tell of an error are taken.
 *
 * @param flat an entry with its fields on one level
 */
export function logMessage(flat: JsonRecord): string | null {
	const texts = [...new Set(logLines(flat.logs).map(lineText))].filter((text) => text !== '');
	const telling = texts.filter((text) => TELLING.test(text));
	const ofLogs = (telling.length > 0 ? telling : texts).join('; ');
	const message = textOrNull(flat.message)?.trim() ?? '';
	const all = message !== '' && !ofLogs.includes(message) ? [message, ofLogs] : [ofLogs];
	return cutText(all.filter((text) => text !== '').join('; ')) || null;
}

/** The lines of an entry that are objects: `{ level, message, error }`. */
export function logObjects(flat: JsonRecord): JsonRecord[] {
	return logLines(flat.logs).filter(isJsonRecord);
}

/** `logs` is a list of texts or of objects, one of these alone, or any of it as a JSON text. */
function logLines(logs: Json | undefined): Json[] {
	const value = typeof logs === 'string' ? jsonOrText(logs) : (logs ?? []);
	const lines = Array.isArray(value) ? value : [value];
	return lines
		.slice(0, MOST_LINES)
		.map((line) => (typeof line === 'string' ? jsonOrText(line) : line));
}

/** A text that holds a JSON object or list is that; any other is a text. */
function jsonOrText(text: string): Json {
	const value = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
	return typeof value === 'object' && value !== null ? value : text;
}

function lineText(line: Json): string {
	if (!isJsonRecord(line)) return line === null ? '' : jsonText(line);
	const { message, error, text } = line;
	const own = [message, text, error].map(textOrNull).find((one) => one?.trim());
	const ofError = isJsonRecord(error) ? errorText(error) : '';
	const both = [own?.trim() ?? '', ofError].filter((part) => part !== '');
	// A message may be empty where the integrated app failed: what it answered is in the rest.
	return both.length > 0 ? jsonText(both.join(': ')) : jsonText(line);
}

/**
 * What a Truto error body says. Its message may be empty where the integrated app failed: then the app's
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
