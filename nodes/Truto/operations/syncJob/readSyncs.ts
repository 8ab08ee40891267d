import { seenRun, type SeenRun } from '../../../../lib/health/seenRun';
import { beginsBefore, type Sync } from '../../../../lib/health/sync';
import { newestFirst, syncsOf } from '../../../../lib/health/syncsOf';
import type { TrutoClient } from '../../../../lib/transport/client';
import { TrutoError } from '../../../../lib/transport/trutoError';
import type { Run } from '../../../../lib/truto/run';
import type { SyncJob } from '../../../../lib/truto/syncJob';
import { listAccounts } from '../../../../lib/api/integratedAccounts';
import { unfinishedRuns } from '../../../../lib/api/recentRuns';
import { listSchedules } from '../../../../lib/api/schedules';
import { runPages } from '../../../../lib/api/syncJobRuns';
import { listSyncJobs } from '../../../../lib/api/syncJobs';

/** Of how many syncs older runs are read, to tell when their state began: a few requests for each. */
const MOST_TRACED = 100;

/** How many older runs of one sync are read. */
const MOST_OLDER_RUNS = 1_000;

/** Which syncs to read. */
export interface SyncFilter {
	syncJobId?: string;
	integratedAccountId?: string;
	/** Truto's name of an integration, such as `hubspot`. */
	integrationName?: string;
	tenantId?: string;
}

/** What was read, and what could not be. */
export interface SyncsRead {
	syncs: Sync[];
	/** The lists that Truto refused, such as `integrated accounts`. */
	notRead: string[];
}

/**
 * The syncs that are seen in the runs of a time, in unfinished runs, or in the schedules. Everything comes
 * from lists, side by side. Older runs are only read of syncs whose state began before that time.
 *
 * @param since runs created since then, in milliseconds since 1970
 * @throws {TrutoError} if runs can't be listed
 */
export async function readSyncs(
	client: TrutoClient,
	since: number,
	filter: SyncFilter,
): Promise<SyncsRead> {
	const notRead: string[] = [];
	async function unlessForbidden<T>(name: string, list: Promise<T[]>): Promise<T[]> {
		return await list.catch((error: unknown) => {
			if (!(error instanceof TrutoError) || error.status !== 403) throw error;
			notRead.push(name);
			return [];
		});
	}
	const { syncJobId, integratedAccountId } = filter;
	const ids = { syncJobId, integratedAccountId };
	const jobs = unlessForbidden('sync jobs', listSyncJobs(client, {})).then(byId);
	const [known, runs, unfinished, accounts, schedules] = await Promise.all([
		jobs,
		readRuns(client, { ...ids, since }, jobs),
		unfinishedRuns(client),
		unlessForbidden('integrated accounts', listAccounts(client, {})).then(byId),
		unlessForbidden('schedules', listSchedules(client, ids)),
	]);
	const syncs = syncsOf({
		runs: [...runs, ...unfinished.map((run) => seenRun(run, jobOf(run, known)))],
		readSince: since,
		schedules,
		jobs: known,
		accounts,
	}).filter((sync) => isWanted(sync, filter));
	const traced = syncs.filter(needsOlderRuns).slice(0, MOST_TRACED);
	await Promise.all(traced.map(async (sync) => await readOlderRuns(client, sync)));
	return { syncs, notRead };
}

async function readRuns(
	client: TrutoClient,
	{ since, ...ids }: { since: number; syncJobId?: string; integratedAccountId?: string },
	jobs: Promise<Jobs>,
): Promise<SeenRun[]> {
	const runs: SeenRun[] = [];
	const createdAfter = new Date(since).toISOString();
	// Only what counts is kept of each page, so that the runs of earlier ones don't take up memory.
	for await (const page of runPages(client, { ...ids, createdAfter, sort: '-created_at' })) {
		const known = await jobs;
		for (const run of page) runs.push(seenRun(run, jobOf(run, known)));
	}
	return runs;
}

/** A scheduled sync without a run may have run before; of a row of failures, the first one may be older. */
function needsOlderRuns(sync: Sync): boolean {
	return sync.syncJobId !== null && (sync.runs.length === 0 || beginsBefore(sync));
}

/** Reads on until it is known when the sync's state began. If Truto doesn't answer, it stays unknown. */
async function readOlderRuns(client: TrutoClient, sync: Sync): Promise<void> {
	const pages = runPages(client, {
		syncJobId: sync.syncJobId ?? undefined,
		integratedAccountId: sync.integratedAccountId ?? undefined,
		sort: '-created_at',
		limit: MOST_OLDER_RUNS,
		pageSize: 100,
	});
	let count = 0;
	try {
		for await (const page of pages) {
			count += page.length;
			const runs = page.map((run) => seenRun(run, sync.job));
			sync.runs = newestFirst([...sync.runs, ...runs]);
			sync.readSince = runs.at(-1)?.createdAt ?? sync.readSince;
			if (!needsOlderRuns(sync)) return;
		}
	} catch (error) {
		if (error instanceof TrutoError) return;
		throw error;
	}
	if (count < MOST_OLDER_RUNS) sync.readSince = Number.NEGATIVE_INFINITY;
}

function isWanted({ job, account, ...sync }: Sync, filter: SyncFilter): boolean {
	const integrations = [job?.integrationName, account?.integrationName];
	return (
		isSame(sync.syncJobId, filter.syncJobId) &&
		isSame(sync.integratedAccountId, filter.integratedAccountId) &&
		isSame(account?.tenantId, filter.tenantId) &&
		integrations.some((name) => isSame(name, filter.integrationName))
	);
}

function isSame(value: string | null | undefined, wanted: string | undefined): boolean {
	return wanted === undefined || value?.toLowerCase() === wanted.toLowerCase();
}

type Jobs = ReadonlyMap<string, SyncJob>;

function jobOf({ syncJobId }: Run, jobs: Jobs): SyncJob | null {
	return jobs.get(syncJobId?.toLowerCase() ?? '') ?? null;
}

function byId<T extends { id: string | null }>(things: T[]): Map<string, T> {
	return new Map(things.map((thing) => [thing.id?.toLowerCase() ?? '', thing]));
}
