import type { Dialect } from './dialect.mts';
import type { SyncJobRun } from './types.mts';

const CLOCK_AHEAD_MS = 600_000;
const LISTED_AFTER_MS = 60_000;

/** D16: the `created_at` of a run that is created now. */
export function createdAt(now: number, { runClock }: Dialect): string {
	return new Date(now + (runClock === 'ahead' ? CLOCK_AHEAD_MS : 0)).toISOString();
}

/** D16: whether the lists have a run yet. */
export function isListed(run: SyncJobRun, now: number, dialect: Dialect): boolean {
	if (dialect.runListed === 'at-once') return true;
	const shownAt = Date.parse(run.created_at) + LISTED_AFTER_MS;
	return shownAt <= Date.parse(createdAt(now, dialect));
}
