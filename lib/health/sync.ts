import type { Account } from '../truto/account';
import type { Schedule } from '../truto/schedule';
import type { SyncJob } from '../truto/syncJob';
import type { SyncRun } from './syncRun';

/** What is known about one sync: a sync job and an integrated account. */
export interface Sync {
	syncJobId: string | null;
	integratedAccountId: string | null;
	/** Newest first. */
	runs: SyncRun[];
	/** All runs created since then are known, in milliseconds since 1970; `-Infinity` if all are. */
	readSince: number;
	schedules: Schedule[];
	/** null if it is not known. */
	job: SyncJob | null;
	/** null if it is not known. */
	account: Account | null;
}

/** What the verdict depends on besides the sync. */
export interface Rules {
	/** Milliseconds since 1970. */
	now: number;
	/** A sync is late if nothing has succeeded for so long; undefined to go by its schedules. */
	lateAfterHours?: number;
}

/** The runs that completed or failed, newest first: one that somebody stopped says nothing about the sync. */
export function decidedRuns({ runs }: Sync): SyncRun[] {
	return runs.filter(({ stage }) => stage === 'completed' || stage === 'failed');
}

/** The newest runs that failed, without a completed one between them. */
export function failedInARow(sync: Sync): SyncRun[] {
	return takeWhile(decidedRuns(sync), ({ stage }) => stage === 'failed');
}

/** The newest runs that completed and lost a whole resource. */
export function losingInARow(sync: Sync): SyncRun[] {
	return takeWhile(decidedRuns(sync), ({ losing }) => losing !== null);
}

/**
 * Whether the beginning of the sync's state lies before the runs that were read, so that older ones have
 * to be read to tell when it began.
 */
export function beginsBefore(sync: Sync): boolean {
	const decided = decidedRuns(sync);
	const streak = Math.max(failedInARow(sync).length, losingInARow(sync).length);
	return sync.readSince > Number.NEGATIVE_INFINITY && streak > 0 && streak === decided.length;
}

/** The newest run that completed. */
export function lastSuccess(sync: Sync): SyncRun | undefined {
	return sync.runs.find(({ stage }) => stage === 'completed');
}

/** When a run ended, or if that isn't known, when it was created. */
export function endOf({ finishedAt, createdAt }: SyncRun): number {
	return Number.isNaN(finishedAt) ? createdAt : finishedAt;
}

function takeWhile<T>(values: T[], holds: (value: T) => boolean): T[] {
	const end = values.findIndex((value) => !holds(value));
	return end < 0 ? values : values.slice(0, end);
}
