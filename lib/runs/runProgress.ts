import { textOrNull, type JsonRecord } from '../json';
import { accountId, syncJobId } from '../truto/references';
import { hasEnded, isWaiting } from '../truto/statuses';
import { timestamp, utcTime } from '../truto/timestamp';
import { totalCounters } from './resourceStats';
import { durationSeconds, runLabel, secondsBetween } from './runContext';

/** After this many minutes without an update, Truto itself calls a run stuck. */
export const STUCK_AFTER_MINUTES = 5;

/**
 * How far a run is. Exactly one of `is_finished`, `is_waiting`, `is_running` and `is_stuck` is true: a
 * stuck run is not counted as running.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 * @param now milliseconds since 1970
 * @param stuckAfterMinutes a running run without an update for this long is stuck; Truto itself says
 * so after 5 minutes
 * @returns times in UTC, spans in whole seconds, `totals` with the sum of every counter
 */
export function runProgress(
	run: JsonRecord,
	now: number,
	stuckAfterMinutes: number = STUCK_AFTER_MINUTES,
): JsonRecord {
	const { status } = run;
	const totals = totalCounters(run);
	const elapsedSeconds = durationSeconds(run) ?? secondsBetween(timestamp(run.started_at), now);
	const isStuck = isRunStuck(run, now, stuckAfterMinutes);
	const isOver = hasEnded(run);
	return {
		sync_job_run_id: textOrNull(run.id),
		status: textOrNull(status),
		is_stuck: isStuck,
		fetched: totals?.fetched ?? null,
		persisted: totals?.persisted ?? null,
		records_per_second: recordsPerSecond(totals?.fetched, elapsedSeconds),
		elapsed_seconds: elapsedSeconds,
		seconds_since_update: secondsSinceUpdate(run, now),
		is_finished: isOver,
		is_completed: status === 'completed',
		is_failed: status === 'failed',
		is_stopped: status === 'stopped',
		is_waiting: isWaiting(run),
		is_running: !isOver && !isWaiting(run) && !isStuck,
		label: runLabel(run),
		started_at: utcTime(run.started_at),
		updated_at: utcTime(run.updated_at),
		finished_at: utcTime(run.finished_at),
		sync_job_id: syncJobId(run),
		integrated_account_id: accountId(run),
		totals,
	};
}

/**
 * Whether a run that should be working hasn't been updated for this long. A waiting run isn't stuck, and
 * neither is one whose last update is unknown.
 */
export function isRunStuck(run: JsonRecord, now: number, stuckAfterMinutes: number): boolean {
	const seconds = secondsSinceUpdate(run, now);
	if (seconds === null || hasEnded(run) || isWaiting(run)) return false;
	return seconds >= stuckAfterMinutes * 60;
}

/** Whole seconds since Truto last wrote the run; null if that time is unknown. */
export function secondsSinceUpdate(run: JsonRecord, now: number): number | null {
	return secondsBetween(timestamp(run.updated_at), now);
}

/** Records are what Truto counts as `fetched`; null if they aren't counted or no time has passed. */
function recordsPerSecond(fetched: number | undefined, seconds: number | null): number | null {
	if (fetched === undefined || seconds === null || seconds <= 0) return null;
	return Math.round((fetched / seconds) * 100) / 100;
}
