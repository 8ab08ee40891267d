/** A resource of a sync job, as sync jobs and their runs list it. */
export interface SyncJobResource {
	resource: string;
	method: string;
	id?: string;
	query?: Record<string, unknown>;
	loop_on?: string;
	depends_on?: string;
	persist?: boolean;
}

/** Resource name -> method -> counters. */
export type ResourceStats = Record<string, Record<string, Record<string, number>>>;

export interface ArgsSchemaProperty {
	type?: string;
	description?: string;
	/** Truto's own shape: the flag sits on the property. */
	required?: boolean;
	default?: unknown;
	enum?: unknown[];
	[key: string]: unknown;
}

export interface ArgsSchema {
	type: 'object';
	properties?: Record<string, ArgsSchemaProperty>;
	/** The reference says boolean; plain JSON Schema says a list of names. Both are served. */
	required?: boolean | string[];
	additionalProperties?: boolean;
	[key: string]: unknown;
}

export interface SyncJob {
	id: string;
	/** Newer jobs only. */
	label?: string;
	integration_name: string;
	args_schema: ArgsSchema;
	resources: SyncJobResource[];
	environment_id: string;
	default_runtime_version: number;
	created_at: string;
	updated_at: string;
	[key: string]: unknown;
}

export interface IntegratedAccount {
	id: string;
	tenant_id: string;
	status: string;
	integration: { name: string; label: string };
	environment_id: string;
	created_at: string;
	updated_at: string;
	[key: string]: unknown;
}

export interface SyncJobRun {
	id: string;
	args: Record<string, unknown>;
	resources: SyncJobResource[];
	sync_job_id: string;
	integrated_account_id: string;
	status: string;
	daemon_id: string | null;
	daemon_group_key: string | null;
	webhook_id: string | null;
	error_handling: string;
	ignore_previous_run: boolean;
	version: number;
	/** Null until the run has fetched something. */
	resource_stats: ResourceStats | null;
	created_at: string;
	updated_at: string;
	started_at: string | null;
	finished_at: string | null;
	sync_job: Omit<SyncJob, 'label' | 'default_runtime_version'>;
	/** Not on the reference page: the answers of a live API carry more than is documented. */
	environment_id: string;
	/** Not on the reference page either. */
	is_scheduled: boolean;
	[key: string]: unknown;
}

/** One log entry of a run; the first three fields are the simulator's own and are not served. */
export interface LogEntry {
	id: string;
	environment_id: string;
	sync_job_run_event: string;
	timestamp: string;
	sync_job_id: string;
	sync_job_run_id: string;
	integrated_account_id: string;
	resource: string | null;
	status: string;
	num_records: number;
	fetch_duration: number | null;
	retry_after: number | null;
	retry_count: number;
	webhook_status: number | null;
	webhook_successful: boolean | null;
	logs: unknown[];
}

export interface Webhook {
	id: string;
	target_url: string;
	event_types: string[];
	is_active: boolean;
	environment_id: string;
	/** Served once, by the answer that creates the webhook. */
	secret: string;
	created_at: string;
	updated_at: string;
}

/** A step of a run's life. */
export interface RunPhase {
	status: string;
	/** Milliseconds after the previous phase began; for the first phase, after the run's `created_at`. */
	afterMs: number;
	/** Log entries written when the phase begins. A `failed` phase without any gets one. */
	logs?: Partial<LogEntry>[];
}

/** A run as a test describes it. `run_script` drives it through its states and is never served. */
export type RunInput = Partial<SyncJobRun> & { run_script?: RunPhase[] };
/** A sync job as a test describes it. `run_script` is what runs started from it follow. */
export type SyncJobInput = Partial<SyncJob> & { run_script?: RunPhase[] };

/** A run's status after which nothing follows. */
export const TERMINAL_STATUSES: ReadonlySet<string> = new Set(['completed', 'failed', 'stopped']);
