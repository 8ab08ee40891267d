import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';

import { FAULTS, Faults, RUNS, startSimulator } from './index.mts';
import type { FaultSpec, Simulator } from './index.mts';
import { clientFor, until } from './test-client.mts';

const path = `/sync-job-run/${RUNS.completed}`;

let simulator: Simulator;
let client: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator();
	client = clientFor(simulator);
});
afterAll(() => simulator.close());

async function meet(fault: FaultSpec, config: AxiosRequestConfig = {}) {
	simulator.faults.next(1, fault);
	return await client.get<unknown>(path, config);
}

describe('an error has statusCode, error and message', () => {
	test.each<[keyof typeof FAULTS, number, string]>([
		['unauthorized', 401, 'Unauthorized'],
		['forbidden', 403, 'Forbidden'],
		['notFound', 404, 'Not Found'],
		['conflict', 409, 'Conflict'],
		['unprocessable', 422, 'Unprocessable Entity'],
		['tooManyRequests', 429, 'Too Many Requests'],
		['tooManyRequestsNoRetryAfter', 429, 'Too Many Requests'],
		['serverError', 500, 'Internal Server Error'],
		['accountBlocked', 503, 'Service Unavailable'],
		['gatewayTimeout', 504, 'Gateway Timeout'],
	])('%s: %i', async (name, statusCode, error) => {
		const { status, data, headers } = await meet(FAULTS[name]);
		expect(status).toBe(statusCode);
		expect(data).toEqual({ statusCode, error, message: expect.any(String) });
		expect(headers['retry-after']).toBe(name === 'tooManyRequests' ? '10' : undefined);
		expect((await client.get(path)).status).toBe(200);
	});

	test('and if the provider failed: truto_is_remote_error, raw_response and an empty message', async () => {
		const { status, data } = await meet(FAULTS.remoteServerError);
		expect(status).toBe(500);
		expect(data).toEqual({
			statusCode: 500,
			error: 'Internal Server Error',
			message: '',
			truto_is_remote_error: true,
			raw_response: { code: 'INTERNAL', detail: 'Salesforce is having a moment' },
		});
	});

	test('but not if it comes from a gateway: that is HTML', async () => {
		const { status, data, headers } = await meet(FAULTS.badGatewayHtml);
		expect([status, headers['content-type']]).toEqual([502, expect.stringContaining('text/html')]);
		expect(data).toContain('<h1>502 Bad Gateway</h1>');
	});
});

describe('answers that a client can use: nobody else would notice if they were not odd', () => {
	test('JSON that calls itself HTML', async () => {
		const { data, headers } = await meet(FAULTS.htmlContentType);
		expect(headers['content-type']).toContain('text/html');
		expect(data).toMatchObject({ id: RUNS.completed });
	});

	test('gzip', async () => {
		const raw = { decompress: false, responseType: 'arraybuffer' } as const;
		const { headers, data } = await meet(FAULTS.gzip, raw);
		expect(headers['content-encoding']).toBe('gzip');
		expect([...new Uint8Array(data as ArrayBuffer).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
		expect((await meet(FAULTS.gzip)).data).toMatchObject({ id: RUNS.completed });
	});

	test('a late beginning, also of an error', async () => {
		const start = performance.now();
		const { status } = await meet([{ kind: 'delayHeaders', ms: 60 }, FAULTS.gatewayTimeout]);
		expect(status).toBe(504);
		expect(performance.now() - start).toBeGreaterThanOrEqual(55);
	});

	test('a slow body', async () => {
		const start = performance.now();
		expect((await meet({ kind: 'slowBody', ms: 100 })).data).toMatchObject({ id: RUNS.completed });
		expect(performance.now() - start).toBeGreaterThanOrEqual(90);
	});
});

test('faults at random are the same ones each time', () => {
	const taken = () => {
		const faults = new Faults();
		faults.random(0.2, FAULTS.serverError, 7);
		return Array.from({ length: 100 }, () => faults.take('GET', path) !== undefined);
	};
	const first = taken();
	expect(taken()).toEqual(first);
	expect(first.filter(Boolean).length).toBeGreaterThan(8);
	expect(first.filter(Boolean).length).toBeLessThan(35);
});

test('an unanswered request does not keep the simulator from closing', async () => {
	const other = await startSimulator();
	other.faults.next(1, FAULTS.hang);
	const request = clientFor(other)
		.get(path)
		.catch(() => 'gone');
	await until(() => other.requests.length === 1, 60_000);
	await other.close();
	expect(await request).toBe('gone');
});
