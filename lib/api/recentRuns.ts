import type { JsonRecord } from '../json';
import { SYNC_JOB_RUN } from '../truto/kinds';
import { SAFE_PAGE } from '../truto/limits';
import { RUN_STATUSES } from '../truto/statuses';
import { timestamp } from '../truto/timestamp';
import type { TrutoClient } from '../transport/client';
import { TrutoError } from '../transport/trutoError';
import { asSent, listEntries, listOf, pagesOf } from './lists';
import { fetchOne, unlessGone } from './things';

// Truto's own tools list runs with `sort=-created_at`, a single `status`, and `limit`. It isn't certain
// that its lists accept anything else.

/** How many runs of the list are read at most: 100 requests. */
export const MOST_LISTED = 10_000;

/**
 * How many unfinished runs of each status are read. The list begins with the latest, so it has to be more
 * than a trigger follows: else it would never see the oldest.
 */
const MOST_UNFINISHED = 20_000;

/**
 * The latest runs, latest first, page by page.
 *
 * @returns no more than {@link MOST_LISTED} runs; one without a readable `created_at` is left out
 * @throws as `pagesOf`
 */
export function latestRunPages(client: TrutoClient): AsyncGenerator<JsonRecord[]> {
	return pagesOf(client, {
		...listOf(SYNC_JOB_RUN),
		query: { sort: '-created_at' },
		read: asSent,
		limit: MOST_LISTED,
		pageSize: SAFE_PAGE,
		matches: (run) => !Number.isNaN(timestamp(run.created_at)),
	});
}

/**
 * The runs in progress, by their known statuses.
 *
 * @param createdSince milliseconds since 1970
 * @throws {TrutoError} unless Truto refuses a status, which its reference may lack
 */
export async function unfinishedRuns(
	client: TrutoClient,
	createdSince: number,
): Promise<JsonRecord[]> {
	const statuses = RUN_STATUSES.filter(({ ended }) => !ended).map(({ value }) => value);
	const lists = statuses.map(async (status) => {
		const list = listEntries(client, {
			...listOf(SYNC_JOB_RUN),
			query: { sort: '-created_at', status },
			about: `the list of sync job runs with the status ${status}`,
			read: asSent,
			limit: MOST_UNFINISHED,
			matches: (run) => run.status === status,
			isPastEnd: (run) => timestamp(run.created_at) < createdSince,
		});
		return await list.catch((error: unknown) => {
			if (error instanceof TrutoError && error.status === 400) return [];
			throw error;
		});
	});
	return (await Promise.all(lists)).flat();
}

/** What became of single runs. */
export interface RunsById {
	found: JsonRecord[];
	/** Truto no longer knows them. */
	gone: string[];
	/** Why others could not be read. */
	errors: unknown[];
}

/** Fetches runs one by one. A run that can't be read doesn't affect the others. */
export async function runsById(client: TrutoClient, ids: string[]): Promise<RunsById> {
	const result: RunsById = { found: [], gone: [], errors: [] };
	const fetched = await Promise.allSettled(
		ids.map(async (id) => await unlessGone(fetchOne(client, SYNC_JOB_RUN, id))),
	);
	for (const [index, id] of ids.entries()) {
		const outcome = fetched[index];
		if (outcome?.status === 'rejected') result.errors.push(outcome.reason);
		else if (outcome?.value) result.found.push(outcome.value);
		else result.gone.push(id);
	}
	return result;
}
