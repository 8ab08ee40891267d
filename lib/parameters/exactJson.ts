import type { Json } from '../json';

/** The part of JavaScript's JSON that TypeScript doesn't know yet. Node.js has it since version 22. */
interface ExactJson {
	parse(
		text: string,
		reviver: (key: string, value: Json, context?: { source?: string }) => Json,
	): Json;
	rawJSON?(text: string): Json;
}

/**
 * Parses JSON so that `JSON.stringify` gives back each number as it was written. JavaScript's own
 * numbers hold 16 digits; an id such as 12345678901234567890 would change.
 *
 * @returns undefined if the text isn't valid JSON
 */
export function parseJsonExactly(text: string): Json | undefined {
	const json = JSON as unknown as ExactJson;
	try {
		return json.parse(text, (_, value, context) => {
			if (typeof value !== 'number' || context?.source === undefined) return value;
			const isExact = String(value) === context.source || Number.isSafeInteger(value);
			return isExact ? value : (json.rawJSON?.(context.source) ?? value);
		});
	} catch {
		return undefined;
	}
}
