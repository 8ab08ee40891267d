import { ExplainedError } from './explainedError';
import type { Json, JsonRecord } from './json';
import { inReadingOrder } from './readingOrder';
import { cutText, orList, quote } from './text';

/** How to output one of Truto's things. */
export type Shape =
	/** All that Truto sent, in the order in which people read it. */
	| { kind: 'raw' }
	/** The fields that people look at. */
	| { kind: 'simplified' }
	/** Some fields, of Truto's own or of the simplified form. */
	| {
			kind: 'fields';
			fields: string[];
			/** For the things of a list: collects the names of their fields. See {@link shapedList}. */
			found?: Set<string>;
	  };

/**
 * One of Truto's things in the chosen form. In a list, a field that it doesn't have is null.
 *
 * @param simplify gives the fields that people look at
 * @param first fields that come first if everything is output
 * @throws {ExplainedError} if it lacks one of the fields to pick, and is not part of a list
 */
export function shaped(
	record: JsonRecord,
	shape: Shape,
	simplify: () => JsonRecord,
	first: string[] = [],
): JsonRecord {
	switch (shape.kind) {
		case 'raw':
			return inReadingOrder(record, first);
		case 'simplified':
			return simplify();
		case 'fields': {
			const simplified = simplify();
			const known = ([name, value]: [string, Json]) => value !== null || !(name in simplified);
			const whole = {
				...simplified,
				...Object.fromEntries(Object.entries(record).filter(known)),
			};
			const names = Object.keys(whole);
			if (!shape.found) checkFields(shape.fields, new Set(names));
			for (const name of names) shape.found?.add(name);
			return pick(whole, shape.fields);
		}
	}
}

/**
 * The rows of a list. Truto may leave out a field that has no value, so only a field that none of the
 * things has is a mistake.
 *
 * @param output makes the rows, in the form that it is given
 * @throws {ExplainedError} if there are things, and none of them has one of the fields to pick
 */
export async function shapedList(
	shape: Shape,
	output: (shape: Shape) => JsonRecord[] | Promise<JsonRecord[]>,
): Promise<JsonRecord[]> {
	if (shape.kind !== 'fields') return await output(shape);
	const found = new Set<string>();
	const rows = await output({ ...shape, found });
	if (found.size > 0) checkFields(shape.fields, found);
	return rows;
}

function checkFields(fields: string[], known: Set<string>): void {
	const unknown = fields.filter((field) => !known.has(field));
	if (unknown.length === 0) return;
	throw new ExplainedError(
		`There is no field named ${quote(orList(unknown))}`,
		`Name one of these: ${cutText([...known].join(', '))}.`,
	);
}

function pick(record: JsonRecord, fields: string[]): JsonRecord {
	// fromEntries defines own properties, so a field named `__proto__` changes no prototype.
	return Object.fromEntries(
		fields.map((field) => [
			field,
			record[field] !== undefined && Object.hasOwn(record, field) ? record[field] : null,
		]),
	);
}
