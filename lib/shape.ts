import type { JsonRecord } from './json';

/** How a thing of Truto is output. */
export type Shape =
	/** As Truto sent it. */
	| { kind: 'raw' }
	/** The fields that people look at. */
	| { kind: 'simplified' }
	/** Some of Truto's fields. */
	| { kind: 'fields'; fields: string[] };

/**
 * A thing of Truto in the form that is asked for.
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
