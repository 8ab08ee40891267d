/** One log entry of a run; the first three fields are not served, nor are those that are empty. */
export interface LogEntry {
	id: string;
	environment_id: string;
	sync_job_run_event: string;
	timestamp: string;
	sync_job_id: string;
	sync_job_run_id: string;
	integrated_account_id: string;
	/** Of the run that the entry is of. */
	webhook_id: string | null;
	integration: string;
	resource: string | null;
	method: string | null;
	/** `request`, `transform`, `destination`, … */
	sync_job_request_type: string | null;
	status: string;
	num_records: number;
	fetch_duration: number | null;
	retry_after: number | null;
	retry_count: number;
	webhook_status: number | null;
	webhook_successful: boolean | null;
	datastore_successful: boolean | null;
	integrated_account_needs_reauth: boolean | null;
	message: string | null;
	logs: unknown[];
	/** Tries before this one, which failed. See the dialect for how they are served. */
	attempts?: LogAttempt[];
}

/** A try that failed, before one that worked. */
export interface LogAttempt {
	/** The HTTP status. */
	status: number;
	/** Seconds. */
	retry_after?: number;
	/** Who returned the status; `app` if absent. */
	of?: 'app' | 'truto' | 'webhook';
}

/** The logs besides those of runs. */
export type OtherLogType = 'webhook' | 'sync_job_cron_trigger' | 'unified_proxy_api';

/** An entry of another log; `id` and `environment_id` are not served. */
export interface OtherLogEntry {
	id: string;
	environment_id: string;
	timestamp: string;
	[field: string]: unknown;
}
