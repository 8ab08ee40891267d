import { accountPages } from '../api/integratedAccounts';
import { NameBook } from '../api/nameBook';
import type { TrutoClient } from '../transport/client';
import { SYNC_JOB_RUN } from '../truto/kinds';
import { readRun, type Run } from '../truto/run';
import { RUN_STATUSES } from '../truto/statuses';
import { runText } from './labels';
import { ENOUGH_FOUND, searchPages, wordsOf, type FoundEntries, type SearchList } from './search';

/** Of how many accounts runs are searched, if the latest runs of all don't have what people look for. */
const MOST_ACCOUNTS = 10;

/** How many pages of the latest runs are searched before that. */
const PAGES_OF_LATEST = 3;

/** How many accounts are looked at for that. */
const MOST_LISTED = 2_000;

/** Makes the texts of runs. */
type Namer = (runs: Run[]) => Promise<string[]>;

/**
 * Where runs are searched, latest first. With a status among the words, Truto itself filters by it, and so
 * finds more than the latest runs. But a customer or a sync job may have that word in its name, so the other
 * runs are searched, too.
 *
 * @param account only runs of this integrated account
 */
function runLists(words: string[], namer: Namer, account?: string): Array<SearchList<Run>> {
	const all: SearchList<Run> = {
		kind: SYNC_JOB_RUN,
		query: { sort: '-created_at', integrated_account_id: account },
		read: readRun,
		namer: () => namer,
		mostPages: PAGES_OF_LATEST,
	};
	const status = RUN_STATUSES.find(({ value }) =>
		value.split('_').every((word) => words.includes(word)),
	)?.value;
	if (status === undefined) return [all];
	return [
		{ ...all, query: { ...all.query, status }, matches: (run) => run.status === status },
		{ ...all, matches: (run) => run.status !== status },
	];
}

/** Searches lists side by side. Their cursor has those of all; null for a list that has ended. */
async function searchLists(
	client: TrutoClient,
	lists: Array<SearchList<Run>>,
	filter: string | undefined,
	start?: string,
): Promise<FoundEntries> {
	const starts = start === undefined ? [] : (JSON.parse(start) as Array<string | null>);
	const each = await Promise.all(
		lists.map(async (list, index): Promise<FoundEntries> => {
			const from = starts[index];
			return from === null ? { results: [] } : await searchPages(client, list, filter, from);
		}),
	);
	const cursors = each.map(({ cursor }) => cursor ?? null);
	return {
		results: each.flatMap(({ results }) => results),
		cursor: cursors.every((cursor) => cursor === null) ? undefined : JSON.stringify(cursors),
	};
}

/**
 * Searches the latest runs. If few of them match, but there are more, it looks for customers that people
 * may mean, and searches their latest runs, too. If that fails for some of them, the others are shown.
 *
 * @param timeZone that times are shown in
 * @param start where the previous search ended
 * @throws {TrutoError}
 */
export async function searchRuns(
	client: TrutoClient,
	timeZone: string,
	filter: string | undefined,
	start?: string,
): Promise<FoundEntries> {
	const words = wordsOf(filter);
	const book = new NameBook(client);
	const namer: Namer = async (runs) =>
		(await book.named(runs)).map((run) => runText(run, timeZone, Date.now()));
	const found = await searchLists(client, runLists(words, namer), filter, start);
	const isEnough = words.length === 0 || found.results.length >= ENOUGH_FOUND;
	// While people scroll, the customers have been searched before.
	if (isEnough || found.cursor === undefined || start !== undefined) return found;
	const accounts = await accountsOf(client, words).catch(() => []);
	const lists = accounts.flatMap((account) => runLists(words, namer, account));
	const each = await Promise.allSettled(
		lists.map(async (list) => await searchPages(client, list, filter)),
	);
	const known = new Set(found.results.map(({ value }) => value));
	const others = each
		.flatMap((one) => (one.status === 'fulfilled' ? one.value.results : []))
		.filter(({ value }) => !known.has(value));
	return { ...found, results: [...found.results, ...others] };
}

/** The accounts of customers whose names contain one of the words, those with the most words first. */
async function accountsOf(client: TrutoClient, words: string[]): Promise<string[]> {
	const found: Array<{ id: string; count: number }> = [];
	for await (const page of accountPages(client, { limit: MOST_LISTED })) {
		for (const { id, tenantId } of page) {
			const tenant = tenantId?.toLowerCase() ?? '';
			const count = words.filter((word) => tenant.includes(word)).length;
			if (id !== null && count > 0) found.push({ id, count });
		}
	}
	found.sort((a, b) => b.count - a.count);
	return found.slice(0, MOST_ACCOUNTS).map(({ id }) => id);
}
