import type {
	IDataObject,
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
} from 'n8n-workflow';

import type { TrutoClient } from '../transport/client';
import { fetchPage } from '../api/lists';
import type { JsonRecord } from '../json';
import type { Kind } from '../truto/kinds';
import { SMALLEST_LARGE_PAGE } from '../truto/limits';

/** How a list is read and shown in a drop-down. */
export interface SearchList {
	kind: Kind;
	/** @param wanted what people search for, in lower case */
	query: (wanted: string) => IDataObject;
	/** The text of each entry of a page, in the same order. */
	texts: (client: TrutoClient, entries: JsonRecord[]) => string[] | Promise<string[]>;
	/** Entries that are left out. */
	matches?: (entry: JsonRecord) => boolean;
	/** Those that come first on their page. */
	isFirst?: (entry: JsonRecord) => boolean;
}

/** Truto has no text search, so pages are searched here, at most this many at a time. */
const PAGES_PER_SEARCH = 3;

/** The entries of a page that were found. */
interface Found {
	results: INodeListSearchItems[];
	/** Where the next page begins; undefined after the last one. */
	cursor?: string;
}

/**
 * Searches a list, page by page.
 *
 * @param filter what people search for
 * @param start where the previous search ended
 * @throws {TrutoError}
 */
export async function searchPages(
	client: TrutoClient,
	list: SearchList,
	filter: string | undefined,
	start?: string,
): Promise<Found> {
	const wanted = (filter ?? '').trim().toLowerCase();
	const results: INodeListSearchItems[] = [];
	let cursor = start;
	for (let pages = 0; pages < PAGES_PER_SEARCH; pages++) {
		const page = await fetchPage(client, {
			path: `/${list.kind.collection}`,
			query: list.query(wanted),
			about: `the ${list.kind.plural}`,
			size: SMALLEST_LARGE_PAGE,
			cursor,
		});
		cursor = page.nextCursor ?? undefined;
		const items = await itemsOf(client, list, page.entries);
		for (const item of items) {
			if (`${item.name} ${item.value}`.toLowerCase().includes(wanted)) results.push(item);
		}
		if (cursor === undefined || (wanted === '' && results.length > 0)) break;
	}
	return { results, cursor };
}

async function itemsOf(
	client: TrutoClient,
	{ texts, matches = () => true, isFirst = () => false }: SearchList,
	entries: JsonRecord[],
): Promise<Array<{ name: string; value: string }>> {
	const matching = entries.filter(matches);
	const sorted = [...matching.filter(isFirst), ...matching.filter((entry) => !isFirst(entry))];
	const names = await texts(client, sorted);
	return sorted.map((entry, index) => ({ name: names[index] ?? '', value: String(entry.id) }));
}

/** What a drop-down shows. If nothing is found, n8n itself wouldn't say so. */
export function searchResult(
	{ kind }: SearchList,
	{ results, cursor }: Found,
	filter: string | undefined,
	isFirstPage: boolean,
): INodeListSearchResult {
	if (results.length > 0 || !isFirstPage) return { results, paginationToken: cursor };
	const wanted = (filter ?? '').trim();
	return { results: [{ name: emptyText(kind, wanted, cursor === undefined), value: '' }] };
}

function emptyText({ plural }: Kind, wanted: string, sawAll: boolean): string {
	if (!sawAll) {
		return `None of the first ${PAGES_PER_SEARCH * SMALLEST_LARGE_PAGE} ${plural} match "${wanted}": enter the ID instead`;
	}
	return wanted === ''
		? `There are no ${plural} in the environment of this API token`
		: `No ${plural} match "${wanted}"`;
}

/** The methods of a drop-down, as n8n calls them. */
export type ListSearch = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: unknown,
) => Promise<INodeListSearchResult>;
