import type { FastifyInstance } from 'fastify';

import { sendJson } from './answers.mts';
import { objectBody } from './body-fields.mts';
import type { Context } from './context.mts';
import { ApiError } from './errors.mts';
import { changeDialect } from './dialect.mts';
import type { FaultSpec } from './faults.mts';
import type { RunInput, SyncJobInput } from './types.mts';

/** Where the control API lives: no token, no rate limit, no faults, and not recorded. */
export const CONTROL_PREFIX = '/__simulator/';

const at = (path: string) => `${CONTROL_PREFIX}${path}`;

/** What a test in another process does with the simulator. Trusts its input: it is the tests' own. */
export function addControlRoutes(app: FastifyInstance, context: Context): void {
	const { store, log, limiter, webhooks, events } = context;

	app.get<{ Querystring: { records?: string } }>(at('requests'), (request, reply) => {
		const records = request.query.records === undefined ? {} : { records: log.records };
		sendJson(reply, JSON.stringify({ ...log.counts(), ...records }));
	});

	app.post(at('reset'), (_request, reply) => {
		log.clear();
		context.faults.clear();
		limiter.reset();
		sendJson(reply, '{}');
	});

	app.post(at('faults'), (request, reply) => {
		addFault(context, objectBody(request.body));
		sendJson(reply, '{}');
	});

	app.get(at('runs'), (_request, reply) => {
		store.advance();
		sendJson(reply, JSON.stringify({ ids: store.runsNewestFirst().map(({ id }) => id) }));
	});

	app.post(at('runs'), (request, reply) => {
		const { count, resources } = objectBody(request.body);
		if (typeof count !== 'number') throw new ApiError(400, 'count is required');
		const ids = store.addManyRuns(count, typeof resources === 'number' ? { resources } : {});
		sendJson(reply, JSON.stringify({ ids }));
	});

	app.post(at('run'), (request, reply) => {
		sendJson(reply, JSON.stringify(store.addRun(objectBody(request.body) as RunInput)));
	});

	app.patch<{ Params: { id: string } }>(at('run/:id'), (request, reply) => {
		sendJson(reply, JSON.stringify(store.patchRun(request.params.id, objectBody(request.body))));
	});

	app.post(at('sync-job'), (request, reply) => {
		sendJson(reply, JSON.stringify(store.addSyncJob(objectBody(request.body) as SyncJobInput)));
	});

	app.post(at('settings'), (request, reply) => {
		changeSettings(context, objectBody(request.body));
		sendJson(reply, '{}');
	});

	app.post(at('deliver'), async (request, reply) => {
		const { event, payload, ...options } = objectBody(request.body);
		const deliveries = await webhooks.deliver(String(event), payload, options);
		sendJson(reply, JSON.stringify(deliveries));
		return reply;
	});

	app.post(at('account-event'), async (request, reply) => {
		const { name, id } = objectBody(request.body);
		sendJson(reply, JSON.stringify(await events.account(String(name), String(id))));
		return reply;
	});

	app.get(at('deliveries'), (_request, reply) => {
		sendJson(reply, JSON.stringify(webhooks.deliveries));
	});
}

function addFault({ faults }: Context, body: Record<string, unknown>): void {
	const { mode = 'next', count = 1, path, times, rate, seed } = body;
	const fault = body.fault as FaultSpec;
	if (mode !== 'clear' && typeof fault !== 'object') throw new ApiError(400, 'fault is required');
	if (mode === 'clear') faults.clear();
	else if (mode === 'next') faults.next(Number(count), fault);
	else if (mode === 'forPath' && typeof path === 'string') {
		faults.forPath(path, fault, times === undefined ? Infinity : Number(times));
	} else if (mode === 'random' && typeof rate === 'number') {
		faults.random(rate, fault, typeof seed === 'number' ? seed : undefined);
	} else
		throw new ApiError(400, 'mode must be next, forPath (with path), random (with rate) or clear');
}

function changeSettings({ store, limiter, log }: Context, body: Record<string, unknown>): void {
	const { dialect, retryAfter, rateLimit, recordRequests, recordBodies } = body;
	if (dialect !== undefined) changeDialect(store.dialect, objectBody(dialect));
	if (retryAfter === 'seconds' || retryAfter === 'date' || retryAfter === 'none') {
		limiter.retryAfter = retryAfter;
	}
	if (rateLimit === false) limiter.rule = false;
	else if (typeof rateLimit === 'object' && rateLimit !== null) {
		const { requests, windowMs } = rateLimit as Record<string, unknown>;
		limiter.rule = { requests: Number(requests), windowMs: Number(windowMs) };
	}
	if (typeof recordRequests === 'boolean') log.keepRecords = recordRequests;
	if (typeof recordBodies === 'boolean') log.keepBodies = recordBodies;
}
