import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What a webhook's target received. */
export interface Received {
	headers: IncomingHttpHeaders;
	raw: string;
	/** The body, or `{}` if it is no JSON. */
	json: Record<string, unknown>;
}

export interface Receiver {
	url: string;
	received: Received[];
	/** The next answers; 200 when there are none left. */
	statuses: number[];
	/** Answers whenever there are no `statuses` left. */
	fallback: number;
	close(): Promise<void>;
}

/** Starts a target for webhooks. */
export async function startReceiver(https?: { key: string; cert: string }): Promise<Receiver> {
	const server = https ? createSecureServer(https) : createServer();
	const receiver: Receiver = {
		url: '',
		received: [],
		statuses: [],
		fallback: 200,
		close: () =>
			new Promise((resolve) => {
				server.close(() => {
					resolve();
				});
				server.closeAllConnections();
			}),
	};
	server.on('request', (request, response) => {
		let raw = '';
		request.setEncoding('utf8');
		request.on('data', (chunk: string) => (raw += chunk));
		request.on('end', () => {
			const isJson = request.headers['content-type'] === 'application/json';
			const json = isJson ? (JSON.parse(raw) as Record<string, unknown>) : {};
			receiver.received.push({ headers: request.headers, raw, json });
			response.statusCode = receiver.statuses.shift() ?? receiver.fallback;
			response.end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	receiver.url = `${https ? 'https' : 'http'}://127.0.0.1:${String(port)}/hook`;
	return receiver;
}
