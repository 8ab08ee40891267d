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
import { SAFE_PAGE } from '../truto/limits';

/** How a list is read and shown in a drop-down. */
export interface SearchList<Thing> {
	kind: Kind;
	/** The field with the id of an entry, unless it is `id`. */
	idField?: string;
	/** Undefined values are left out. */
	query: IDataObject;
	/** Reads an entry. */
	read: (entry: JsonRecord) => Thing;
	/**
	 * Called once for a search: what it fetches serves all pages.
	 *
	 * @returns what makes the texts of a page's entries; the id is shown where one is `''`
	 */
	namer: (client: TrutoClient) => (things: Thing[]) => string[] | Promise<string[]>;
	/** All others are left out. */
	matches?: (thing: Thing) => boolean;
	/** Those that come first on their page. */
	isFirst?: (thing: Thing) => boolean;
	/** How many pages a search reads at most; default: {@link PAGES_PER_SEARCH}. */
	mostPages?: number;
}

/** Truto has no text search, so pages are searched here, at most this many at a time. */
const PAGES_PER_SEARCH = 20;

/**
 * A search reads on until it has found so many. With words, n8n 2.41.1 asks for more only when people scroll,
 * and a list of five entries can't be scrolled.
 */
export const ENOUGH_FOUND = 10;

/** For lists whose entries need nothing else for their texts. */
export function each<Thing>(text: (thing: Thing) => string): (things: Thing[]) => string[] {
	return (things) => things.map(text);
}

/** What people search for, in lower case. `rate_limited` is two words, as it is shown. */
export function wordsOf(filter: string | undefined): string[] {
	return (filter ?? '')
		.toLowerCase()
		.split(/[\s_]+/)
		.filter(Boolean);
}

/** The entries of a page that were found. */
export interface FoundEntries {
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
export async function searchPages<Thing>(
	client: TrutoClient,
	list: SearchList<Thing>,
	filter: string | undefined,
	start?: string,
): Promise<FoundEntries> {
	const words = wordsOf(filter);
	const query = Object.entries(list.query).filter(([, value]) => value !== undefined);
	const results: INodeListSearchItems[] = [];
	const namesOf = list.namer(client);
	let cursor = start;
	const enough = words.length === 0 ? 1 : ENOUGH_FOUND;
	for (let pages = list.mostPages ?? PAGES_PER_SEARCH; pages > 0; pages--) {
		const page = await fetchPage(client, {
			path: `/${list.kind.collection}`,
			query: Object.fromEntries(query),
			about: `the ${list.kind.plural}`,
			size: SAFE_PAGE,
			cursor,
		}).catch((error: unknown) => {
			if (results.length === 0) throw error;
			return undefined;
		});
		// What was found is shown, and the search can go on from there.
		if (!page) break;
		cursor = page.nextCursor ?? undefined;
		const items = await itemsOf(list, namesOf, page.entries);
		for (const item of items) {
			const shown = `${item.name} ${item.value}`.toLowerCase();
			if (words.every((word) => shown.includes(word))) results.push(item);
		}
		if (cursor === undefined || results.length >= enough) break;
	}
	return { results, cursor };
}

async function itemsOf<Thing>(
	{ idField = 'id', read, matches = () => true, isFirst = () => false }: SearchList<Thing>,
	namesOf: (things: Thing[]) => string[] | Promise<string[]>,
	entries: JsonRecord[],
): Promise<Array<{ name: string; value: string }>> {
	const all = entries.map((entry) => ({ id: String(entry[idField]), thing: read(entry) }));
	const matching = all.filter(({ thing }) => matches(thing));
	const first = matching.filter(({ thing }) => isFirst(thing));
	const others = matching.filter(({ thing }) => !isFirst(thing));
	const sorted = [...first, ...others];
	const names = await namesOf(sorted.map(({ thing }) => thing));
	return sorted.map(({ id }, index) => ({ name: names[index] || id, value: id }));
}

/** What a drop-down shows. If nothing is found, n8n itself wouldn't say so. */
export function searchResult(
	kind: Kind,
	{ results, cursor }: FoundEntries,
	filter: string | undefined,
	isFirstPage: boolean,
): INodeListSearchResult {
	if (results.length > 0 || !isFirstPage) return { results, paginationToken: cursor };
	const wanted = (filter ?? '').trim();
	return { results: [{ name: emptyText(kind, wanted, cursor === undefined), value: '' }] };
}

function emptyText({ plural, idField }: Kind, wanted: string, sawAll: boolean): string {
	if (!sawAll) {
		const instead = `enter the ${idField === 'key' ? 'key' : 'ID'} instead`;
		const which = wanted === '' ? plural : `${plural} that match "${wanted}"`;
		return `No ${which} were found: ${instead}`;
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
