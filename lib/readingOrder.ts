import type { Json, JsonRecord } from './json';

/** What people look for first, in this order. */
const FIRST = ['status', 'label', 'tenant_id', 'integration_name'];

type Field = [name: string, value: Json];

/**
 * The fields of one of Truto's things as a table shows them best: what says how it is, times, other values,
 * what is nested and therefore wide, and IDs last.
 *
 * @param first names of fields that come before all others
 */
export function inReadingOrder(record: JsonRecord, first: string[] = []): JsonRecord {
	const leading = [...first, ...FIRST].filter((name) => Object.hasOwn(record, name));
	const isLeading = new Set(leading);
	const times: Field[] = [];
	const values: Field[] = [];
	const nested: Field[] = [];
	const ids: Field[] = [];
	for (const entry of Object.entries(record)) {
		const [name, value] = entry;
		if (isLeading.has(name)) continue;
		if (name === 'id' || name.endsWith('_id')) ids.push(entry);
		else if (name.endsWith('_at')) times.push(entry);
		else if (isNested(value)) nested.push(entry);
		else values.push(entry);
	}
	const begin = [...isLeading].map((name): Field => [name, record[name] ?? null]);
	// fromEntries defines own properties, so a field named `__proto__` changes no prototype.
	return Object.fromEntries([...begin, ...times, ...values, ...nested, ...ids]);
}

/** Objects, and lists that are not just a few texts. */
function isNested(value: Json): boolean {
	if (typeof value !== 'object' || value === null) return false;
	return !Array.isArray(value) || value.some((entry) => typeof entry === 'object');
}
