import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import type { FastifyReply, FastifyRequest } from 'fastify';

import { errorBody } from './errors.mts';
import type { Fault } from './faults.mts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Whether the fault takes the place of the answer, rather than changing it. */
export function replacesAnswer(fault: Fault): boolean {
	return ['status', 'redirect', 'resetBeforeAnswer', 'hang'].includes(fault.kind);
}

/** Carries out a fault that takes the place of the answer. */
export function answerWithFault(fault: Fault, request: FastifyRequest, reply: FastifyReply): void {
	switch (fault.kind) {
		case 'status': {
			const { status, body = errorBody(status, defaultMessage(status)), headers = {} } = fault;
			const text = typeof body === 'string' ? body : JSON.stringify(body);
			const fallback = typeof body === 'string' ? 'text/plain' : JSON_TYPE;
			void reply
				.code(status)
				.headers(headers)
				.type(fault.contentType ?? fallback)
				.send(text);
			return;
		}
		case 'redirect':
			void reply
				.code(fault.status ?? 302)
				.header('location', fault.location)
				.send('');
			return;
		case 'resetBeforeAnswer':
			reply.hijack();
			reset(request);
			return;
		default:
			// Never to be answered; closing the server ends it.
			reply.hijack();
	}
}

function defaultMessage(status: number): string {
	if (status === 429) return 'Rate limit exceeded';
	return status === 401 ? 'Invalid API token' : 'A simulated fault';
}

/** Waits as long as the faults delay the beginning of the answer. */
export async function delayHeaders(faults: readonly Fault[]): Promise<void> {
	for (const fault of faults) {
		// Real time, and no reason to keep a process alive.
		if (fault.kind === 'delayHeaders') await wait(fault.ms, undefined, { ref: false });
	}
}

/** Applies the faults that change an answer: its new body. */
export function alterAnswer(
	faults: readonly Fault[],
	request: FastifyRequest,
	reply: FastifyReply,
	payload: string,
): string | Buffer | Readable {
	let body = Buffer.from(payload);
	let stream: Readable | undefined;
	for (const fault of faults) {
		switch (fault.kind) {
			case 'truncated':
				body = body.subarray(0, fault.keepBytes ?? Math.floor(body.length / 2));
				break;
			case 'contentType':
				void reply.header('content-type', fault.contentType ?? 'text/html; charset=utf-8');
				break;
			case 'gzip':
				body = gzipSync(body);
				void reply.header('content-encoding', 'gzip');
				break;
			case 'slowBody':
				stream = Readable.from(dribble(body, fault.ms), { objectMode: false });
				break;
			case 'resetInBody':
				stream = Readable.from(breakOff(body, fault.afterBytes, request), { objectMode: false });
				break;
			default:
				break;
		}
	}
	void reply.header('content-length', String(body.length));
	return stream ?? body;
}

async function* dribble(body: Buffer, ms: number): AsyncGenerator<Buffer> {
	const pieces = Math.max(1, Math.min(20, body.length));
	const size = Math.ceil(body.length / pieces);
	for (let at = 0; at < body.length; at += size) {
		yield body.subarray(at, at + size);
		await wait(ms / pieces);
	}
}

async function* breakOff(
	body: Buffer,
	afterBytes: number,
	request: FastifyRequest,
): AsyncGenerator<Buffer> {
	// Never the whole answer, however short it is.
	yield body.subarray(0, Math.min(afterBytes, body.length - 1));
	// A reset overtakes what was sent: the client gets time to read it.
	await wait(30);
	reset(request);
	await wait(30);
}

function reset(request: FastifyRequest): void {
	const { socket } = request.raw;
	// A TLS socket has no reset of its own.
	if ('encrypted' in socket) socket.destroy();
	else socket.resetAndDestroy();
}
