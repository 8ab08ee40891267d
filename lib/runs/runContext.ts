import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { jobLabel } from '../syncJobs/jobLabel';
import { accountId, syncJobId } from '../truto/references';
import { timestamp, utcTime } from '../truto/timestamp';

/** The columns that say of which run a row is; null if Truto sent nothing. */
export type RunContext = {
	integration_name: string | null;
	sync_job_label: string | null;
	run_status: string | null;
	run_started_at: string | null;
	run_finished_at: string | null;
	run_duration_seconds: number | null;
	run_created_at: string | null;
	sync_job_run_id: string | null;
	sync_job_id: string | null;
	integrated_account_id: string | null;
};

/**
 * The run's integration. Truto names it on the nested sync job only, which lists and events may leave
 * out; a job over several integrations has none.
 */
export function integrationName(run: JsonRecord): string | null {
	return (isJsonRecord(run.sync_job) && textOrNull(run.sync_job.integration_name)) || null;
}

/** What people call the run's sync job; null if Truto leaves the job out. */
export function runLabel(run: JsonRecord): string | null {
	return jobLabel(run.sync_job);
}

/** Whole seconds from start to finish; null while the run is unfinished or a time is unreadable. */
export function durationSeconds(run: JsonRecord): number | null {
	return secondsBetween(timestamp(run.started_at), timestamp(run.finished_at));
}

/**
 * Whole seconds, at least 0: the clocks of two machines may differ.
 *
 * @param start milliseconds since 1970
 * @param end milliseconds since 1970
 * @returns null if one of them is NaN
 */
export function secondsBetween(start: number, end: number): number | null {
	const seconds = Math.round((end - start) / 1000);
	return Number.isNaN(seconds) ? null : Math.max(0, seconds);
}

/**
 * The run columns that stand on every row of a split.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 */
export function runContext(run: JsonRecord): RunContext {
	return {
		integration_name: integrationName(run),
		sync_job_label: runLabel(run),
		run_status: textOrNull(run.status),
		run_started_at: utcTime(run.started_at),
		run_finished_at: utcTime(run.finished_at),
		run_duration_seconds: durationSeconds(run),
		run_created_at: utcTime(run.created_at),
		sync_job_run_id: textOrNull(run.id),
		sync_job_id: syncJobId(run),
		integrated_account_id: accountId(run),
	};
}
