import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import { objectBody, requiredText } from './body-fields.mts';
import type { Context } from './context.mts';
import { ApiError } from './errors.mts';
import { addReadRoutes, findOwned } from './owned-routes.mts';
import type { IdParams } from './owned-routes.mts';
import type { Webhook } from './types.mts';
import { spokenTimes } from './wire-times.mts';

/** The event types that are documented, by their prefix. Those of other prefixes are not checked. */
const EVENTS: Record<string, readonly string[]> = {
	sync_job_run: [
		...['created', 'updated', 'started', 'completed', 'failed', 'deleted'],
		...['record', 'record_error', 'rate_limited'],
	],
	sync_job_cron_trigger: ['failed'],
	integrated_account: [
		...['created', 'updated', 'deleted', 'active', 'reactivated', 'authentication_error'],
		...['forbidden_error', 'validation_error', 'post_install_error'],
		'post_connect_form_submitted',
	],
};

/** `/webhook`: create, list, one, change, remove, test. */
export function addWebhookRoutes(app: FastifyInstance, context: Context): void {
	const { store, webhooks, clock } = context;
	const collection = {
		path: '/webhook',
		what: 'Webhook',
		items: store.webhooks,
		fields: {
			id: 'string',
			is_active: 'boolean',
			target_url: 'string',
			created_at: 'date',
		} as const,
		dialect: store.dialect,
		render: (webhook: Webhook) => withoutSecret(webhook),
	};

	app.post('/webhook', (request, reply) => {
		const fields = readWebhook(objectBody(request.body), context.allowHttpWebhooks);
		if (fields.target_url === undefined) throw new ApiError(400, 'target_url is required');
		const webhook = store.addWebhook({
			...fields,
			target_url: written(fields.target_url),
			environment_id: request.environmentId,
		});
		sendJson(reply.code(201), JSON.stringify(spokenTimes(webhook, store.dialect)));
	});

	addReadRoutes(app, collection);

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

	app.post('/webhook/test', async (request, reply) => {
		const id = requiredText(objectBody(request.body), 'id');
		const webhook = find(id, request.environmentId);
		// Unclear: whether a test is tried again. Once here, or the answer would take half a minute.
		const options = { webhookId: webhook.id, retries: 0 };
		const [delivery] = await webhooks.deliver('test', { foo: 'bar' }, options);
		if (delivery?.delivered !== true) {
			const status = delivery?.attempts[0]?.status;
			const what = status == null ? 'could not be reached' : `answered ${String(status)}`;
			throw new ApiError(400, `The target URL ${what}`);
		}
		sendJson(reply, JSON.stringify({ success: true }));
		return reply;
	});

	function written(target: string): string {
		return store.dialect.targetUrl === 'as-given'
			? target
			: new URL(target).href.replace(/\/$/, '');
	}

	function find(id: string, environmentId: string): Webhook {
		return findOwned(collection, id, environmentId);
	}

	function withoutSecret(webhook: Webhook): string {
		return JSON.stringify(spokenTimes({ ...webhook, secret: undefined }, store.dialect));
	}
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
	const unknown = value.find((type) => {
		const [prefix = '', name = ''] = type.split(':');
		return Object.hasOwn(EVENTS, prefix) && !EVENTS[prefix]?.includes(name);
	});
	if (unknown !== undefined) throw new ApiError(400, `Unknown event type: ${unknown}`);
	return value;
}
