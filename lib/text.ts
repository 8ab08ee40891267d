import type { Json, JsonRecord } from './json';

/** Enough to see what happened without hiding the rest. */
export const LONGEST_TEXT = 1_000;

/**
 * A text of at most this many characters. A longer one ends with a note on how much was cut off.
 *
 * @param most at least 40, to hold the note
 */
export function cutText(text: string, most: number = LONGEST_TEXT): string {
	if (text.length <= most) return text;
	// The note is part of the length; 12 digits are more than any text has.
	const whole = wholeCharacters(text.slice(0, most - 32));
	return `${whole}… (${text.length - whole.length} more characters)`;
}

/** Without the first half of a surrogate pair at its end. */
function wholeCharacters(text: string): string {
	return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}

/** How much of a value is kept. */
export interface JsonBounds {
	/** Characters of each text. */
	text: number;
	/** Entries of each list and fields of each object. */
	entries: number;
	/** Levels of lists and objects. */
	depth: number;
}

const USUAL_BOUNDS: JsonBounds = { text: LONGEST_TEXT, entries: 100, depth: 6 };

/** A value in which a note replaces what is too long, too many or too deep. */
export function cutJson(value: Json, bounds: JsonBounds = USUAL_BOUNDS): Json {
	if (typeof value === 'string') return cutText(value, bounds.text);
	if (typeof value !== 'object' || value === null) return value;
	if (bounds.depth <= 0) return '…';
	if (!Array.isArray(value)) return cutFields(value, bounds);
	const inner = { ...bounds, depth: bounds.depth - 1 };
	const kept = value.slice(0, bounds.entries).map((entry) => cutJson(entry, inner));
	const rest = value.length - kept.length;
	return rest > 0 ? [...kept, `… (${countOf(rest, 'more entry', 'more entries')})`] : kept;
}

/** {@link cutJson} for an object. */
export function cutFields(record: JsonRecord, bounds: JsonBounds = USUAL_BOUNDS): JsonRecord {
	const inner = { ...bounds, depth: bounds.depth - 1 };
	const entries = Object.entries(record);
	const kept = entries
		.slice(0, bounds.entries)
		.map(([name, field]): [string, Json] => [cutText(name, 200), cutJson(field, inner)]);
	const rest = entries.length - kept.length;
	if (rest > 0) kept.push(['…', countOf(rest, 'more field')]);
	// fromEntries defines own properties, so a field named `__proto__` changes no prototype.
	return Object.fromEntries(kept);
}

/** A value as one line of text of at most this many characters. */
export function jsonText(value: Json, most: number = LONGEST_TEXT): string {
	const text = typeof value === 'string' ? value : JSON.stringify(cutJson(value));
	return cutText(text.replace(/\s+/g, ' ').trim(), most);
}

/** A value as an error quotes it: short, on one line. */
export function quote(value: unknown): string {
	const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
	return cutText(plainText(text), 100);
}

/** A text of many megabytes must not keep n8n busy when only its first words are needed. */
const LONGEST_TO_READ = 20_000;

/** The text without HTML tags and runs of white space, for quoting a web page in an error. */
export function plainText(text: string): string {
	return text
		.slice(0, LONGEST_TO_READ)
		.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ')
		.replace(/<[^<>]*>/g, ' ')
		.replace(/\s+/g, ' ')
		.trim();
}

/**
 * The order of two texts by the codes of their characters, for `sort`. Unlike `localeCompare`, it needs no
 * collation rules, which take Node.js milliseconds to load.
 *
 * @returns below 0 if `a` comes first, above 0 if `b` does, otherwise 0
 */
export function compareTexts(a: string, b: string): number {
	if (a === b) return 0;
	return a < b ? -1 : 1;
}

/** A text that begins with a capital letter. */
export function sentenceCase(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words as a part of a sentence, such as `a, b and c`. */
export function andList(words: string[]): string {
	return joinWords(words, 'and');
}

/** Words as a part of a sentence, such as `a, b or c`. */
export function orList(words: string[]): string {
	return joinWords(words, 'or');
}

function joinWords(words: string[], conjunction: string): string {
	const last = words.at(-1) ?? '';
	return words.length > 1 ? `${words.slice(0, -1).join(', ')} ${conjunction} ${last}` : last;
}

/** A count with its noun, such as `1 run` and `2 runs`. */
export function countOf(count: number, noun: string, plural: string = `${noun}s`): string {
	return `${count} ${count === 1 ? noun : plural}`;
}
