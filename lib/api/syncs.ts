import { newestFirst, syncsOf } from '../health/syncsOf';
import { seenRun, type SeenRun } from '../health/seenRun';
import { beginsBefore, type Sync } from '../health/sync';
import { textOrNull, type JsonRecord } from '../json';
import type { TrutoClient } from '../transport/client';
import { TrutoError } from '../transport/trutoError';
import { listAccounts } from './integratedAccounts';
import { listEntries } from './lists';
import { unfinishedRuns } from './recentRuns';
import { listSchedules } from './schedules';
import { runPages } from './syncJobRuns';

/** Of how many syncs older runs are read, to tell when their state began: a request for each, or a few. */
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
	/** Lists that Truto refused, such as `integrated accounts`. */
	notRead: string[];
}

/**
 * The syncs that are seen in the runs of a time or in the schedules. Everything comes from lists, side by
 * side. Older runs are only read of syncs whose state began before that time.
 *
 * @param since runs created since then, in milliseconds since 1970
 * @throws {TrutoError} if runs can't be listed; other lists may be missing
 */
export async function readSyncs(
	client: TrutoClient,
	since: number,
	filter: SyncFilter,
): Promise<SyncsRead> {
	const notRead: string[] = [];
	const unless = async (name: string, list: Promise<JsonRecord[]>): Promise<JsonRecord[]> =>
		await list.catch((error: unknown) => {
			if (!(error instanceof TrutoError) || error.status !== 403) throw error;
			notRead.push(name);
			return [];
		});
	const { syncJobId, integratedAccountId } = filter;
	const ids = { syncJobId, integratedAccountId };
	const jobs = unless(
		'sync jobs',
		listEntries(client, { path: '/sync-job', query: {}, about: 'the list of sync jobs' }),
	).then(byId);
	const [runs, accounts, schedules, unfinished] = await Promise.all([
		readRuns(client, { ...ids, since }, jobs),
		unless('integrated accounts', listAccounts(client, {})).then(byId),
		unless('schedules', listSchedules(client, ids)),
		unfinishedRuns(client, Number.NEGATIVE_INFINITY),
	]);
	const known = await jobs;
	const older = unfinished.map((run) => seenRunOf(run, known));
	const syncs = syncsOf({
		runs: [...runs, ...older],
		readSince: since,
		schedules,
		jobs: known,
		accounts,
	}).filter((sync) => isWanted(sync, filter));
	const traced = syncs.filter(needsOlderRuns).slice(0, MOST_TRACED);
	await Promise.all(traced.map(async (sync) => await readOlderRuns(client, sync, known)));
	return { syncs, notRead };
}

async function readRuns(
	client: TrutoClient,
	{ since, ...ids }: { since: number; syncJobId?: string; integratedAccountId?: string },
	jobs: Promise<Things>,
): Promise<SeenRun[]> {
	const runs: SeenRun[] = [];
	const createdAfter = new Date(since).toISOString();
	// Only what counts is kept of each page, so that the runs of earlier ones don't take up memory.
	for await (const page of runPages(client, { ...ids, createdAfter, sort: '-created_at' })) {
		const known = await jobs;
		for (const run of page) runs.push(seenRunOf(run, known));
	}
	return runs;
}

/** A scheduled sync without a run may have run before; of a row of failures, the first one may be older. */
function needsOlderRuns(sync: Sync): boolean {
	return sync.syncJobId !== null && (sync.runs.length === 0 || beginsBefore(sync));
}

/** Reads on until it is known when the sync's state began. If Truto doesn't answer, it stays unknown. */
async function readOlderRuns(client: TrutoClient, sync: Sync, jobs: Things): Promise<void> {
	const pages = runPages(client, {
		syncJobId: sync.syncJobId ?? undefined,
		integratedAccountId: sync.accountId ?? undefined,
		sort: '-created_at',
		limit: MOST_OLDER_RUNS,
		pageSize: 100,
	});
	let count = 0;
	try {
		for await (const page of pages) {
			count += page.length;
			const runs = page.map((run) => seenRunOf(run, jobs));
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

function isWanted(sync: Sync, { syncJobId, integratedAccountId, ...names }: SyncFilter): boolean {
	const integration = sync.account?.integration;
	const integrations = [sync.job?.integration_name, nameOf(integration)];
	return (
		isSame(sync.syncJobId, syncJobId) &&
		isSame(sync.accountId, integratedAccountId) &&
		isSame(textOrNull(sync.account?.tenant_id), names.tenantId) &&
		(names.integrationName === undefined ||
			integrations.some((name) => isSame(textOrNull(name), names.integrationName)))
	);
}

function nameOf(integration: unknown): string | null {
	return textOrNull((integration as JsonRecord | undefined)?.name);
}

function isSame(value: string | null, wanted: string | undefined): boolean {
	return wanted === undefined || value?.toLowerCase() === wanted.toLowerCase();
}

type Things = ReadonlyMap<string, JsonRecord>;

function byId(things: JsonRecord[]): Things {
	return new Map(things.map((thing) => [String(thing.id).toLowerCase(), thing]));
}

function seenRunOf(run: JsonRecord, jobs: Things): SeenRun {
	const seen = seenRun(run, undefined);
	return seen.syncJobId === null
		? seen
		: seenRun(run, jobs.get(seen.syncJobId.toLowerCase())?.resources);
}
