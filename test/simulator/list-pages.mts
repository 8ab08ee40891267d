import type { Dialect } from './dialect.mts';
import { ApiError } from './errors.mts';
import { fieldValue, parseFilters, single } from './list-filters.mts';
import type { Fields, Query } from './list-filters.mts';
import { heededFilters, spokenLimit, spokenList } from './wire-list.mts';

/** How a list is served. */
export interface ListSpec<T> {
	fields: Fields;
	/** `field` or `-field`. */
	defaultSort: string;
	/** The items come in this order already. */
	presorted?: string;
	/** Unclear: Truto's default is not documented for all lists. */
	defaultLimit?: number;
	/** The documented maximum, and that the filters are documented: both are so whatever the dialect. */
	documentedMax?: number;
	dialect: Dialect;
	/** The item that the filters see; default: itself. */
	filtered?(item: T): object;
	render(item: T): string;
}

interface Cursor {
	direction: 'next' | 'prev';
	sort: string;
	value: string;
	id: string;
}

/** Filters, sorts and pages the items as the query says; returns the answer's JSON. */
export function listAnswer<T extends { id: string }>(
	items: readonly T[],
	query: Query,
	spec: ListSpec<T>,
): string {
	const { dialect, documentedMax } = spec;
	const filters = documentedMax === undefined ? heededFilters(query, spec.fields, dialect) : query;
	const tests = parseFilters(filters, spec.fields);
	const fallback = spec.defaultLimit ?? 25;
	const limit = spokenLimit(single(query, 'limit'), fallback, documentedMax, dialect);
	const sort = parseSort(query, spec);
	const cursor = parseCursor(query, sort);
	const passes = (item: T) => {
		const seen = spec.filtered?.(item) ?? item;
		return tests.every((test) => test(seen));
	};
	const rows = tests.length === 0 ? items : items.filter(passes);
	const order = ordering(sort);
	const sorted =
		sort === spec.presorted ? rows : [...rows].sort((a, b) => order(a, keyOf(b, sort)));
	const [start, end] = pageBounds(sorted, limit, cursor, order);
	const page = sorted.slice(start, end);
	const first = page[0];
	const last = page.at(-1);
	const next = last && end < sorted.length ? writeCursor('next', sort, last) : null;
	const prev = first && start > 0 ? writeCursor('prev', sort, first) : null;
	return spokenList({ rows: page.map((item) => spec.render(item)), next, prev, limit }, dialect);
}

function parseSort<T>(query: Query, spec: ListSpec<T>): string {
	const sort = single(query, 'sort') ?? spec.defaultSort;
	if (!(fieldOf(sort) in spec.fields)) throw new ApiError(400, `Cannot sort by ${sort}`);
	return sort;
}

function fieldOf(sort: string): string {
	return sort.startsWith('-') ? sort.slice(1) : sort;
}

interface Key {
	value: string;
	id: string;
}

function keyOf(item: { id: string }, sort: string): Key {
	return { value: fieldValue(item, fieldOf(sort)), id: item.id };
}

// Items with the same value are ordered by id, so that every item has exactly one place.
function ordering(sort: string): (item: { id: string }, key: Key) => number {
	const field = fieldOf(sort);
	const sign = sort.startsWith('-') ? -1 : 1;
	return (item, key) => {
		const value = fieldValue(item, field);
		if (value !== key.value) return value < key.value ? -sign : sign;
		if (item.id === key.id) return 0;
		return item.id < key.id ? -sign : sign;
	};
}

function pageBounds<T extends { id: string }>(
	sorted: readonly T[],
	limit: number,
	cursor: Cursor | undefined,
	order: (item: T, key: Key) => number,
): [number, number] {
	if (!cursor) return [0, Math.min(limit, sorted.length)];
	// The cursor names an item, not a position: items that appear or vanish meanwhile shift nothing.
	const after = cursor.direction === 'next';
	let low = 0;
	let high = sorted.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		const item = sorted[middle];
		const place = item === undefined ? 1 : order(item, cursor);
		if (place < 0 || (after && place === 0)) low = middle + 1;
		else high = middle;
	}
	return after ? [low, Math.min(low + limit, sorted.length)] : [Math.max(0, low - limit), low];
}

function writeCursor(direction: Cursor['direction'], sort: string, item: { id: string }): string {
	const { value, id } = keyOf(item, sort);
	return Buffer.from(JSON.stringify([direction, sort, value, id])).toString('base64url');
}

// Unclear: how one goes back. `prev_cursor` is taken as a parameter like `next_cursor`, and since a cursor
// knows its direction, either parameter takes either cursor.
function parseCursor(query: Query, sort: string): Cursor | undefined {
	const next = single(query, 'next_cursor');
	const prev = single(query, 'prev_cursor');
	if (next !== undefined && prev !== undefined) {
		throw new ApiError(400, 'next_cursor and prev_cursor exclude each other');
	}
	const raw = next ?? prev;
	if (raw === undefined) return undefined;
	const cursor = readCursor(raw);
	if (cursor?.sort !== sort) throw new ApiError(400, 'Invalid cursor');
	return cursor;
}

function readCursor(raw: string): Cursor | undefined {
	let parsed: unknown;
	try {
		parsed = JSON.parse(Buffer.from(raw, 'base64url').toString());
	} catch {
		return undefined;
	}
	if (!Array.isArray(parsed) || parsed.length !== 4) return undefined;
	const parts: unknown[] = parsed;
	if (!parts.every((part) => typeof part === 'string')) return undefined;
	const [direction, sort = '', value = '', id = ''] = parts;
	if (direction !== 'next' && direction !== 'prev') return undefined;
	return { direction, sort, value, id };
}
