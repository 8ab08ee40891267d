import { jsonOrText, type Json } from './json';

/** What programs write if there is no error, or if it worked: without punctuation and white space. */
const NO_ERROR = [
	...['', 'null', 'undefined', 'none', 'nil', 'na', 'notapplicable', 'noerror', 'noerrors'],
	...['ok', 'okay', 'success', 'successful', 'succeeded', 'done', 'completed'],
];

/** Flags and numbers that say the same, by the name of their field. The first name that fits counts. */
const WORKED: ReadonlyArray<readonly [name: RegExp, value: RegExp]> = [
	[/status/i, /^(?:true|2\d\d(?: ok)?)$/i],
	[/^(?:is_?)?(?:success|successful|succeeded|ok)$/i, /^(?:true|1)$/i],
	[/code/i, /^(?:0|20\d)$/],
	[/^err|error|fail/i, /^(?:false|0)$/i],
];

/** A longer text says something. */
const LONGEST = 60;

const DEEPEST = 20;

/**
 * Whether an error field says nothing, as it may if all went well: every value in it is blank, only
 * punctuation, a word for nothing, or says that it worked.
 *
 * @param error a value of any kind, also as JSON text
 * @param name of the field
 */
export function isBlankError(error: Json | undefined, name: string = 'error', depth = 0): boolean {
	if (error === undefined || error === null) return true;
	if (depth > DEEPEST) return false;
	if (Array.isArray(error)) return error.every((entry) => isBlankError(entry, name, depth + 1));
	if (typeof error === 'object') {
		return Object.entries(error).every(([key, value]) => isBlankError(value, key, depth + 1));
	}
	const text = String(error).trim();
	const json = jsonOrText(text);
	if (json !== text) return isBlankError(json, name, depth + 1);
	if (text.length > LONGEST) return false;
	if (NO_ERROR.includes(text.toLowerCase().replace(/[\p{P}\s]/gu, ''))) return true;
	return WORKED.find(([names]) => names.test(name))?.[1].test(text) ?? false;
}
