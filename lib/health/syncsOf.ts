import type { Account } from '../truto/account';
import { idKey } from '../truto/references';
import type { Schedule } from '../truto/schedule';
import type { SyncJob } from '../truto/syncJob';
import type { SyncRun } from './syncRun';
import type { Sync } from './sync';

/** What was read of an environment. */
export interface Seen {
	/** In any order. */
	runs: SyncRun[];
	/** All runs created since then are in `runs`; milliseconds since 1970. */
	readSince: number;
	schedules: Schedule[];
	/** By `idKey`. */
	jobs: ReadonlyMap<string, SyncJob>;
	/** By `idKey`. */
	accounts: ReadonlyMap<string, Account>;
}

/**
 * The syncs that runs or schedules show: one for each sync job and integrated account. A run without an
 * account, such as of a job over several integrations, belongs to a sync without one.
 */
export function syncsOf({ runs, readSince, schedules, jobs, accounts }: Seen): Sync[] {
	const syncs = new Map<string, Sync>();
	const syncFor = (job: string | null, account: string | null): Sync => {
		const key = keyOf(job, account);
		const known = syncs.get(key);
		if (known) return known;
		const sync: Sync = {
			syncJobId: job,
			integratedAccountId: account,
			runs: [],
			readSince,
			schedules: [],
			job: jobs.get(idKey(job)) ?? null,
			account: accounts.get(idKey(account)) ?? null,
		};
		syncs.set(key, sync);
		return sync;
	};
	for (const run of runs) syncFor(run.syncJobId, run.integratedAccountId).runs.push(run);
	for (const schedule of schedules) {
		syncFor(schedule.syncJobId, schedule.integratedAccountId).schedules.push(schedule);
	}
	for (const sync of syncs.values()) sync.runs = newestFirst(sync.runs);
	return [...syncs.values()];
}

/** Whether a run belongs to a sync. */
export function isOfSync(
	run: { syncJobId: string | null; integratedAccountId: string | null },
	sync: Sync,
): boolean {
	return (
		keyOf(run.syncJobId, run.integratedAccountId) ===
		keyOf(sync.syncJobId, sync.integratedAccountId)
	);
}

function keyOf(syncJobId: string | null, integratedAccountId: string | null): string {
	return `${idKey(syncJobId)} ${idKey(integratedAccountId)}`;
}

/** Newest first, each run once; those without a readable time come last. */
export function newestFirst(runs: SyncRun[]): SyncRun[] {
	const byId = new Map(runs.map((run) => [run.id === null ? run : idKey(run.id), run]));
	const time = ({ createdAt }: SyncRun) =>
		Number.isNaN(createdAt) ? Number.NEGATIVE_INFINITY : createdAt;
	return [...byId.values()].sort((a, b) => (time(a) === time(b) ? 0 : time(b) - time(a)));
}
