import { ApiError } from './errors.mts';

/** A parsed query string; a parameter given twice is an array. */
export type Query = Record<string, string | string[]>;
export type FieldType = 'string' | 'date' | 'boolean';
/** The fields a list can be filtered and sorted by; `a.b` reaches into an object. */
export type Fields = Record<string, FieldType>;

const OPERATORS = ['eq', 'ne', 'in', 'gt', 'gte', 'lt', 'lte'] as const;
type Operator = (typeof OPERATORS)[number];
type Test = (item: object) => boolean;

const NOT_FILTERS = new Set(['limit', 'next_cursor', 'prev_cursor', 'sort']);

/** The value of an item's field, as something that can be compared. */
export function fieldValue(item: object, field: string): string {
	let value: unknown = item;
	for (const part of field.split('.')) {
		value =
			typeof value === 'object' && value !== null
				? (Reflect.get(value, part) as unknown)
				: undefined;
	}
	if (typeof value === 'string') return value;
	return typeof value === 'boolean' || typeof value === 'number' ? String(value) : '';
}

/** A parameter's only value. */
export function single(query: Query, name: string): string | undefined {
	const value = query[name];
	if (Array.isArray(value)) throw new ApiError(400, `${name} must be given once`);
	return value;
}

/**
 * The tests that a query's filters amount to: `field=value` and `field[operator]=value`.
 *
 * Unclear: which operators exist besides `gt` and `in`, and what an unknown parameter does. Here the usual
 * ones work, and an unknown parameter is an error: a misspelt filter that is ignored would go unnoticed.
 */
export function parseFilters(query: Query, fields: Fields): Test[] {
	const tests: Test[] = [];
	for (const [key, raw] of Object.entries(query)) {
		if (NOT_FILTERS.has(key)) continue;
		const [, field = '', operator = 'eq'] = /^([\w.]+)(?:\[(\w+)\])?$/.exec(key) ?? [];
		const type = fields[field];
		if (type === undefined) throw new ApiError(400, `Unknown query parameter: ${key}`);
		if (!isOperator(operator)) throw new ApiError(400, `Unknown operator: ${operator}`);
		if (Array.isArray(raw) && operator !== 'in') {
			throw new ApiError(400, `${key} must be given once`);
		}
		tests.push(filterTest(field, type, operator, Array.isArray(raw) ? raw.join(',') : raw));
	}
	return tests;
}

function isOperator(text: string): text is Operator {
	return (OPERATORS as readonly string[]).includes(text);
}

function filterTest(field: string, type: FieldType, operator: Operator, raw: string): Test {
	if (operator === 'in') {
		const wanted = new Set(raw.split(',').map((part) => part.trim()));
		return (item) => wanted.has(fieldValue(item, field));
	}
	if (type !== 'date') {
		const test = comparison<string>(operator, raw);
		return (item) => test(fieldValue(item, field));
	}
	const test = comparison<number>(operator, parseDate(raw, field));
	return (item) => {
		const value = fieldValue(item, field);
		// No date is neither before nor after any.
		return value === '' ? operator === 'ne' : test(Date.parse(value));
	};
}

/** A date of a query, in milliseconds. */
export function parseDate(raw: string, field: string): number {
	// Without a zone, it is UTC.
	const time = Date.parse(
		/^\d{4}-\d\d-\d\d[ T][\d:.]+$/.test(raw) ? `${raw.replace(' ', 'T')}Z` : raw,
	);
	if (Number.isNaN(time)) throw new ApiError(400, `${field} must be a date, not "${raw}"`);
	return time;
}

function comparison<T extends string | number>(
	operator: Exclude<Operator, 'in'>,
	wanted: T,
): (value: T) => boolean {
	switch (operator) {
		case 'eq':
			return (value) => value === wanted;
		case 'ne':
			return (value) => value !== wanted;
		case 'gt':
			return (value) => value > wanted;
		case 'gte':
			return (value) => value >= wanted;
		case 'lt':
			return (value) => value < wanted;
		case 'lte':
			return (value) => value <= wanted;
	}
}
