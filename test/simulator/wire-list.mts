import type { Dialect } from './dialect.mts';
import { ApiError } from './errors.mts';
import type { FieldType, Query } from './list-filters.mts';

/** Unclear: the largest page of a list. `/api-token` answers with up to 5,000. */
export const MAX_TAKEN_LIMIT = 5_000;
/** The largest page of the logs, which is documented, and of the other lists where more is refused. */
export const MAX_LIMIT = 100;

/** D1: a list answer. */
export function spokenList(
	page: { rows: readonly string[]; next: string | null; prev: string | null; limit: number },
	{ listEnvelope, nextCursor, extraPaging }: Dialect,
): string {
	const { rows, next, prev, limit } = page;
	const paging = {
		...(next === null && nextCursor === 'absent' ? {} : { next_cursor: next }),
		...(extraPaging ? { prev_cursor: prev, limit } : {}),
	};
	const rest = JSON.stringify(paging).slice(1);
	return `{"${listEnvelope}":[${rows.join(',')}]${rest === '}' ? '' : ','}${rest}`;
}

/**
 * D2: the page size that a `limit` amounts to.
 *
 * @param documentedMax 100 for the logs, which refuse more in every dialect
 * @throws ApiError 400 for a limit that is refused
 */
export function spokenLimit(
	raw: string | undefined,
	fallback: number,
	documentedMax: number | undefined,
	{ pageSizeOver100 }: Dialect,
): number {
	if (raw === undefined) return fallback;
	const limit = Number(raw);
	const strict = documentedMax !== undefined || pageSizeOver100 === 'refused';
	const max = strict ? (documentedMax ?? MAX_LIMIT) : MAX_TAKEN_LIMIT;
	const tooMuch = limit > max && (strict || pageSizeOver100 === 'taken');
	if (!/^\d+$/.test(raw) || limit < 1 || tooMuch) {
		throw new ApiError(400, `limit must be a whole number from 1 to ${String(max)}`);
	}
	return pageSizeOver100 === 'capped' ? Math.min(limit, MAX_LIMIT) : limit;
}

/** D3: the filters of a query that the dialect heeds. Throws a 400 for one that it refuses. */
export function heededFilters(
	query: Query,
	fields: Record<string, FieldType>,
	{ severalStatuses, createdAtFilter }: Dialect,
): Query {
	const heeded = Object.entries(query).filter(([key]) => {
		const [, field = '', operator] = /^([\w.]+)\[(\w+)\]$/.exec(key) ?? [];
		if (operator === undefined) return true;
		const form = operator === 'in' ? severalStatuses : fields[field] === 'date' && createdAtFilter;
		if (form === 'refused') throw new ApiError(400, `Unsupported filter: ${key}`);
		return form !== 'ignored';
	});
	return Object.fromEntries(heeded);
}
