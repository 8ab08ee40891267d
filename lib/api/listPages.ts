import type { IDataObject } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { isJsonRecord, type Json, type JsonRecord } from '../json';
import type { TrutoClient } from './client';

/** The largest page that the API documents (of `GET /log`; the other lists name no limit). */
export const LARGEST_PAGE = 100;

/** A list to read. */
export interface ListRequest {
	path: string;
	/** Filters and order. */
	query: IDataObject;
	/** How many entries at the most; all where undefined. */
	limit?: number;
	/** How many entries to ask for at once. */
	pageSize?: number;
	/** For error texts, such as `the list of sync job runs`. */
	about: string;
}

/** One page of a list. */
export interface Page {
	entries: JsonRecord[];
	/** null on the last page. */
	nextCursor: string | null;
}

/**
 * Reads a list page by page, no further than its limit.
 *
 * @throws {ExplainedError} where a cursor comes back, which would go on for ever; {@link TrutoError}
 */
export async function listEntries(client: TrutoClient, list: ListRequest): Promise<JsonRecord[]> {
	const limit = list.limit ?? Number.POSITIVE_INFINITY;
	const pageSize = Math.min(LARGEST_PAGE, list.pageSize ?? LARGEST_PAGE);
	const entries: JsonRecord[] = [];
	const seen = new Set<string>();
	let cursor: string | null = null;
	while (entries.length < limit) {
		const size = Math.min(pageSize, limit - entries.length);
		const page: Page = await fetchPage(client, list, size, cursor);
		for (const entry of page.entries) entries.push(entry);
		cursor = page.nextCursor;
		if (cursor === null) break;
		if (seen.has(cursor)) {
			throw new ExplainedError(
				`Truto gave the same page of ${list.about} twice`,
				`Its next_cursor came back after ${entries.length} entries. Try again, or narrow the filters.`,
			);
		}
		seen.add(cursor);
	}
	return entries.slice(0, limit);
}

/** Reads one page. The docs name its array `result`, or `results` on one page: both are accepted. */
export async function fetchPage(
	client: TrutoClient,
	{ path, query, about }: ListRequest,
	limit: number,
	cursor: string | null,
): Promise<Page> {
	const body = await client.sendForRecord({
		method: 'GET',
		path,
		query: { ...query, limit, ...(cursor === null ? {} : { next_cursor: cursor }) },
		about,
	});
	const entries: Json | undefined = body.result ?? body.results;
	if (!Array.isArray(entries)) {
		throw new ExplainedError(
			`The answer for ${about} holds no list`,
			'Check that the Base URL of the credential is the API of Truto.',
		);
	}
	const next = body.next_cursor;
	return {
		entries: entries.filter(isJsonRecord),
		nextCursor: typeof next === 'string' && next !== '' ? next : null,
	};
}
