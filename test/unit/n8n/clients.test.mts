import { describe, expect, it, jest } from '@jest/globals';
import type { IExecuteFunctions, IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { clientFor, clientForItem, clientForTrigger } from '../../../lib/n8n/clients';

const REQUEST = { method: 'GET', path: '/sync-job/j', about: 'sync job j' } as const;
let tokens = 0;

/** What n8n hands to a node, and the requests that it is asked to send. */
function n8nWith({ ids = ['e1', 'w1'], status = 200 }: { ids?: unknown[]; status?: number } = {}) {
	const credential = { apiToken: `tok_${++tokens}`, baseUrl: 'https://truto.example' };
	const sent: { options: IHttpRequestOptions; more: unknown }[] = [];
	const n8n = {
		getCredentials: async () => await Promise.resolve(credential),
		getExecutionId: () => ids[0],
		getWorkflow: () => ({ id: ids[1] }),
		getExecutionCancelSignal: () => undefined,
		helpers: {
			httpRequestWithAuthentication: async (
				_: string,
				options: IHttpRequestOptions,
				more: unknown,
			) => {
				sent.push({ options, more });
				return await Promise.resolve({ statusCode: status, headers: {}, body: {} });
			},
		},
	};
	return { credential, sent, n8n: n8n as unknown as IExecuteFunctions & ILoadOptionsFunctions };
}

describe('a client', () => {
	it('sends requests with the credential as it was decrypted', async () => {
		const { n8n, sent, credential } = n8nWith();

		await (await clientForTrigger(n8n, 0)).send(REQUEST);

		const data = { id: '', name: '', type: 'trutoApi', data: credential };
		expect(sent.map(({ more }) => more)).toEqual([{ credentialsDecrypted: data }]);
	});

	it.each([
		[['e1', 'w1'], 'e1'],
		[[undefined, 'w1'], 'w1'],
		[[undefined, undefined], ''],
	])('of an execution %j queues up with others of it: %j', async (ids, lane) => {
		const acquire = jest.spyOn(RateLimiter.prototype, 'acquire');
		const { n8n } = n8nWith({ ids });

		const client = await clientForItem(n8n, 0, () => ({ maxRetries: 0, hasOptions: true }));
		await client.send(REQUEST);

		expect(acquire.mock.calls[0]?.[0]).toMatchObject({ lane });
		acquire.mockRestore();
	});

	it('of a trigger tries again as often as it may, and names no options that the trigger lacks', async () => {
		const broken = n8nWith({ status: 502 });
		await expect((await clientForTrigger(broken.n8n, 1)).send(REQUEST)).rejects.toThrow('(502)');
		expect(broken.sent).toHaveLength(2);

		const { n8n } = n8nWith({ status: 429 });
		await expect((await clientForTrigger(n8n, 0)).send(REQUEST)).rejects.toMatchObject({
			description: expect.stringContaining('Try again later.'),
		});
	});

	it('outside of an execution waits as long as it may, and names no options', async () => {
		const { n8n, sent } = n8nWith({ status: 429 });
		const ends = new AbortController();
		const limits = { lane: 'editor', maxRetries: 0, timeoutMs: 1_234, signal: ends.signal };
		const client = await clientFor(n8n, limits);

		await expect(client.send(REQUEST)).rejects.toMatchObject({
			description: expect.stringContaining('Try again later.'),
		});
		expect(sent[0]?.options.timeout).toBe(1_234);
		ends.abort(new Error('ended'));
		expect((sent[0]?.options.abortSignal as AbortSignal).aborted).toBe(true);
	});
});
