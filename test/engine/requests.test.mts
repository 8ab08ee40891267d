import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { FAULTS, RUNS, startSimulator, tooManyRequests, WRONG_TOKEN } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

/** A sweep begins with 64 requests in flight, and one more for each good answer. */
const MOST_AT_ONCE = 80;

const truto = useSimulator();

/** One operation of each of n8n's two engines: a declared one, and one of `customOperations`. */
const ENGINES = ['get', 'getAll'];

const run = async (
	operation: string,
	test: Partial<TrutoTest> = {},
	parameters: INodeParameters = {},
) =>
	await runTruto({
		simulator: truto(),
		parameters: { operation, syncJobRunId: byId(RUNS.completed), limit: 1, ...parameters },
		...test,
	});

const RETRIED = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

describe.each(ENGINES)('a bad token (%s)', (operation) => {
	it('is tried by no more than the items that are on their way already', async () => {
		const { rows, error } = await run(operation, {
			items: Array.from({ length: 300 }, () => ({})),
			credential: { apiToken: WRONG_TOKEN },
			onError: 'continueRegularOutput',
		});

		expect(error).toBeUndefined();
		expect(rows.map((row) => row.error)).toEqual(
			Array.from(
				{ length: 300 },
				(_, item) => `Truto did not accept the API token (401) [item ${item}]`,
			),
		);
		const texts = new Set(rows.map(({ message }) => String(message).split('\n')[1]));
		expect([...texts]).toEqual([
			expect.stringMatching(/^The token is wrong, expired or deleted\. Create a new one in Truto/),
		]);
		expect(truto().requests.length).toBeLessThanOrEqual(MOST_AT_ONCE);
	});

	it('is tried again when n8n tries again', async () => {
		truto().faults.next(1, FAULTS.unauthorized);

		const { rows, error } = await run(operation, { settings: RETRIED });

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		expect(truto().requests.map(({ status }) => status)).toEqual([401, 200]);
	});
});

describe.each(ENGINES)('a pause that is too long to wait for (%s)', (operation) => {
	it('ends all items soon, with an error that says until when', async () => {
		truto().faults.forPath('/sync-job-run', tooManyRequests(3_600));
		const before = Date.now();

		const { rows, error, durationMs } = await run(operation, {
			items: Array.from({ length: 300 }, () => ({})),
			onError: 'continueRegularOutput',
		});

		expect(error).toBeUndefined();
		expect(durationMs).toBeLessThan(10_000);
		expect(truto().requests.length).toBeLessThanOrEqual(MOST_AT_ONCE);
		expect(rows).toHaveLength(300);
		for (const { message } of rows) {
			const [, until] = /Truto accepts no requests before (\S+Z)\./.exec(String(message)) ?? [];
			const pauseMs = Date.parse(until ?? '') - before;
			expect(pauseMs).toBeGreaterThanOrEqual(3_590_000);
			expect(pauseMs).toBeLessThan(3_620_000);
		}
	});
});

describe.each(ENGINES)('the credential (%s)', (operation) => {
	it('is looked up for each item', async () => {
		const other = await startSimulator();

		const { rows, error } = await run(operation, {
			items: [{}, {}, {}, {}],
			credentialOfItem: (item) => ({ baseUrl: item % 2 === 0 ? truto().url : other.url }),
		});
		await other.close();

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(4);
		expect(truto().requests).toHaveLength(2);
		expect(other.requests).toHaveLength(2);
	});

	it('is that of each item, even if one of them has a bad token', async () => {
		const { rows } = await run(operation, {
			items: [{}, {}],
			credentialOfItem: (item) => (item === 1 ? { apiToken: WRONG_TOKEN } : {}),
			onError: 'continueRegularOutput',
		});

		expect(rows[1]?.error).toBe('Truto did not accept the API token (401) [item 1]');
	});

	it('with a bad token does not stop the requests of the others', async () => {
		truto().faults.forPath('GET /sync-job-run', tooManyRequests(1), 1);

		const { rows } = await run(operation, {
			items: [{}, {}],
			credentialOfItem: (item) => (item === 1 ? { apiToken: WRONG_TOKEN } : {}),
			onError: 'continueRegularOutput',
		});

		expect(rows[0]?.error).toBeUndefined();
		expect(rows[1]?.error).toBe('Truto did not accept the API token (401) [item 1]');
	});

	it('is looked up again when n8n tries again', async () => {
		let lookUps = 0;

		const { rows, error } = await run(operation, {
			credentialOfItem: () => {
				lookUps++;
				if (lookUps === 1) throw new Error('database is locked');
				return {};
			},
			settings: RETRIED,
		});

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		expect(truto().requests).toHaveLength(1);
	});

	it('that cannot be looked up has its own error', async () => {
		const { error } = await run(operation, {
			credentialOfItem: () => {
				throw new Error('database is locked');
			},
		});

		expect(error?.message).toMatch(/^database is locked/);
		expect(truto().requests).toEqual([]);
	});
});

describe.each(ENGINES)('the domains that a credential allows (%s)', (operation) => {
	it('are for HTTP Request: the token only goes to the Base URL', async () => {
		const { rows, error } = await run(operation, {
			items: [{}, {}],
			credential: { allowedHttpRequestDomains: 'domains', allowedDomains: 'truto.example' },
		});

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThanOrEqual(2);
		expect(rows.filter((row) => 'error' in row)).toEqual([]);
	});
});

describe.each(ENGINES)('an error of n8n itself (%s)', (operation) => {
	it('names the item once', async () => {
		const { error } = await run(
			operation,
			{},
			{
				syncJobRunId: byId("={{ $('Nowhere').item.json.id }}"),
				filters: { syncJobId: byId("={{ $('Nowhere').item.json.id }}") },
			},
		);

		// n8n's declarative engine stops before the node is asked: it names no item.
		const item = operation === 'get' ? null : ['[item 0]'];
		expect(error?.message.match(/\[item \d+\]/g)).toEqual(item);
		expect(error?.message).toMatch(/node/i);
		expect(truto().requests).toEqual([]);
	});
});

describe.each(ENGINES)('an answer (%s)', (operation) => {
	it('may have a key that streams have too', async () => {
		for (const id of truto().store.runs.keys()) {
			truto().store.patchRun(id, { pipe: 'a text' });
		}

		const { rows, error } = await run(operation);

		expect(error).toBeUndefined();
		expect(rows).toMatchObject([{ pipe: 'a text' }]);
	});
});

describe.each(ENGINES)('request options (%s)', (operation) => {
	it('that cannot be used say so', async () => {
		const { error } = await run(operation, {}, { requestOptions: { proxy: 'http://' } });

		expect(error?.message).toMatch(/proxy/i);
		expect(truto().requests).toEqual([]);
	});

	it('let items wait for their batch', async () => {
		const batching = { batch: { batchSize: 1, batchInterval: 800 } };

		const { rows } = await run(operation, { items: [{}, {}] }, { requestOptions: { batching } });

		expect(rows).toHaveLength(2);
		const [first = 0, second = 0] = truto().requests.map(({ startedAt }) => startedAt);
		expect(second - first).toBeGreaterThanOrEqual(400);
	});

	it('send requests through a proxy', async () => {
		const proxy = await startSimulator();

		const { error } = await run(
			operation,
			{ credential: { baseUrl: 'http://truto.invalid' } },
			{ requestOptions: { proxy: proxy.url } },
		);
		await proxy.close();

		expect(error).toBeUndefined();
		expect(proxy.requests).toHaveLength(1);
	});
});
