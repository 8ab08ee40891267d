import type { JsonRecord } from '../json';
import type { Run } from '../truto/run';
import { isRunStatus } from '../truto/statuses';
import { totalCounters } from './resourceStats';
import { durationSeconds, secondsBetween } from './runContext';

/** After this many minutes without an update, Truto itself calls a run stuck. */
export const STUCK_AFTER_MINUTES = 5;

/** After this long in the queue, or after the end of a pause, somebody should take a look. */
export const LONG_WAIT_MINUTES = 60;

/** Rate limits for a day are the longest common ones. This counts if nobody announced the end of a pause. */
export const LONGEST_PAUSE_MINUTES = 24 * 60;

/**
 * How far along a run is. Exactly one of `is_finished`, `is_waiting`, `is_running` and `is_stuck` is true: a
 * stuck run is not counted as running.
 *
 * @param now milliseconds since 1970
 * @param stuckAfterMinutes a running run without an update for this long is stuck; Truto itself says
 * so after 5 minutes
 * @returns times in UTC, spans in whole seconds, `totals` with the sum of every counter
 */
export function runProgress(
	run: Run,
	now: number,
	stuckAfterMinutes: number = STUCK_AFTER_MINUTES,
): JsonRecord {
	const { stage } = run;
	const totals = totalCounters(run);
	const sinceStart = run.hasEnded ? null : secondsBetween(run.startedAt.ms, now);
	const elapsedSeconds = durationSeconds(run) ?? sinceStart;
	const isStuck = isRunStuck(run, now, stuckAfterMinutes);
	const isWaiting = stage === 'waiting' || stage === 'paused';
	return {
		status: run.status,
		is_stuck: isStuck,
		fetched: totals?.fetched ?? null,
		persisted: totals?.persisted ?? null,
		tenant_id: run.tenantId,
		sync_job_label: run.label,
		integration_name: run.integrationName,
		records_per_second: recordsPerSecond(totals?.fetched, elapsedSeconds),
		elapsed_seconds: elapsedSeconds,
		seconds_since_update: secondsSinceUpdate(run, now),
		is_finished: run.hasEnded,
		is_completed: stage === 'completed',
		is_failed: stage === 'failed',
		is_stopped: stage === 'stopped',
		is_waiting: isWaiting,
		is_running: stage === 'running' && !isStuck,
		started_at: run.startedAt.text,
		updated_at: run.updatedAt.text,
		finished_at: run.finishedAt.text,
		totals,
		sync_job_run_id: run.id,
		sync_job_id: run.syncJobId,
		integrated_account_id: run.integratedAccountId,
	};
}

/**
 * Whether a run that should be working hasn't been updated for this long. A waiting run isn't stuck, and
 * neither is one whose last update is unknown, or whose status is: it may be a new kind of pause.
 */
export function isRunStuck(run: Run, now: number, stuckAfterMinutes: number): boolean {
	const seconds = secondsSinceUpdate(run, now);
	if (seconds === null || run.stage !== 'running' || !isRunStatus(run.status)) return false;
	return seconds >= stuckAfterMinutes * 60;
}

/** Whole seconds since Truto last wrote the run; null if that time is unknown. */
export function secondsSinceUpdate({ updatedAt }: Run, now: number): number | null {
	return secondsBetween(updatedAt.ms, now);
}

/** Records are what Truto counts as `fetched`; null if they aren't counted or no time has passed. */
function recordsPerSecond(fetched: number | undefined, seconds: number | null): number | null {
	if (fetched === undefined || seconds === null || seconds <= 0) return null;
	return Math.round((fetched / seconds) * 100) / 100;
}
