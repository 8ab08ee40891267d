import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import { checkArgs } from './args.mts';
import type { Context } from './context.mts';
import { ApiError, notFound } from './errors.mts';
import type { Fields, Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';
import type { Store } from './store.mts';
import { TERMINAL_STATUSES } from './types.mts';
import type { RunInput, SyncJobResource, SyncJobRun } from './types.mts';

const RUN_FIELDS: Fields = {
	id: 'string',
	sync_job_id: 'string',
	integrated_account_id: 'string',
	status: 'string',
	webhook_id: 'string',
	daemon_group_key: 'string',
	error_handling: 'string',
	created_at: 'date',
	updated_at: 'date',
	started_at: 'date',
	finished_at: 'date',
};

const ERROR_HANDLING = ['fail_fast', 'ignore', 'batch'];

interface IdParams {
	Params: { id: string };
}

/** `/sync-job-run`: one, list, start, stop. */
export function addRunRoutes(app: FastifyInstance, { store }: Context): void {
	app.get<IdParams>('/sync-job-run/:id', (request, reply) => {
		sendJson(reply, store.runText(findRun(store, request.params.id, request.environmentId)));
	});

	app.get<{ Querystring: Query }>('/sync-job-run', (request, reply) => {
		const { environmentId } = request;
		const runs = store.runsNewestFirst().filter((run) => run.environment_id === environmentId);
		const text = listAnswer(runs, request.query, {
			fields: RUN_FIELDS,
			// Unclear: the order without `sort`.
			defaultSort: '-created_at',
			presorted: '-created_at',
			envelope: store.listEnvelope,
			render: (run) => store.runText(run),
		});
		sendJson(reply, text);
	});

	app.post('/sync-job-run', (request, reply) => {
		const input = readStart(store, objectBody(request.body), request.environmentId);
		// Unclear: 200 or 201.
		sendJson(reply.code(201), store.runText(store.startRun(input)));
	});

	app.delete<IdParams>('/sync-job-run/:id', (request, reply) => {
		const run = findRun(store, request.params.id, request.environmentId);
		store.deleteRun(run);
		sendJson(reply, JSON.stringify({ id: run.id }));
	});
}

function findRun(store: Store, id: string, environmentId: string): SyncJobRun {
	const run = store.runs.get(id);
	if (run?.environment_id !== environmentId) throw notFound('Sync job run', id);
	return run;
}

/** A request's body, which must be a JSON object. */
export function objectBody(body: unknown): Record<string, unknown> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw new ApiError(400, 'The body must be a JSON object');
	}
	return body as Record<string, unknown>;
}

function readStart(
	store: Store,
	body: Record<string, unknown>,
	environmentId: string,
): RunInput & { sync_job_id: string } {
	const sync_job_id = requiredText(body, 'sync_job_id');
	const integrated_account_id = requiredText(body, 'integrated_account_id');
	const status = optionalText(body, 'status');
	if (status !== undefined && status !== 'created') {
		throw new ApiError(400, 'status must be "created"');
	}
	const webhook_id = optionalText(body, 'webhook_id') ?? null;
	const daemon_group_key = optionalText(body, 'daemon_group_key') ?? null;
	if (webhook_id !== null && daemon_group_key !== null) {
		throw new ApiError(400, 'Specify either webhook_id or daemon_group_key, not both');
	}
	const error_handling = optionalText(body, 'error_handling') ?? 'fail_fast';
	if (!ERROR_HANDLING.includes(error_handling)) {
		throw new ApiError(400, `error_handling must be one of ${ERROR_HANDLING.join(', ')}`);
	}
	const job = store.syncJobs.get(sync_job_id);
	if (job?.environment_id !== environmentId) throw notFound('Sync job', sync_job_id);
	checkAccount(store, integrated_account_id, environmentId);
	if (webhook_id !== null && store.webhooks.get(webhook_id)?.environment_id !== environmentId) {
		throw notFound('Webhook', webhook_id);
	}
	const args = body.args === undefined ? {} : objectField(body, 'args');
	checkArgs(args, job.args_schema);
	const mutex_key = optionalText(body, 'mutex_key');
	const force = optionalFlag(body, 'force');
	if (mutex_key !== undefined && !force) checkMutex(store, mutex_key, environmentId);
	return {
		sync_job_id,
		integrated_account_id,
		args,
		resources: readResources(body) ?? job.resources,
		webhook_id,
		daemon_group_key,
		error_handling,
		ignore_previous_run: optionalFlag(body, 'ignore_previous_run'),
		...pick(body, ['events_to_send', 'mutex_key', 'state_key', 'datastore_id', 'super_query']),
	};
}

function checkAccount(store: Store, id: string, environmentId: string): void {
	const account = store.integratedAccounts.get(id);
	if (account?.environment_id !== environmentId) throw notFound('Integrated account', id);
	// Unclear: whether the account's integration must be the sync job's. It is not checked here.
	if (account.status === 'blocked') throw new ApiError(503, 'The integrated account is blocked');
}

// Unclear: what a mutex key does exactly. Here: one unfinished run at a time, unless forced.
function checkMutex(store: Store, key: string, environmentId: string): void {
	for (const run of store.runs.values()) {
		const holds = run.mutex_key === key && run.environment_id === environmentId;
		if (holds && !TERMINAL_STATUSES.has(run.status)) {
			throw new ApiError(409, `Sync job run ${run.id} holds the mutex key ${key}`);
		}
	}
}

function readResources(body: Record<string, unknown>): SyncJobResource[] | undefined {
	const { resources } = body;
	if (resources === undefined || (Array.isArray(resources) && resources.length === 0))
		return undefined;
	if (!Array.isArray(resources) || !resources.every(isResource)) {
		throw new ApiError(400, 'resources must be an array of objects with resource and method');
	}
	return resources;
}

function isResource(value: unknown): value is SyncJobResource {
	const { resource, method } = (value ?? {}) as Record<string, unknown>;
	return typeof resource === 'string' && typeof method === 'string';
}

function requiredText(body: Record<string, unknown>, name: string): string {
	const text = optionalText(body, name);
	if (text === undefined || text === '') throw new ApiError(400, `${name} is required`);
	return text;
}

function optionalText(body: Record<string, unknown>, name: string): string | undefined {
	const value = body[name];
	if (value === undefined || value === null) return undefined;
	if (typeof value !== 'string') throw new ApiError(400, `${name} must be a string`);
	return value;
}

function optionalFlag(body: Record<string, unknown>, name: string): boolean {
	const value = body[name] ?? false;
	if (typeof value !== 'boolean') throw new ApiError(400, `${name} must be a boolean`);
	return value;
}

function objectField(body: Record<string, unknown>, name: string): Record<string, unknown> {
	const value = body[name];
	if (typeof value !== 'object' || value === null || Array.isArray(value)) {
		throw new ApiError(400, `${name} must be an object`);
	}
	return value as Record<string, unknown>;
}

function pick(body: Record<string, unknown>, names: string[]): Record<string, unknown> {
	return Object.fromEntries(names.filter((name) => name in body).map((name) => [name, body[name]]));
}
