import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { timestamp } from '../truto/timestamp';

/** The columns that say of which run a row is; null where Truto sent nothing. */
export type RunContext = {
	sync_job_run_id: string | null;
	sync_job_id: string | null;
	integrated_account_id: string | null;
	integration_name: string | null;
	run_status: string | null;
	run_created_at: string | null;
	run_started_at: string | null;
	run_finished_at: string | null;
	run_duration_seconds: number | null;
};

/** The run's integration, which Truto names on the nested sync job only. */
export function integrationName(run: JsonRecord): string | null {
	return isJsonRecord(run.sync_job) ? textOrNull(run.sync_job.integration_name) : null;
}

/** Seconds from start to finish; null while the run is unfinished or a timestamp is unreadable. */
export function durationSeconds(run: JsonRecord): number | null {
	const seconds = (timestamp(run.finished_at) - timestamp(run.started_at)) / 1000;
	return Number.isNaN(seconds) ? null : seconds;
}

/**
 * The run columns that stand on every row of a split.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 */
export function runContext(run: JsonRecord): RunContext {
	return {
		sync_job_run_id: textOrNull(run.id),
		sync_job_id: textOrNull(run.sync_job_id),
		integrated_account_id: textOrNull(run.integrated_account_id),
		integration_name: integrationName(run),
		run_status: textOrNull(run.status),
		run_created_at: textOrNull(run.created_at),
		run_started_at: textOrNull(run.started_at),
		run_finished_at: textOrNull(run.finished_at),
		run_duration_seconds: durationSeconds(run),
	};
}
