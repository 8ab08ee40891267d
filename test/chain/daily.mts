import type { ResourceStats, RunInput, Store } from '../simulator/index.mts';

/** The columns of *Daily sync report*. */
export const DAILY_HEADER = [
	...['report_date', 'tenant_id', 'sync_job_label', 'integration_name', 'status', 'resource'],
	...['fetched', 'persisted', 'started_at', 'finished_at', 'duration_seconds'],
	'sync_job_run_id',
];

/** The time zone of the workflow: never the machine's, and without summer time. */
export const ZONE = 'Asia/Kathmandu';
const AHEAD_MS = (5 * 60 + 45) * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Midnight in {@link ZONE}, so many days ago, in milliseconds. */
export function midnight(daysAgo: number, now = Date.now()): number {
	return Math.floor((now + AHEAD_MS) / DAY_MS) * DAY_MS - AHEAD_MS - daysAgo * DAY_MS;
}

/** Yesterday's date in {@link ZONE}. */
export function yesterday(now = Date.now()): string {
	return new Date(now + AHEAD_MS - DAY_MS).toISOString().slice(0, 10);
}

/** The same as the message writes it, such as `24 November 2026`. */
export function yesterdayInWords(): string {
	return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(
		Date.parse(yesterday()),
	);
}

/** Counters of a resource that was listed. */
export function counts(fetched: number, persisted = fetched) {
	return { list: { fetched, persisted } };
}

/** Adds a run that took an hour, and ended at that time; it is still going if that is null. */
export function addRunUntil(
	store: Store,
	end: number | null,
	stats: ResourceStats | null,
	input: RunInput = {},
): string {
	const begin = (end ?? Date.now()) - HOUR_MS;
	const finished_at = end === null ? null : new Date(end).toISOString();
	return store.addRun({
		status: 'completed',
		resource_stats: stats,
		created_at: new Date(begin - 60_000).toISOString(),
		started_at: new Date(begin).toISOString(),
		updated_at: finished_at ?? new Date().toISOString(),
		finished_at,
		...input,
	}).id;
}
