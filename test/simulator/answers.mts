import type { FastifyReply } from 'fastify';

import type { ApiError } from './errors.mts';

/** Sends JSON that is text already. */
export function sendJson(reply: FastifyReply, text: string): void {
	void reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

/** Sends Truto's error body. */
export function sendError(reply: FastifyReply, error: ApiError): void {
	sendJson(reply.code(error.body.statusCode), JSON.stringify(error.body));
}
