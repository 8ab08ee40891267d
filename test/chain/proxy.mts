import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';

/** An HTTP proxy, as n8n finds it in `HTTPS_PROXY`. */
export interface Proxy {
	url: string;
	/** Hosts that were asked for and are not known: no request leaves this machine. */
	refused: string[];
	close(): Promise<void>;
}

/**
 * Leads CONNECT tunnels to local TLS servers, by the name of the host that is asked for: n8n believes to
 * talk to the real host, and checks that host's name in the certificate.
 *
 * @param ports the local port that stands for each host
 */
export async function startProxy(ports: Record<string, number>): Promise<Proxy> {
	const refused: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer((request, response) => {
		refused.push(request.url ?? '');
		response.writeHead(502).end();
	});
	server.on('connection', (socket) => sockets.add(socket));
	server.on('connect', (request, client: Socket) => {
		const host = request.url?.split(':')[0] ?? '';
		const port = ports[host];
		if (port === undefined) {
			refused.push(host);
			client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
			return;
		}
		const target = connect(port, '127.0.0.1', () => {
			client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
			client.pipe(target).pipe(client);
		});
		sockets.add(target);
		// Either end may be killed at the end of a test.
		client.on('error', () => target.destroy());
		target.on('error', () => client.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}`,
		refused,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}
