import type { Run } from '../truto/run';

/** The columns that say of which run a row is; null if Truto sent nothing. */
export type RunContext = {
	tenant_id: string | null;
	sync_job_label: string | null;
	integration_name: string | null;
	status: string | null;
	started_at: string | null;
	finished_at: string | null;
	duration_seconds: number | null;
	created_at: string | null;
	sync_job_run_id: string | null;
	sync_job_id: string | null;
	integrated_account_id: string | null;
};

/** Whole seconds from start to finish; null while the run is unfinished or a time is unreadable. */
export function durationSeconds({ startedAt, finishedAt }: Run): number | null {
	return secondsBetween(startedAt.ms, finishedAt.ms);
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

/** The columns that every row about a run has. */
export function runContext(run: Run): RunContext {
	return {
		tenant_id: run.tenantId,
		sync_job_label: run.label,
		integration_name: run.integrationName,
		status: run.status,
		started_at: run.startedAt.text,
		finished_at: run.finishedAt.text,
		duration_seconds: durationSeconds(run),
		created_at: run.createdAt.text,
		sync_job_run_id: run.id,
		sync_job_id: run.syncJobId,
		integrated_account_id: run.integratedAccountId,
	};
}
