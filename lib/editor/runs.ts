import { accountPages } from '../api/integratedAccounts';
import { NameBook } from '../api/nameBook';
import type { TrutoClient } from '../transport/client';
import { SYNC_JOB_RUN } from '../truto/kinds';
import { readRun, type Run } from '../truto/run';
import { RUN_STATUSES } from '../truto/statuses';
import { runText } from './labels';
import { searchPages, wordsOf, type Found, type SearchList } from './search';

/** Of how many accounts runs are searched, if the latest runs of all don't have what people look for. */
const MOST_ACCOUNTS = 10;

/** How many accounts are looked at for that. */
const MOST_LISTED = 2_000;

/**
 * Latest first. Truto itself filters by status.
 *
 * @param timeZone that times are shown in
 * @param account only runs of this integrated account
 */
function runList(timeZone: string, account?: string): SearchList<Run> {
	return {
		kind: SYNC_JOB_RUN,
		query: (words) => ({
			sort: '-created_at',
			status: RUN_STATUSES.find(({ value }) =>
				value.split('_').every((word) => words.includes(word)),
			)?.value,
			integrated_account_id: account,
		}),
		read: readRun,
		namer: (client) => {
			const book = new NameBook(client);
			return async (runs) =>
				(await book.named(runs)).map((run) => runText(run, timeZone, Date.now()));
		},
	};
}

/**
 * Searches the latest runs. If none of them matches, but there are more, it looks for customers that people
 * may mean, and searches their latest runs.
 *
 * @param start where the previous search ended
 * @throws {TrutoError}
 */
export async function searchRuns(
	client: TrutoClient,
	timeZone: string,
	filter: string | undefined,
	start?: string,
): Promise<Found> {
	const found = await searchPages(client, runList(timeZone), filter, start);
	const words = wordsOf(filter);
	if (found.results.length > 0 || found.cursor === undefined || words.length === 0) return found;
	const accounts = await accountsOf(client, words).catch(() => []);
	const each = await Promise.all(
		accounts.map(async (account) => await searchPages(client, runList(timeZone, account), filter)),
	);
	const results = each.flatMap((one) => one.results);
	return results.length > 0 ? { results } : found;
}

/** The accounts of customers whose names contain one of the words. */
async function accountsOf(client: TrutoClient, words: string[]): Promise<string[]> {
	const ids: string[] = [];
	for await (const page of accountPages(client, { limit: MOST_LISTED })) {
		for (const { id, tenantId } of page) {
			const tenant = tenantId?.toLowerCase() ?? '';
			if (id !== null && words.some((word) => tenant.includes(word))) ids.push(id);
		}
	}
	return ids.slice(0, MOST_ACCOUNTS);
}
