import { ApiError } from './errors.mts';
import { fieldValue, parseFilters, single } from './list-filters.mts';
import type { Fields, Query } from './list-filters.mts';

/** How a list is served. */
export interface ListSpec<T> {
	fields: Fields;
	/** `field` or `-field`. */
	defaultSort: string;
	/** The items come in this order already. */
	presorted?: string;
	/** Unclear: Truto's default is not documented for all lists. */
	defaultLimit?: number;
	envelope: string;
	render(item: T): string;
}

/** Unclear: only the logs' maximum is documented; larger limits are refused everywhere. */
export const MAX_LIMIT = 100;

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
	const tests = parseFilters(query, spec.fields);
	const limit = parseLimit(query, spec.defaultLimit ?? 25);
	const sort = parseSort(query, spec);
	const cursor = parseCursor(query, sort);
	const rows =
		tests.length === 0 ? items : items.filter((item) => tests.every((test) => test(item)));
	const order = ordering(sort);
	const sorted =
		sort === spec.presorted ? rows : [...rows].sort((a, b) => order(a, keyOf(b, sort)));
	const [start, end] = pageBounds(sorted, limit, cursor, order);
	const page = sorted.slice(start, end);
	const first = page[0];
	const last = page.at(-1);
	const next = last && end < sorted.length ? writeCursor('next', sort, last) : null;
	const prev = first && start > 0 ? writeCursor('prev', sort, first) : null;
	return (
		`{${JSON.stringify(spec.envelope)}:[${page.map((item) => spec.render(item)).join(',')}],` +
		`"next_cursor":${JSON.stringify(next)},"prev_cursor":${JSON.stringify(prev)}}`
	);
}

function parseLimit(query: Query, fallback: number): number {
	const raw = single(query, 'limit');
	if (raw === undefined) return fallback;
	const limit = Number(raw);
	if (!/^\d+$/.test(raw) || limit < 1 || limit > MAX_LIMIT) {
		throw new ApiError(400, `limit must be a whole number from 1 to ${String(MAX_LIMIT)}`);
	}
	return limit;
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
