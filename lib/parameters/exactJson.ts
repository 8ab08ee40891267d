import { isJsonRecord, type Json, type JsonRecord } from '../json';

/** The part of JavaScript's JSON that TypeScript doesn't know yet. Node.js has it since version 22. */
interface ExactJson {
	parse(
		text: string,
		reviver: (key: string, value: Json, context?: { source?: string }) => Json,
	): Json;
	rawJSON?(text: string): Json;
	isRawJSON?(value: unknown): boolean;
}

const json = JSON as unknown as ExactJson;

/**
 * Parses JSON so that `JSON.stringify` gives back large whole numbers as they were written. JavaScript's own
 * numbers hold 16 digits; an id such as 12345678901234567890 would change.
 *
 * @returns undefined if the text isn't valid JSON
 */
export function parseJsonExactly(text: string): Json | undefined {
	try {
		const value = json.parse(text, (_, number, context) => {
			if (typeof number !== 'number' || !/^-?\d+$/.test(context?.source ?? '')) return number;
			return Number.isSafeInteger(number)
				? number
				: (json.rawJSON?.(String(context?.source)) ?? number);
		});
		return isExactNumber(value) ? Number(text) : value;
	} catch {
		return undefined;
	}
}

/** Whether this is a number that {@link parseJsonExactly} keeps as it was written. */
export function isExactNumber(value: unknown): boolean {
	return json.isRawJSON?.(value) ?? false;
}

/** An object with plain numbers only, to be shown. */
export function withPlainNumbers(record: JsonRecord): JsonRecord {
	const plain: unknown = JSON.parse(JSON.stringify(record));
	return isJsonRecord(plain) ? plain : {};
}
