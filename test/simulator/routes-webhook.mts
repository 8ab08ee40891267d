import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import type { Context } from './context.mts';
import { ApiError, notFound } from './errors.mts';
import type { Query } from './list-filters.mts';
import { listAnswer } from './list-pages.mts';
import { objectBody } from './routes-sync-job-run.mts';
import type { Webhook } from './types.mts';

const RUN_EVENTS = new Set(
	[
		'created',
		'updated',
		'started',
		'completed',
		'failed',
		'deleted',
		'record',
		'record_error',
		'rate_limited',
	].map((name) => `sync_job_run:${name}`),
);

interface IdParams {
	Params: { id: string };
}

/** `/webhook`: create, list, one, change, remove, test. */
export function addWebhookRoutes(app: FastifyInstance, context: Context): void {
	const { store, webhooks, clock } = context;

	app.post('/webhook', (request, reply) => {
		const fields = readWebhook(objectBody(request.body), context.allowHttpWebhooks);
		if (fields.target_url === undefined) throw new ApiError(400, 'target_url is required');
		const webhook = store.addWebhook({ ...fields, environment_id: request.environmentId });
		sendJson(reply.code(201), JSON.stringify(webhook));
	});

	app.get<{ Querystring: Query }>('/webhook', (request, reply) => {
		const own = [...store.webhooks.values()].filter(
			({ environment_id }) => environment_id === request.environmentId,
		);
		const text = listAnswer(own, request.query, {
			fields: { id: 'string', is_active: 'boolean', target_url: 'string', created_at: 'date' },
			defaultSort: '-created_at',
			envelope: store.listEnvelope,
			render: withoutSecret,
		});
		sendJson(reply, text);
	});

	app.get<IdParams>('/webhook/:id', (request, reply) => {
		sendJson(reply, withoutSecret(find(request.params.id, request.environmentId)));
	});

	app.patch<IdParams>('/webhook/:id', (request, reply) => {
		const webhook = find(request.params.id, request.environmentId);
		const fields = readWebhook(objectBody(request.body), context.allowHttpWebhooks);
		Object.assign(webhook, fields, { updated_at: new Date(clock.now()).toISOString() });
		sendJson(reply, withoutSecret(webhook));
	});

	app.delete<IdParams>('/webhook/:id', (request, reply) => {
		const { id } = find(request.params.id, request.environmentId);
		store.webhooks.delete(id);
		sendJson(reply, JSON.stringify({ id }));
	});

	app.post('/webhook/test', (request, reply) => {
		const { id } = objectBody(request.body);
		if (typeof id !== 'string') throw new ApiError(400, 'id is required');
		const webhook = find(id, request.environmentId);
		void webhooks.deliver('test', { foo: 'bar' }, { webhookId: webhook.id });
		// Unclear: what the answer says, and whether it waits for the target. It does not here.
		sendJson(reply, JSON.stringify({ success: true }));
	});

	function find(id: string, environmentId: string): Webhook {
		const webhook = store.webhooks.get(id);
		if (webhook?.environment_id !== environmentId) throw notFound('Webhook', id);
		return webhook;
	}
}

function withoutSecret(webhook: Webhook): string {
	return JSON.stringify({ ...webhook, secret: undefined });
}

function readWebhook(body: Record<string, unknown>, allowHttp: boolean): Partial<Webhook> {
	const fields: Partial<Webhook> = {};
	const { target_url, event_types, is_active } = body;
	if (target_url !== undefined) fields.target_url = checkTarget(target_url, allowHttp);
	if (event_types !== undefined) fields.event_types = checkEvents(event_types);
	if (is_active !== undefined) {
		if (typeof is_active !== 'boolean') throw new ApiError(400, 'is_active must be a boolean');
		fields.is_active = is_active;
	}
	return fields;
}

function checkTarget(value: unknown, allowHttp: boolean): string {
	const url = typeof value === 'string' ? URL.parse(value) : null;
	if (typeof value !== 'string' || !url) throw new ApiError(400, 'target_url must be a URL');
	if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) {
		throw new ApiError(400, 'target_url must be an HTTPS URL');
	}
	return value;
}

function checkEvents(value: unknown): string[] {
	if (!Array.isArray(value) || !value.every((type) => typeof type === 'string')) {
		throw new ApiError(400, 'event_types must be an array of strings');
	}
	const unknown = value.find((type) => type.startsWith('sync_job_run:') && !RUN_EVENTS.has(type));
	if (unknown !== undefined) throw new ApiError(400, `Unknown event type: ${unknown}`);
	return value;
}
