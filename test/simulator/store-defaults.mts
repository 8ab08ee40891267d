import { randomUUID } from 'node:crypto';

import { ENVIRONMENT_ID } from './constants.mts';
import type { LogEntry, OtherLogEntry } from './log-types.mts';
import type {
	CronTrigger,
	IntegratedAccount,
	RunInput,
	RunState,
	SyncJob,
	SyncJobInput,
	SyncJobRun,
	Webhook,
} from './types.mts';

// Fills in what a test leaves out. Fields come in the order of the reference pages.

/** A sync job with every field. One of version 4 has a flat `args_schema` and a graph of nodes. */
export function completeSyncJob(input: SyncJobInput, now: string): SyncJob {
	const { label, ...rest } = input;
	delete rest.run_script;
	const isGraph = (rest.default_runtime_version ?? 1) >= 4;
	const request = { resource: 'crm/contacts', method: 'list' };
	return {
		id: randomUUID(),
		...(label === undefined ? {} : { label }),
		integration_name: 'hubspot',
		args_schema: isGraph ? {} : { type: 'object', properties: {} },
		resources: isGraph ? [{ name: 'list-contacts', type: 'request', ...request }] : [request],
		environment_id: ENVIRONMENT_ID,
		default_runtime_version: 1,
		...(isGraph ? { args_validation: null, mutex_key: null, state_key: null } : {}),
		created_at: now,
		updated_at: now,
		...rest,
	};
}

/** An integrated account with every field. */
export function completeAccount(input: Partial<IntegratedAccount>, now: string): IntegratedAccount {
	return {
		id: randomUUID(),
		tenant_id: 'acme-1',
		environment_id: ENVIRONMENT_ID,
		environment_integration_id: randomUUID(),
		status: 'active',
		is_sandbox: false,
		authentication_method: 'oauth2',
		region: 'wnam',
		context: {},
		integration: { id: randomUUID(), name: 'hubspot', category: 'crm', label: 'HubSpot' },
		last_error: null,
		last_forbidden_error: null,
		last_action_run_result: null,
		created_at: now,
		updated_at: now,
		...input,
	};
}

/** A run with every field of the reference page, and two that are not on it. */
export function completeRun(
	input: RunInput,
	job: SyncJob,
	accountId: string,
	now: string,
): SyncJobRun {
	const rest = { ...input };
	delete rest.run_script;
	const status = rest.status ?? 'created';
	const createdAt = rest.created_at ?? now;
	const begun = status !== 'created';
	return {
		id: randomUUID(),
		args: {},
		resources: job.resources,
		sync_job_id: job.id,
		integrated_account_id: accountId,
		status,
		daemon_id: null,
		daemon_group_key: null,
		webhook_id: null,
		error_handling: 'fail_fast',
		ignore_previous_run: false,
		version: job.default_runtime_version,
		resource_stats: null,
		created_at: createdAt,
		updated_at: createdAt,
		started_at: begun ? createdAt : null,
		finished_at: ['completed', 'failed', 'stopped'].includes(status)
			? (rest.updated_at ?? createdAt)
			: null,
		sync_job: {
			id: job.id,
			...(job.label === undefined ? {} : { label: job.label }),
			integration_name: job.integration_name,
			args_schema: job.args_schema,
			resources: job.resources,
			environment_id: job.environment_id,
			created_at: job.created_at,
			updated_at: job.updated_at,
		},
		environment_id: job.environment_id,
		is_scheduled: false,
		...rest,
	};
}

/** A log entry with every field. */
export function completeLog(
	input: Partial<LogEntry>,
	run: SyncJobRun | undefined,
	now: string,
): LogEntry {
	return {
		id: randomUUID(),
		environment_id: run?.environment_id ?? ENVIRONMENT_ID,
		sync_job_run_event: 'record',
		timestamp: now,
		sync_job_id: run?.sync_job_id ?? '',
		sync_job_run_id: run?.id ?? '',
		integrated_account_id: run?.integrated_account_id ?? '',
		webhook_id: run?.webhook_id ?? null,
		integration: run?.sync_job.integration_name ?? '',
		resource: null,
		method: null,
		sync_job_request_type: null,
		status: 'success',
		num_records: 0,
		fetch_duration: null,
		retry_after: null,
		retry_count: 0,
		webhook_status: null,
		webhook_successful: null,
		datastore_successful: null,
		integrated_account_needs_reauth: null,
		message: null,
		logs: [],
		...input,
	};
}

/** A webhook with every field, and a secret. */
export function completeWebhook(input: Partial<Webhook>, now: string): Webhook {
	return {
		id: randomUUID(),
		target_url: 'https://example.com/truto',
		event_types: [],
		is_active: true,
		environment_id: ENVIRONMENT_ID,
		secret: randomUUID(),
		created_at: now,
		updated_at: now,
		...input,
	};
}

/** An entry of a log that is not the runs'. */
export function completeOtherLog(input: Partial<OtherLogEntry>, now: string): OtherLogEntry {
	return { id: randomUUID(), environment_id: ENVIRONMENT_ID, timestamp: now, ...input };
}

/** A cron trigger with every field; not scheduled. */
export function completeCronTrigger(input: Partial<CronTrigger>, now: string): CronTrigger {
	return {
		id: randomUUID(),
		sync_job_id: '',
		integrated_account_id: null,
		cron_expression: '0 */6 * * *',
		args: {},
		resources: null,
		super_query: null,
		error_handling: null,
		events_to_send: null,
		meta: null,
		environment_id: ENVIRONMENT_ID,
		created_at: now,
		updated_at: now,
		is_scheduled: false,
		...input,
	};
}

/** A cell of a state, with the id that its environment, state key and key make. */
export function completeRunState(
	input: Partial<RunState> & { state_key: string; key: string },
	now: string,
): RunState {
	const { environment_id = ENVIRONMENT_ID, state_key, key } = input;
	return {
		value: '',
		sync_job_run_id: null,
		created_at: now,
		updated_at: now,
		...input,
		environment_id,
		id: runStateId(environment_id, state_key, key),
	};
}

/** Where a store keeps a cell. */
export function runStateId(environmentId: string, stateKey: string, key: string): string {
	return JSON.stringify([environmentId, stateKey, key]);
}
