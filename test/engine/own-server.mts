import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface Received {
	method: string;
	/** Without the query. */
	path: string;
	query: Record<string, string>;
	/** Not parsed. */
	body: string;
	/** Milliseconds since 1970. */
	at: number;
}

export interface OwnServer {
	url: string;
	received: Received[];
	close(): Promise<void>;
}

/** A server on 127.0.0.1 for what the simulator does not do, or does not tell. */
export async function startServer(
	answer: (request: Received, response: ServerResponse) => void,
): Promise<OwnServer> {
	const received: Received[] = [];
	const server = createServer((incoming, response) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://own.test');
			const request = {
				method: incoming.method ?? '',
				path: pathname,
				query: Object.fromEntries(searchParams),
				body: Buffer.concat(chunks).toString(),
				at: Date.now(),
			};
			received.push(request);
			answer(request, response);
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
		received,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
	response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
