import { describe, expect, it, test } from '@jest/globals';
import type { IExecuteFunctions } from 'n8n-workflow';

import { readRequestOptions } from '../../../lib/n8n/requestOptions';
import { explainedErrorOf } from '../helpers/explained.mts';

function read(options: unknown): ReturnType<typeof readRequestOptions> {
	const n8n = { getNodeParameter: () => options };
	return readRequestOptions(n8n as unknown as IExecuteFunctions);
}

describe('request options', () => {
	test.each([[undefined], [null], [{}], ['x'], [{ timeout: '' }]])(
		'are those of n8n if nothing is set: %j',
		(options) => {
			const { httpOptions, delayMs } = read(options);
			expect(httpOptions).toEqual({ timeout: 300_000 });
			expect(delayMs(0)).toBe(0);
			expect(delayMs(1_000)).toBe(0);
		},
	);

	it('are passed on to each request', () => {
		const { httpOptions } = read({
			timeout: '1500',
			allowUnauthorizedCerts: 'true',
			proxy: 'http://user:p%40ss@proxy.example:3128',
		});
		expect(httpOptions).toEqual({
			timeout: 1_500,
			skipSslCertificateValidation: true,
			proxy: {
				protocol: 'http',
				host: 'proxy.example',
				port: 3128,
				auth: { username: 'user', password: 'p@ss' },
			},
		});
	});

	test.each([
		['proxy.example', { protocol: 'http', host: 'proxy.example', port: 80 }],
		['https://proxy.example', { protocol: 'https', host: 'proxy.example', port: 443 }],
		['proxy.example:8080', { protocol: 'http', host: 'proxy.example', port: 8080 }],
	])('name a proxy as people write it: %s', (address, proxy) => {
		expect(read({ proxy: address }).httpOptions.proxy).toEqual(proxy);
	});

	it('let items wait for their batch', () => {
		const { delayMs } = read({ batching: { batch: { batchSize: 2, batchInterval: 500 } } });
		expect([0, 1, 2, 3, 4].map(delayMs)).toEqual([0, 0, 500, 500, 1_000]);
		const odd = read({ batching: { batch: { batchSize: -1, batchInterval: 500 } } });
		expect(odd.delayMs(3)).toBe(1_500);
	});

	test.each([
		[{ timeout: 0 }, "'Timeout' is not valid: 0"],
		[{ timeout: 'soon' }, "'Timeout' is not valid: soon"],
		[{ proxy: 'http://' }, "'Proxy' is not an address"],
		[{ proxy: [] }, "'Proxy' is not valid: []"],
		[{ allowUnauthorizedCerts: 'perhaps' }, "'Ignore SSL Issues' is not valid: perhaps"],
		[{ batching: { batch: { batchSize: 'few' } } }, "'Items per Batch' is not valid: few"],
		[{ batching: { batch: { batchInterval: -1 } } }, "'Batch Interval' is not valid: -1"],
	])('are refused if they cannot be used: %j', (options, message) => {
		expect(explainedErrorOf(() => read(options)).message).toBe(message);
	});
});
