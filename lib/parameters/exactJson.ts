import type { Json } from '../json';

/** Of JavaScript's JSON, what TypeScript does not know yet. Node.js has it from version 22 on. */
interface ExactJson {
	parse(
		text: string,
		reviver: (key: string, value: Json, context?: { source?: string }) => Json,
	): Json;
	rawJSON?(text: string): Json;
}

/**
 * Parses JSON so that `JSON.stringify` gives back each number as it was written. JavaScript's own numbers
 * hold 16 digits; an id such as 12345678901234567890 would change.
 *
 * @returns undefined where the text is no valid JSON
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
