import type { JsonRecord } from './json';

/** How to output one of Truto's things. */
export type Shape =
	/** As Truto sent it. */
	| { kind: 'raw' }
	/** The fields that people look at. */
	| { kind: 'simplified' }
	/** Some of Truto's fields. */
	| { kind: 'fields'; fields: string[] };

/**
 * One of Truto's things in the chosen form.
 *
 * @param simplify gives the fields that people look at
 */
export function shaped(
	record: JsonRecord,
	shape: Shape,
	simplify: (record: JsonRecord) => JsonRecord,
): JsonRecord {
	switch (shape.kind) {
		case 'raw':
			return record;
		case 'simplified':
			return simplify(record);
		case 'fields':
			// fromEntries defines own properties, so a field named `__proto__` changes no prototype.
			return Object.fromEntries(
				shape.fields.map((field) => [field, Object.hasOwn(record, field) ? record[field] : null]),
			) as JsonRecord;
	}
}
