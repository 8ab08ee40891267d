import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

import fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Context } from './context.mts';
import { sendError } from './answers.mts';
import { ApiError } from './errors.mts';
import { alterAnswer, answerWithFault, delayHeaders, replacesAnswer } from './fault-answers.mts';
import type { Fault } from './faults.mts';
import type { Query } from './list-filters.mts';
import { RETRY_AFTER_SECONDS } from './rate-limit.mts';
import type { RequestRecord } from './request-log.mts';
import { CONTROL_PREFIX, addControlRoutes } from './routes-control.mts';
import { addCatalogRoutes } from './routes-catalog.mts';
import { addCronTriggerRoutes } from './routes-cron-trigger.mts';
import { addLogRoutes } from './routes-log.mts';
import { addRunStateRoutes } from './routes-run-state.mts';
import { addRunRoutes } from './routes-sync-job-run.mts';
import { addWebhookRoutes } from './routes-webhook.mts';

declare module 'fastify' {
	interface FastifyRequest {
		/** Absent for requests of the control API. */
		record: RequestRecord | undefined;
		faults: readonly Fault[] | undefined;
		environmentId: string;
	}
}

/** Builds the server: recording, faults, authentication and rate limit before every route. */
export function buildServer(
	context: Context,
	https: { key: string; cert: string } | undefined,
): FastifyInstance {
	const app = fastify({
		logger: false,
		exposeHeadRoutes: false,
		forceCloseConnections: true,
		serverFactory: (handler) =>
			https ? createSecureServer(https, handler) : createServer(handler),
	});
	app.decorateRequest('record', undefined);
	app.decorateRequest('faults', undefined);
	app.decorateRequest('environmentId', '');
	addBodyParsers(app);
	addHooks(app, context);
	app.setNotFoundHandler((request, reply) => {
		sendError(reply, new ApiError(404, `Route ${request.method}:${pathOf(request)} not found`));
	});
	app.setErrorHandler((error: FastifyError, _request, reply) => {
		sendError(reply, error instanceof ApiError ? error : asApiError(error));
	});
	addRunRoutes(app, context);
	addCatalogRoutes(app, context);
	addCronTriggerRoutes(app, context);
	addRunStateRoutes(app, context);
	addLogRoutes(app, context);
	addWebhookRoutes(app, context);
	addControlRoutes(app, context);
	return app;
}

function addBodyParsers(app: FastifyInstance): void {
	app.removeAllContentTypeParsers();
	app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => {
		// The reference's examples send a JSON content type with DELETE, where there is no body.
		if (text === '') {
			done(null, undefined);
			return;
		}
		try {
			done(null, JSON.parse(String(text)));
		} catch {
			done(new ApiError(400, 'The body is not valid JSON'));
		}
	});
	app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
		done(null, text);
	});
}

function addHooks(app: FastifyInstance, context: Context): void {
	const { clock, log } = context;
	app.addHook('onRequest', (request, reply, done) => {
		const path = pathOf(request);
		if (path.startsWith(CONTROL_PREFIX)) {
			done();
			return;
		}
		const record = newRecord(request, path, clock.now());
		request.record = record;
		log.start(record);
		const faults = context.faults.take(request.method, path);
		if (!faults) {
			checkAccess(request, reply, context, done);
			return;
		}
		request.faults = faults;
		void delayHeaders(faults).then(() => {
			const instead = faults.find(replacesAnswer);
			if (!instead) {
				checkAccess(request, reply, context, done);
				return;
			}
			// A reset or a client that gives up ends a request without an answer.
			reply.raw.once('close', () => {
				log.answered(record, 0, clock.now());
			});
			answerWithFault(instead, request, reply);
		});
	});
	app.addHook('preHandler', (request, _reply, done) => {
		if (request.record) request.record.body = request.body;
		done();
	});
	app.addHook('onSend', (request, reply, payload, done) => {
		const { record, faults } = request;
		if (record) log.answered(record, reply.statusCode, clock.now());
		if (faults && !faults.some(replacesAnswer) && typeof payload === 'string') {
			done(null, alterAnswer(faults, request, reply, payload));
		} else done(null, payload);
	});
}

function newRecord(request: FastifyRequest, path: string, startedAt: number): RequestRecord {
	const { authorization, ...headers } = request.headers;
	return {
		method: request.method,
		path,
		query: { ...(request.query as Query) },
		headers,
		hasToken: authorization !== undefined,
		body: undefined,
		status: 0,
		startedAt,
		finishedAt: 0,
	};
}

function checkAccess(
	request: FastifyRequest,
	reply: FastifyReply,
	context: Context,
	done: () => void,
): void {
	const [, token] = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '') ?? [];
	const environmentId = token === undefined ? undefined : context.environments.get(token);
	if (token === undefined || environmentId === undefined) {
		sendError(
			reply,
			new ApiError(401, token === undefined ? 'Missing API token' : 'Invalid API token'),
		);
		return;
	}
	if (!context.limiter.admit(token)) {
		void reply.header('retry-after', String(RETRY_AFTER_SECONDS));
		sendError(reply, new ApiError(429, 'Rate limit exceeded'));
		return;
	}
	request.environmentId = environmentId;
	context.store.advance();
	done();
}

function pathOf(request: FastifyRequest): string {
	const { url } = request.raw;
	if (url === undefined) return '/';
	const end = url.indexOf('?');
	return end < 0 ? url : url.slice(0, end);
}

function asApiError(error: FastifyError): ApiError {
	const status = error.statusCode ?? 500;
	return new ApiError(
		status,
		status < 500 ? error.message : `Simulator error: ${error.stack ?? ''}`,
	);
}
