import { ExplainedError } from './explainedError';
import type { JsonRecord } from './json';
import { cutText, quote } from './text';

/** How to output one of Truto's things. */
export type Shape =
	/** As Truto sent it. */
	| { kind: 'raw' }
	/** The fields that people look at. */
	| { kind: 'simplified' }
	/** Some fields, of Truto's own or of the simplified form. */
	| { kind: 'fields'; fields: string[] };

/**
 * One of Truto's things in the chosen form.
 *
 * @param simplify gives the fields that people look at
 * @throws {ExplainedError} if none of the fields to pick exists
 */
export function shaped(record: JsonRecord, shape: Shape, simplify: () => JsonRecord): JsonRecord {
	switch (shape.kind) {
		case 'raw':
			return record;
		case 'simplified':
			return simplify();
		case 'fields':
			return pick({ ...simplify(), ...record }, shape.fields);
	}
}

/**
 * Truto may leave out a field that has no value, so a missing one alone is null.
 *
 * @throws {ExplainedError} if none of the fields exists
 */
function pick(record: JsonRecord, fields: string[]): JsonRecord {
	if (!fields.some((field) => Object.hasOwn(record, field))) {
		throw new ExplainedError(
			`There is no field named ${quote(fields.join(', '))}`,
			`Name one of these: ${cutText(Object.keys(record).join(', '))}.`,
		);
	}
	// fromEntries defines own properties, so a field named `__proto__` changes no prototype.
	return Object.fromEntries(
		fields.map((field) => [
			field,
			record[field] !== undefined && Object.hasOwn(record, field) ? record[field] : null,
		]),
	);
}
