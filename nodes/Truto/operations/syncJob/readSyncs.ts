import { listAccounts } from '../../../../lib/api/integratedAccounts';
import { unfinishedRuns } from '../../../../lib/api/recentRuns';
import { listSchedules } from '../../../../lib/api/schedules';
import { runPages } from '../../../../lib/api/syncJobRuns';
import { listSyncJobs } from '../../../../lib/api/syncJobs';
import { syncRun, type SyncRun } from '../../../../lib/health/syncRun';
import type { Sync } from '../../../../lib/health/sync';
import { syncsOf } from '../../../../lib/health/syncsOf';
import type { ItemContext } from '../../../../lib/n8n/operation';
import type { TrutoClient } from '../../../../lib/transport/client';
import { TrutoError } from '../../../../lib/transport/trutoError';
import { idKey } from '../../../../lib/truto/references';
import { readRun, type Run } from '../../../../lib/truto/run';
import { needsOlderRuns, readOlderRuns } from './readOlderRuns';

/** Of how many syncs without a run older ones are read, and of how many others: mostly one request for each. */
const MOST_TRACED = 200;

const HOUR_MS = 3_600_000;

/** How long before now a run may have begun that is still in progress, in milliseconds. */
const LONGEST_RUN_MS = 7 * 24 * HOUR_MS;

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
 * from lists, side by side, which all items share. Older runs are only read of syncs whose state began
 * before that time.
 *
 * @param hours runs created in the last so many hours
 * @throws {TrutoError} if runs, or what a filter depends on, can't be listed
 */
export async function readSyncs(
	{ client, nodeRun }: Pick<ItemContext, 'client' | 'nodeRun'>,
	{ now, hours }: { now: number; hours: number },
	filter: SyncFilter,
): Promise<SyncsRead> {
	const { syncJobId, integrationName, tenantId } = filter;
	const since = now - hours * HOUR_MS;
	const { once } = nodeRun;
	const span = `${hours} hours of ${syncJobId ?? 'all sync jobs'}`;
	const jobList = once('sync jobs', async () => await listed(listSyncJobs(client, {})));
	const jobs = jobList.then(({ things }) => byId(things));
	const seen = async (runs: Run[]) => {
		const known = await jobs;
		return runs.map((run) => syncRun(run, known.get(idKey(run.syncJobId)) ?? null));
	};
	const [jobsRead, knownJobs, accountsRead, schedulesRead, runs, unfinished] = await Promise.all([
		jobList,
		jobs,
		once(`accounts of ${JSON.stringify(tenantId)}`, async () =>
			listed(listAccounts(client, { tenantId })),
		),
		once(`schedules of ${span}`, async () => await listed(listSchedules(client, { syncJobId }))),
		once(`runs of ${span}`, async () => await readRuns(client, { syncJobId, since }, seen)),
		once(`unfinished runs of ${hours} hours`, async () => {
			const createdSince = Math.min(since, now - LONGEST_RUN_MS);
			return await seen((await unfinishedRuns(client, createdSince)).map(readRun));
		}),
	]);
	const notRead = [
		...refusalOf('sync jobs', jobsRead, integrationName !== undefined),
		...refusalOf('integrated accounts', accountsRead, tenantId !== undefined),
		...refusalOf('schedules', schedulesRead, false),
	];
	const syncs = syncsOf({
		runs: [...runs, ...unfinished],
		readSince: since,
		schedules: schedulesRead.things,
		jobs: knownJobs,
		accounts: byId(accountsRead.things),
	}).filter((sync) => isWanted(sync, filter));
	const wanting = syncs.filter(needsOlderRuns);
	// Neither kind takes the place of the other: of one nothing at all is known, of the other not since when.
	const traced = [
		...wanting.filter(({ runs: known }) => known.length === 0).slice(0, MOST_TRACED),
		...wanting.filter(({ runs: known }) => known.length > 0).slice(0, MOST_TRACED),
	];
	await Promise.all(traced.map(async (sync) => await readOlderRuns(client, sync, once)));
	return { syncs, notRead };
}

/** A list, or why the token may not read it. */
interface Listed<T> {
	things: T[];
	refused?: TrutoError;
}

async function listed<T>(list: Promise<T[]>): Promise<Listed<T>> {
	const read: Promise<Listed<T>> = list.then((things) => ({ things }));
	return await read.catch((error: unknown) => {
		if (error instanceof TrutoError && error.status === 403) return { things: [], refused: error };
		throw error;
	});
}

/** @throws {TrutoError} if a filter needs a list that the token may not read */
function refusalOf(name: string, { refused }: Listed<unknown>, isNeeded: boolean): string[] {
	if (refused && isNeeded) throw refused;
	return refused ? [name] : [];
}

async function readRuns(
	client: TrutoClient,
	{ since, syncJobId }: { since: number; syncJobId?: string },
	seen: (page: Run[]) => Promise<SyncRun[]>,
): Promise<SyncRun[]> {
	const runs: SyncRun[] = [];
	// Not by account: Truto can't find runs by one that they only have as an argument.
	const pages = runPages(client, {
		syncJobId,
		createdAfter: new Date(since).toISOString(),
		sort: '-created_at',
		isReadToEnd: true,
	});
	// Only what counts is kept of each page, so that the runs of earlier ones don't take up memory.
	for await (const page of pages) runs.push(...(await seen(page)));
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

function byId<T extends { id: string | null }>(things: T[]): Map<string, T> {
	return new Map(things.map((thing) => [idKey(thing.id), thing]));
}
