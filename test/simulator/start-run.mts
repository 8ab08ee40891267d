import { checkArgs } from './args.mts';
import { objectField, optionalChoice, optionalFlag, optionalText, pick } from './body-fields.mts';
import { requiredText } from './body-fields.mts';
import type { Body } from './body-fields.mts';
import { ApiError, notFound } from './errors.mts';
import { accountOfArgs, filledKey } from './job-args.mts';
import type { Store } from './store.mts';
import type { RunInput, SyncJob, SyncJobRun } from './types.mts';

export const ERROR_HANDLING = ['fail_fast', 'ignore', 'batch'];
export const SUPER_QUERY = ['apac', 'wnam'];

/** A run as POST asks for it, and the mutex key that it waits for. */
export interface Start {
	input: RunInput & { sync_job_id: string };
	mutexKey: string | undefined;
}

/** Reads and checks the body of `POST /sync-job-run`. */
export function readStart(store: Store, body: Body, environmentId: string): Start {
	const sync_job_id = requiredText(body, 'sync_job_id');
	const args = body.args === undefined ? {} : objectField(body, 'args');
	const job = store.syncJobs.get(sync_job_id);
	const accountId =
		optionalText(body, 'integrated_account_id') || (job && accountOfArgs(job, args));
	if (!accountId) throw new ApiError(400, 'integrated_account_id is required');
	const status = optionalText(body, 'status');
	if (status !== undefined && status !== 'created') {
		throw new ApiError(400, 'status must be "created"');
	}
	const webhook_id = optionalText(body, 'webhook_id') ?? null;
	const daemon_group_key = optionalText(body, 'daemon_group_key') ?? null;
	if (webhook_id !== null && daemon_group_key !== null) {
		throw new ApiError(400, 'Specify either webhook_id or daemon_group_key, not both');
	}
	const error_handling = optionalChoice(body, 'error_handling', ERROR_HANDLING) ?? 'fail_fast';
	optionalChoice(body, 'super_query', SUPER_QUERY);
	const force = optionalFlag(body, 'force');
	if (job?.environment_id !== environmentId) throw notFound('Sync job', sync_job_id);
	checkAccount(store, accountId, environmentId);
	if (webhook_id !== null && store.webhooks.get(webhook_id)?.environment_id !== environmentId) {
		throw notFound('Webhook', webhook_id);
	}
	if (error_handling === 'batch' && job.default_runtime_version < 2) {
		throw new ApiError(400, 'error_handling "batch" needs runtime version 2 or newer');
	}
	checkArgs(args, job, (id) => store.integratedAccounts.get(id)?.environment_id === environmentId);
	return {
		input: {
			sync_job_id,
			integrated_account_id: accountId,
			args,
			resources: readResources(body) ?? job.resources,
			webhook_id,
			daemon_group_key,
			error_handling,
			ignore_previous_run: optionalFlag(body, 'ignore_previous_run'),
			...keysOf(body, job, args),
			...pick(body, ['events_to_send', 'datastore_id', 'super_query']),
		},
		mutexKey: force ? undefined : mutexOf(body, job, args),
	};
}

function keysOf(body: Body, job: SyncJob, args: Body): Body {
	const mutex_key = optionalText(body, 'mutex_key') ?? filledKey(job.mutex_key, args);
	const state_key = optionalText(body, 'state_key') ?? filledKey(job.state_key, args);
	return {
		...(mutex_key === undefined ? {} : { mutex_key }),
		...(state_key === undefined ? {} : { state_key }),
	};
}

// "Two runs of the same sync job": jobs do not wait for each other.
function mutexOf(body: Body, job: SyncJob, args: Body): string | undefined {
	const { mutex_key } = keysOf(body, job, args);
	return mutex_key === undefined ? undefined : JSON.stringify([job.id, mutex_key]);
}

function checkAccount(store: Store, id: string, environmentId: string): void {
	const account = store.integratedAccounts.get(id);
	if (account?.environment_id !== environmentId) throw notFound('Integrated account', id);
	// Unclear: whether the account's integration must be the sync job's. It is not checked here.
	if (store.blockedAccounts.has(id)) throw new ApiError(503, 'The integrated account is blocked');
}

function readResources(body: Body): SyncJobRun['resources'] | undefined {
	const { resources } = body;
	if (resources === undefined || (Array.isArray(resources) && resources.length === 0))
		return undefined;
	if (!Array.isArray(resources) || !resources.every(isResource)) {
		throw new ApiError(
			400,
			'resources must be an array of objects with resource and method, or with name and type',
		);
	}
	return resources as SyncJobRun['resources'];
}

function isResource(value: unknown): boolean {
	const { resource, method, name, type } = (value ?? {}) as Body;
	const isText = (part: unknown) => typeof part === 'string';
	return (isText(resource) && isText(method)) || (isText(name) && isText(type));
}
