import type { IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { isJsonRecord } from '../json';
import { readBoolean, readNumber, readText } from '../parameters/read';
import { DEFAULT_TIMEOUT_MS } from '../transport/client';

/**
 * What is set in the node's *Settings* under *Request Options*. n8n's declarative engine reads it for
 * the operations that it runs. This is for the others.
 *
 * @returns the options of each request, and how long an item waits for its turn, in milliseconds
 * @throws {ExplainedError} if an option is not valid
 */
export function readRequestOptions(n8n: IExecuteFunctions): {
	httpOptions: Partial<IHttpRequestOptions>;
	delayMs: (itemIndex: number) => number;
} {
	const given: unknown = n8n.getNodeParameter('requestOptions', 0, {});
	const options = isJsonRecord(given) ? given : {};
	const timeout = readNumber(options.timeout, 'Timeout', DEFAULT_TIMEOUT_MS, { min: 1 });
	const proxy = readText(options.proxy, 'Proxy');
	const ignoreSsl = readBoolean(options.allowUnauthorizedCerts, 'Ignore SSL Issues', false);
	const batching = isJsonRecord(options.batching) ? options.batching.batch : undefined;
	const batch = isJsonRecord(batching) ? batching : {};
	const batchSize = readNumber(batch.batchSize, 'Items per Batch', 50);
	const intervalMs = readNumber(batch.batchInterval, 'Batch Interval', 0, { min: 0 });
	return {
		httpOptions: {
			timeout,
			...(proxy === undefined ? {} : { proxy: parseProxy(proxy) }),
			...(ignoreSsl ? { skipSslCertificateValidation: true } : {}),
		},
		delayMs: (itemIndex) => intervalMs * Math.floor(itemIndex / Math.max(1, batchSize)),
	};
}

function parseProxy(address: string): IHttpRequestOptions['proxy'] {
	const text = address.includes('://') ? address : `http://${address}`;
	if (!URL.canParse(text)) {
		throw new ExplainedError("'Proxy' is not an address", 'Use one like http://proxy:3128.');
	}
	const { protocol, hostname, port, username, password } = new URL(text);
	return {
		protocol: protocol.replace(':', ''),
		host: hostname,
		port: Number(port || (protocol === 'https:' ? 443 : 80)),
		...(username === ''
			? {}
			: {
					auth: {
						username: decodeURIComponent(username),
						password: decodeURIComponent(password),
					},
				}),
	};
}
