import type { IDataObject } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { isJsonRecord, type Json, type JsonRecord } from '../json';
import { countOf } from '../text';
import type { Kind } from '../truto/kinds';
import { LARGE_PAGE, SAFE_PAGE } from '../truto/limits';
import type { TrutoClient } from '../transport/client';
import { TrutoError } from '../transport/trutoError';

/** After this many pages in a row without a new entry, the list counts as endless. */
const MOST_EMPTY_PAGES = 20;

/** An entry that comes again on a later page is known for so many entries. */
const MOST_RECENT = 1_000;

/** A list to read, of things of one kind. */
export interface List<Thing> {
	path: string;
	/** Filters and order. */
	query: IDataObject;
	/** For error texts, such as `the list of sync job runs`. */
	about: string;
	/** Reads an entry. */
	read: (entry: JsonRecord) => Thing;
	/** Entries have an `id` of their own, so one that comes again is left out. */
	hasIds?: boolean;
	/** How many entries at most; all if undefined. */
	limit?: number;
	/** How many entries to ask for at once. */
	pageSize?: number;
	/**
	 * Which entries to keep: the query's filters again, because Truto may not apply them, and filters that
	 * Truto doesn't have. `limit` counts what is kept.
	 */
	matches?: (entry: Thing) => boolean;
	/** Filters of the query that Truto may refuse; `matches` must do without them. */
	doubtful?: string[];
	/** Whoever reads the list reads it to its end, so the next page can be on its way while one is processed. */
	isReadToEnd?: boolean;
	/** Neither this entry nor any after it can match, so reading ends. */
	isPastEnd?: (entry: Thing) => boolean;
}

/** Where the list of all things of a kind is, and what error texts call it. */
export function listOf(kind: Kind): Pick<List<unknown>, 'path' | 'about' | 'hasIds'> {
	return { path: `/${kind.collection}`, about: `the list of ${kind.plural}`, hasIds: true };
}

/** For entries that are passed on as Truto sent them. */
export function asSent(entry: JsonRecord): JsonRecord {
	return entry;
}

/** Reads a list to its limit. @throws as {@link pagesOf} */
export async function listEntries<Thing>(client: TrutoClient, list: List<Thing>): Promise<Thing[]> {
	const entries: Thing[] = [];
	for await (const page of pagesOf(client, list)) for (const entry of page) entries.push(entry);
	return entries;
}

/**
 * Reads a list page by page, no further than its limit.
 *
 * @returns the entries of each page that match
 * @throws {ExplainedError} if Truto keeps returning the same pages; {@link TrutoError}
 */
export async function* pagesOf<Thing>(
	client: TrutoClient,
	list: List<Thing>,
): AsyncGenerator<Thing[], void, undefined> {
	const limit = list.limit ?? Number.POSITIVE_INFINITY;
	const matches = list.matches ?? (() => true);
	const seen = new Set<string>();
	let request: PageRequest = { ...list, size: list.pageSize ?? LARGE_PAGE };
	let found = 0;
	let emptyPages = 0;
	let isFiltered = true;
	const recent = new Recent();
	/** If something is created meanwhile, the last entries of a page come again on the next one. */
	const newOf = ({ entries }: Page) => {
		const fresh = list.hasIds ? entries.filter(({ id }) => recent.isNew(id)) : entries;
		emptyPages = fresh.length === 0 ? emptyPages + 1 : 0;
		return fresh;
	};
	const fetchNext = async () => {
		// If Truto doesn't filter, hardly anything on a small page would match.
		const size = isFiltered ? Math.min(request.size, limit - found) : request.size;
		const { page, accepted } = await fetchPageAsAccepted(client, { ...request, size });
		if (accepted.size < size) request = { ...request, size: accepted.size };
		request = { ...request, query: accepted.query };
		return page;
	};
	const fetchAfter = async ({ nextCursor }: Page) => {
		const isEndless = emptyPages > MOST_EMPTY_PAGES;
		if (nextCursor === null || seen.has(nextCursor) || isEndless) {
			throw new ExplainedError(
				`Truto keeps returning the same pages of ${list.about}`,
				`Truto sent ${isEndless ? `${countOf(emptyPages, 'page')} without a new entry` : 'the same page twice'} after ${countOf(found, 'entry', 'entries')}. Try again, or narrow the filters.`,
			);
		}
		seen.add(nextCursor);
		request = { ...request, cursor: nextCursor };
		return await fetchNext();
	};
	let page: Page | undefined = limit > 0 ? await fetchNext() : undefined;
	while (page) {
		const things = newOf(page).map(list.read);
		const end = list.isPastEnd ? things.findIndex(list.isPastEnd) : -1;
		const matching = (end < 0 ? things : things.slice(0, end)).filter(matches);
		isFiltered &&= matching.length === things.length;
		const entries = matching.slice(0, limit - found);
		found += entries.length;
		const isLast = end >= 0 || page.nextCursor === null || found >= limit;
		const ahead: Promise<Page> | undefined =
			isLast || !list.isReadToEnd ? undefined : fetchAfter(page);
		// It is awaited below, but it may fail before that.
		ahead?.catch(() => undefined);
		yield entries;
		page = isLast ? undefined : await (ahead ?? fetchAfter(page));
	}
}

