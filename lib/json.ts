/** A value as `JSON.parse` gives it. */
export type Json = null | boolean | number | string | Json[] | JsonRecord;

/** A JSON object. Its keys come from Truto, so any string is possible, `__proto__` included. */
export interface JsonRecord {
	[key: string]: Json;
}

/** Whether a value is a JSON object: neither an array nor null. */
export function isJsonRecord(value: unknown): value is JsonRecord {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value if it is a text, otherwise null: for columns that hold a text or nothing. */
export function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}

/** Only the fields that have a value. They are own properties, even if one is named `__proto__`. */
export function withoutUndefined<T>(record: Record<string, T | undefined>): Record<string, T> {
	return Object.fromEntries(
		Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
	);
}

/** The value of a JSON text; undefined if it is not valid JSON. */
export function parseJson(text: string): Json | undefined {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return undefined;
	}
}

/** Parses a text that holds a JSON object or list, and leaves any other text as it is. */
export function jsonOrText(text: string): Json {
	const value = /^\s*[[{]/.test(text) ? parseJson(text) : undefined;
	return typeof value === 'object' && value !== null ? value : text;
}
