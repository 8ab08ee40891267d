import { listAccounts } from '../../../../lib/api/integratedAccounts';
import { unfinishedRuns } from '../../../../lib/api/recentRuns';
import { listSchedules } from '../../../../lib/api/schedules';
import { runPages } from '../../../../lib/api/syncJobRuns';
import { listSyncJobs } from '../../../../lib/api/syncJobs';
import { seenRun, type SeenRun } from '../../../../lib/health/seenRun';
import type { Sync } from '../../../../lib/health/sync';
import { syncsOf } from '../../../../lib/health/syncsOf';
import type { TrutoClient } from '../../../../lib/transport/client';
import { TrutoError } from '../../../../lib/transport/trutoError';
import { readRun, type Run } from '../../../../lib/truto/run';
import type { SyncJob } from '../../../../lib/truto/syncJob';
import { needsOlderRuns, readOlderRuns } from './readOlderRuns';

/** Of how many syncs older runs are read, to tell when their state began: a few requests for each. */
const MOST_TRACED = 100;

/** How long before now a run may have begun that is still in progress, in milliseconds. */
const LONGEST_RUN_MS = 7 * 24 * 3_600_000;

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
 * @throws {TrutoError} if runs, or what a filter depends on, can't be listed
 */
export async function readSyncs(
	client: TrutoClient,
	since: number,
	filter: SyncFilter,
): Promise<SyncsRead> {
	const notRead: string[] = [];
	/** Goes on without a list that the token may not read. */
	async function unlessForbidden<T>(name: string, list: Promise<T[]>): Promise<T[]> {
		return await list.catch((error: unknown) => {
			if (!(error instanceof TrutoError) || error.status !== 403) throw error;
			notRead.push(name);
			return [];
		});
	}
	const { syncJobId, integrationName, tenantId } = filter;
	const jobList = listSyncJobs(client, {});
	const accountList = listAccounts(client, { tenantId });
	const jobs = (
		integrationName === undefined ? unlessForbidden('sync jobs', jobList) : jobList
	).then(byId);
	const accounts = (
		tenantId === undefined ? unlessForbidden('integrated accounts', accountList) : accountList
	).then(byId);
	const [knownJobs, knownAccounts, runs, unfinished, schedules] = await Promise.all([
		jobs,
		accounts,
		readRuns(client, { syncJobId, since }, jobs),
		unfinishedRuns(client, Math.min(since, Date.now() - LONGEST_RUN_MS)),
		unlessForbidden('schedules', listSchedules(client, { syncJobId })),
	]);
	for (const run of unfinished.map(readRun)) runs.push(seenRun(run, jobOf(run, knownJobs)));
	const seen = { runs, readSince: since, schedules, jobs: knownJobs, accounts: knownAccounts };
	const syncs = syncsOf(seen).filter((sync) => isWanted(sync, filter));
	const traced = syncs.filter(needsOlderRuns).slice(0, MOST_TRACED);
	await Promise.all(traced.map(async (sync) => await readOlderRuns(client, sync)));
	return { syncs, notRead };
}

async function readRuns(
	client: TrutoClient,
	{ since, syncJobId }: { since: number; syncJobId?: string },
	jobs: Promise<Jobs>,
): Promise<SeenRun[]> {
	const runs: SeenRun[] = [];
	const createdAfter = new Date(since).toISOString();
	// Not by account: Truto can't find runs by one that they only have as an argument.
	// Only what counts is kept of each page, so that the runs of earlier ones don't take up memory.
	for await (const page of runPages(client, {
		syncJobId,
		createdAfter,
		sort: '-created_at',
		isReadToEnd: true,
	})) {
		const known = await jobs;
		for (const run of page) runs.push(seenRun(run, jobOf(run, known)));
	}
	return runs;
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