/** The ids of the latest entries. */
class Recent {
	private readonly ids = new Set<string>();

	isNew(id: Json | undefined): boolean {
		if (typeof id !== 'string') return true;
		if (this.ids.has(id)) return false;
		this.ids.add(id);
		const [oldest] = this.ids;
		if (this.ids.size > MOST_RECENT && oldest !== undefined) this.ids.delete(oldest);
		return true;
	}
}

interface PageRequest {
	path: string;
	query: IDataObject;
	about: string;
	/** How many entries to ask for. */
	size: number;
	/** Where the previous page ended. */
	cursor?: string;
	doubtful?: string[];
}

/** One page of a list. */
export interface Page {
	entries: JsonRecord[];
	/** null on the last page. */
	nextCursor: string | null;
}

/**
 * Reads one page. If Truto refuses (400) more than 100 entries per page, or a doubtful filter, this asks
 * again without it.
 *
 * @returns the page, and which parts of the request Truto accepted
 */
async function fetchPageAsAccepted(
	client: TrutoClient,
	request: PageRequest,
): Promise<{ page: Page; accepted: PageRequest }> {
	const sureFilters = Object.fromEntries(
		Object.entries(request.query).filter(([name]) => !request.doubtful?.includes(name)),
	);
	const smallSize = Math.min(request.size, SAFE_PAGE);
	const unfiltered = { ...request, query: sureFilters };
	const attempts = [
		request,
		{ ...request, size: smallSize },
		unfiltered,
		{ ...unfiltered, size: smallSize },
	].filter((attempt, index, all) => all.findIndex((other) => isSame(attempt, other)) === index);
	for (;;) {
		const attempt = attempts.shift() ?? request;
		const page = await fetchPage(client, attempt).catch((error: unknown) => {
			const isRefused = error instanceof TrutoError && error.status === 400;
			if (isRefused && attempts.length > 0) return undefined;
			throw error;
		});
		if (page) return { page, accepted: attempt };
	}
}

function isSame(a: PageRequest, b: PageRequest): boolean {
	return a.size === b.size && Object.keys(a.query).length === Object.keys(b.query).length;
}

/** Reads one page. Its array is named `result` or `results`, because Truto's docs use both. */
export async function fetchPage(
	client: TrutoClient,
	{ path, query, about, size, cursor }: PageRequest,
): Promise<Page> {
	const body = await client.sendForRecord({
		method: 'GET',
		path,
		query: { ...query, limit: size, ...(cursor === undefined ? {} : { next_cursor: cursor }) },
		about,
	});
	const entries = body.result ?? body.results;
	if (!Array.isArray(entries)) {
		throw new ExplainedError(
			`The response for ${about} contains no list`,
			'Check that the Base URL of the credential is the API of Truto.',
		);
	}
	const next = body.next_cursor;
	const isCursor = typeof next === 'number' || (typeof next === 'string' && next !== '');
	return { entries: entries.filter(isJsonRecord), nextCursor: isCursor ? String(next) : null };
}
