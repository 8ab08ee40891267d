import type { FastifyReply } from 'fastify';

import type { Dialect } from './dialect.mts';
import type { ApiError } from './errors.mts';

/** Sends JSON that is text already. */
export function sendJson(reply: FastifyReply, text: string): void {
	void reply.header('content-type', 'application/json; charset=utf-8').send(text);
}

/**
 * Says that something was done, where nobody needs to know more (D5, D17).
 *
 * @param likely the JSON of the likely answer
 */
export function sendDone(
	reply: FastifyReply,
	form: Dialect['doneAnswer'] | Dialect['deleteAnswer'],
	id: string,
	likely = JSON.stringify({ id }),
): void {
	switch (form) {
		case 'likely':
			sendJson(reply, likely);
			return;
		case 'id':
			sendJson(reply, JSON.stringify({ id }));
			return;
		case 'empty-object':
			sendJson(reply, '{}');
			return;
		case 'success':
			sendJson(reply, '{"success":true}');
			return;
		case 'text':
			void reply.type('text/plain').send('OK');
			return;
		case 'empty':
			void reply.send('');
			return;
		default:
			void reply.code(Number(form)).send();
	}
}

/** Sends Truto's error body. */
export function sendError(reply: FastifyReply, error: ApiError): void {
	sendJson(reply.code(error.body.statusCode), JSON.stringify(error.body));
}
