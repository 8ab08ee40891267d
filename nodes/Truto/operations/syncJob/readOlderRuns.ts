import { runPages } from '../../../../lib/api/syncJobRuns';
import { syncRun, type SyncRun } from '../../../../lib/health/syncRun';
import { beginsBefore, type Sync } from '../../../../lib/health/sync';
import { isOfSync, newestFirst } from '../../../../lib/health/syncsOf';
import type { ItemRun } from '../../../../lib/n8n/nodeRun';
import type { TrutoClient } from '../../../../lib/transport/client';
import { TrutoError } from '../../../../lib/transport/trutoError';
import { SAFE_PAGE } from '../../../../lib/truto/limits';
import { idKey, isAccountInArgs } from '../../../../lib/truto/references';

/** How many older runs are read for one sync, and for all syncs of one job. */
const MOST_OLDER_RUNS = 1_000;

/** A scheduled sync without a run may have run before; of a row of failures, the first one may be older. */
export function needsOlderRuns(sync: Sync): boolean {
	if (sync.syncJobId === null || !Number.isFinite(sync.readSince)) return false;
	return sync.runs.length === 0 || beginsBefore(sync);
}

/**
 * Reads older runs of a sync until it is known when its state began. If Truto doesn't answer, that stays
 * unknown.
 *
 * @param once shares what is read for all syncs of a job
 */
export async function readOlderRuns(
	client: TrutoClient,
	sync: Sync,
	once: ItemRun['once'],
): Promise<void> {
	await readUntilKnown(client, sync, once).catch((error: unknown) => {
		if (!(error instanceof TrutoError)) throw error;
	});
}

async function readUntilKnown(
	client: TrutoClient,
	sync: Sync,
	once: ItemRun['once'],
): Promise<void> {
	const { integratedAccountId: account, readSince: before } = sync;
	// Truto can't find runs by an account that only their arguments name.
	if (account === null || !sync.runs.some((run) => run.isAccountInArgs)) {
		await readBack(client, sync, account ?? undefined);
		if (account === null || sync.runs.length > 0) return;
		sync.readSince = before;
	}
	const key = `runs of ${idKey(sync.syncJobId)} before ${before}`;
	const { runs, readSince } = await once(key, async () => await readOfJob(client, sync, before));
	const own = runs.filter((run) => isOfSync(run, sync));
	sync.runs = newestFirst([...sync.runs, ...own]);
	sync.readSince = readSince;
	// If nothing of this job names its account in its arguments only, Truto would have found the runs by it.
	const isUnsure =
		runs.some((run) => run.isAccountInArgs) ||
		sync.schedules.some(({ raw }) => isAccountInArgs(raw));
	if (sync.runs.length === 0 && !isUnsure) sync.readSince = Number.NEGATIVE_INFINITY;
}

/** Adds older runs that Truto finds by the account, or all of the job, until enough is known. */
async function readBack(
	client: TrutoClient,
	sync: Sync,
	account: string | undefined,
): Promise<void> {
	const pages = runPages(client, {
		...olderThan(sync, sync.readSince),
		integratedAccountId: account,
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
	if (count < MOST_OLDER_RUNS) sync.readSince = Number.NEGATIVE_INFINITY;
}

/** The older runs of a sync's job, of all accounts. */
async function readOfJob(
	client: TrutoClient,
	sync: Sync,
	before: number,
): Promise<Pick<Sync, 'runs' | 'readSince'>> {
	const runs: SyncRun[] = [];
	for await (const page of runPages(client, olderThan(sync, before))) {
		runs.push(...page.map((run) => syncRun(run, sync.job)));
	}
	const times = runs.map(({ createdAt }) => createdAt).filter((time) => !Number.isNaN(time));
	const areAll = runs.length < MOST_OLDER_RUNS;
	return { runs, readSince: areAll ? Number.NEGATIVE_INFINITY : Math.min(before, ...times) };
}

function olderThan({ syncJobId }: Sync, time: number) {
	return {
		syncJobId: syncJobId ?? undefined,
		createdBefore: new Date(time).toISOString(),
		sort: '-created_at',
		limit: MOST_OLDER_RUNS,
	};
}
