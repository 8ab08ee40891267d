import { runPages } from '../../../../lib/api/syncJobRuns';
import { syncRun } from '../../../../lib/health/syncRun';
import { beginsBefore, type Sync } from '../../../../lib/health/sync';
import { isOfSync, newestFirst } from '../../../../lib/health/syncsOf';
import type { TrutoClient } from '../../../../lib/transport/client';
import { TrutoError } from '../../../../lib/transport/trutoError';
import { SAFE_PAGE } from '../../../../lib/truto/limits';

/** How many older runs are read for one sync. */
const MOST_OLDER_RUNS = 1_000;

/** A scheduled sync without a run may have run before; of a row of failures, the first one may be older. */
export function needsOlderRuns(sync: Sync): boolean {
	if (sync.syncJobId === null || !Number.isFinite(sync.readSince)) return false;
	return sync.runs.length === 0 || beginsBefore(sync);
}

/**
 * Reads older runs of a sync until it is known when its state began. If Truto doesn't answer, that stays
 * unknown.
 */
export async function readOlderRuns(client: TrutoClient, sync: Sync): Promise<void> {
	await readUntilKnown(client, sync).catch((error: unknown) => {
		if (!(error instanceof TrutoError)) throw error;
	});
}

async function readUntilKnown(client: TrutoClient, sync: Sync): Promise<void> {
	const account = sync.integratedAccountId;
	const before = sync.readSince;
	if (account !== null) {
		await readBack(client, sync, { before, account, limit: MOST_OLDER_RUNS });
		if (sync.runs.length > 0) return;
	}
	// Runs that name their account in their arguments only can't be found by it.
	const limit = account === null ? MOST_OLDER_RUNS : SAFE_PAGE;
	sync.readSince = before;
	await readBack(client, sync, { before, limit });
}

async function readBack(
	client: TrutoClient,
	sync: Sync,
	{ before, account, limit }: { before: number; account?: string; limit: number },
): Promise<void> {
	const pages = runPages(client, {
		syncJobId: sync.syncJobId ?? undefined,
		integratedAccountId: account,
		createdBefore: new Date(before).toISOString(),
		sort: '-created_at',
		limit,
		pageSize: SAFE_PAGE,
	});
	let count = 0;
	for await (const page of pages) {
		count += page.length;
		const runs = page.filter((run) => isOfSync(run, sync)).map((run) => syncRun(run, sync.job));
		sync.runs = newestFirst([...sync.runs, ...runs]);
		const oldest = page.at(-1)?.createdAt.ms ?? Number.NaN;
		if (!Number.isNaN(oldest)) sync.readSince = oldest;
		if (!needsOlderRuns(sync)) return;
	}
	if (count < limit) sync.readSince = Number.NEGATIVE_INFINITY;
}
