import type { LogEntry } from './log-types.mts';

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

/** A node of a V4 job's graph. */
export interface SyncJobNode {
	name: string;
	/** `request`, `transform`, `spool`, `add_context`, `destination`, `event`, `get_state`, … */
	type: string;
	depends_on?: string;
	run_if?: string;
	/** Of a `request`. */
	resource?: string;
	method?: string;
	integrated_account_id?: string;
	query?: Record<string, unknown>;
	loop_on?: string;
	/** Of a `destination`: `webhook`, `datastore`, `superquery`. */
	destination_type?: string;
	resources_to_persist?: string[];
	config?: Record<string, unknown>;
}

/** Resource name (of a V4 run: the node's name) -> method -> counters. See the dialect for how it is served. */
export type ResourceStats = Record<string, Record<string, Record<string, number>>>;

export interface ArgsSchemaProperty {
	type?: string;
	/** V4: `integrated_account_id`, `webhook_id`, `datastore_id`, `date`, `updated_at`. */
	format?: string;
	description?: string;
	/** Truto's own shape: the flag sits on the property. */
	required?: boolean;
	default?: unknown;
	enum?: unknown[];
	[key: string]: unknown;
}

/** The shape of V4 jobs: the arguments themselves. */
export type FlatArgsSchema = Record<string, ArgsSchemaProperty>;

/** The shape of V1-V3 jobs. */
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
	/** Empty for a V4 job over several integrations. */
	integration_name: string;
	args_schema: ArgsSchema | FlatArgsSchema;
	resources: (SyncJobResource | SyncJobNode)[];
	environment_id: string;
	/** 1 to 4. */
	default_runtime_version: number;
	/** JSONata: null, or `{ message }` if the arguments are refused. The simulator knows two forms of it. */
	args_validation?: string | null;
	/** Placeholder texts such as `{{args.integrated_account_id}}`. */
	mutex_key?: string | null;
	state_key?: string | null;
	created_at: string;
	updated_at: string;
	[key: string]: unknown;
}

export interface IntegratedAccount {
	id: string;
	tenant_id: string;
	/** `connecting`, `active`, `needs_reauth`, `validation_error`, `post_install_error`. */
	status: string;
	/** The label is shown in events only. */
	integration: { id: string; name: string; category: string; label: string };
	environment_id: string;
	environment_integration_id: string;
	is_sandbox: boolean;
	authentication_method: string;
	region: string;
	/** Without the credentials. */
	context: Record<string, unknown>;
	last_error: string | null;
	/** The provider's last 403, which does not change the status. */
	last_forbidden_error: {
		resource: string;
		method: string;
		missing_scopes: string[];
		occurred_at: string;
	} | null;
	last_action_run_result: unknown;
	created_at: string;
	updated_at: string;
	[key: string]: unknown;
}

export interface SyncJobRun {
	id: string;
	args: Record<string, unknown>;
	resources: (SyncJobResource | SyncJobNode)[];
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
	/** The label is served if the dialect has it so. */
	sync_job: Pick<
		SyncJob,
		| 'id'
		| 'integration_name'
		| 'args_schema'
		| 'resources'
		| 'environment_id'
		| 'created_at'
		| 'updated_at'
	> & { label?: string };
	/** Not on the reference page: the answers of a live API carry more than is documented. */
	environment_id: string;
	/** Not on the reference page either. */
	is_scheduled: boolean;
	[key: string]: unknown;
}

export interface CronTrigger {
	id: string;
	sync_job_id: string;
	integrated_account_id: string | null;
	/** Five fields, UTC. */
	cron_expression: string;
	args: Record<string, unknown>;
	resources: unknown[] | null;
	super_query: string | null;
	error_handling: string | null;
	events_to_send: string[] | null;
	meta: Record<string, unknown> | null;
	environment_id: string;
	created_at: string;
	updated_at: string;
	/** Whether `/schedule` was called since `cron_expression` last changed. Not served. */
	is_scheduled: boolean;
}

/** A cell of a sync job's state. */
export interface RunState {
	/** Not served: of the environment, the state key and the key. */
	id: string;
	state_key: string;
	environment_id: string;
	key: string;
	value: unknown;
	sync_job_run_id: string | null;
	created_at: string;
	updated_at: string;
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

/** Where sync jobs can store records. Its `config` holds no secrets in answers. */
export interface Datastore {
	id: string;
	type: string;
	label: string;
	config: Record<string, unknown>;
	environment_id: string;
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
