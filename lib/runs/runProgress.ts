import { textOrNull, type JsonRecord } from '../json';
import { totalCounters } from './resourceStats';
import { timestamp } from '../truto/timestamp';
import { durationSeconds, integrationName } from './runContext';
import { isFinished, isWaiting } from './runStatus';

/**
 * How far a run is.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 * @param now milliseconds since 1970
 * @param stuckAfterMinutes a running run without an update for this long is stuck; Truto itself says
 * so after 5 minutes
 */
export function runProgress(run: JsonRecord, now: number, stuckAfterMinutes: number): JsonRecord {
	const { status } = run;
	const totals = totalCounters(run);
	const elapsedSeconds = durationSeconds(run) ?? secondsBetween(timestamp(run.started_at), now);
	const sinceUpdate = secondsBetween(timestamp(run.updated_at), now);
	const isRunning = !isFinished(status) && !isWaiting(status);
	return {
		sync_job_run_id: textOrNull(run.id),
		sync_job_id: textOrNull(run.sync_job_id),
		integration_name: integrationName(run),
		status: textOrNull(status),
		is_finished: isFinished(status),
		is_completed: status === 'completed',
		is_failed: status === 'failed',
		is_stopped: status === 'stopped',
		is_waiting: isWaiting(status),
		is_running: isRunning,
		is_stuck: isRunning && sinceUpdate !== null && sinceUpdate >= stuckAfterMinutes * 60,
		totals,
		records_per_second: recordsPerSecond(totals?.fetched, elapsedSeconds),
		elapsed_seconds: elapsedSeconds,
		seconds_since_update: sinceUpdate,
		started_at: textOrNull(run.started_at),
		updated_at: textOrNull(run.updated_at),
		finished_at: textOrNull(run.finished_at),
	};
}

/** Records are what Truto counts as `fetched`; null where that is not counted, or no time has passed. */
function recordsPerSecond(fetched: number | undefined, seconds: number | null): number | null {
	if (fetched === undefined || seconds === null || seconds <= 0) return null;
	return Math.round((fetched / seconds) * 100) / 100;
}

function secondsBetween(start: number, end: number): number | null {
	const seconds = (end - start) / 1000;
	return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}
