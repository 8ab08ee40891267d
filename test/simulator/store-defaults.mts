import { randomUUID } from 'node:crypto';

import { ENVIRONMENT_ID } from './constants.mts';
import type {
	IntegratedAccount,
	LogEntry,
	RunInput,
	SyncJob,
	SyncJobInput,
	SyncJobRun,
	Webhook,
} from './types.mts';

// Fills in what a test leaves out. Fields come in the order of the reference pages.

/** A sync job with every field. */
export function completeSyncJob(input: SyncJobInput, now: string): SyncJob {
	const { label, ...rest } = input;
	delete rest.run_script;
	return {
		id: randomUUID(),
		...(label === undefined ? {} : { label }),
		integration_name: 'hubspot',
		args_schema: { type: 'object', properties: {} },
		resources: [{ resource: 'crm/contacts', method: 'list' }],
		environment_id: ENVIRONMENT_ID,
		default_runtime_version: 1,
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
		status: 'active',
		integration: { name: 'hubspot', label: 'HubSpot' },
		environment_id: ENVIRONMENT_ID,
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
		resource: null,
		status: 'success',
		num_records: 0,
		fetch_duration: null,
		retry_after: null,
		retry_count: 0,
		webhook_status: null,
		webhook_successful: null,
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
