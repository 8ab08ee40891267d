import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';

import { FAULTS, RUNS, startSimulator, tooManyRequests } from './index.mts';
import type { Fault, Simulator } from './index.mts';
import { clientFor, until } from './test-client.mts';

const path = `/sync-job-run/${RUNS.completed}`;

let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	simulator = await startSimulator();
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

async function meet(fault: Fault): Promise<AxiosResponse<unknown>> {
	simulator.faults.next(1, fault);
	return client.get<unknown>(path);
}

async function failure(fault: Fault, timeout = 0): Promise<unknown> {
	simulator.faults.next(1, fault);
	const error: unknown = await client.get(path, { timeout }).catch((reason: unknown) => reason);
	return axios.isAxiosError(error) ? error.code : error;
}

describe('answers with a status', () => {
	test.each<[keyof typeof FAULTS, number, string]>([
		['unauthorized', 401, 'Unauthorized'],
		['forbidden', 403, 'Forbidden'],
		['notFound', 404, 'Not Found'],
		['conflict', 409, 'Conflict'],
		['unprocessable', 422, 'Unprocessable Entity'],
		['tooManyRequests', 429, 'Too Many Requests'],
		['serverError', 500, 'Internal Server Error'],
		['accountBlocked', 503, 'Service Unavailable'],
		['gatewayTimeout', 504, 'Gateway Timeout'],
	])('%s: %i', async (name, statusCode, error) => {
		const { status, data } = await meet(FAULTS[name]);
		expect(status).toBe(statusCode);
		expect(data).toEqual({ statusCode, error, message: expect.any(String) });
		expect(simulator.requests[0]).toMatchObject({ status: statusCode });
		expect((await client.get(path)).status).toBe(200);
	});

	test('429 with and without Retry-After', async () => {
		expect((await meet(FAULTS.tooManyRequests)).headers['retry-after']).toBe('10');
		expect((await meet(tooManyRequests(3))).headers['retry-after']).toBe('3');
		const { headers } = await meet(FAULTS.tooManyRequestsNoRetryAfter);
		expect(headers).not.toHaveProperty('retry-after');
	});

	test('500 of the third party', async () => {
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

	test('502 of a gateway, in HTML', async () => {
		const { status, data, headers } = await meet(FAULTS.badGatewayHtml);
		expect([status, headers['content-type']]).toEqual([502, expect.stringContaining('text/html')]);
		expect(data).toContain('<h1>502 Bad Gateway</h1>');
	});

	test('nothing in the body', async () => {
		const { status, data } = await meet(FAULTS.emptyBody);
		expect([status, data]).toEqual([200, '']);
	});

	test('somewhere else', async () => {
		const location = 'http://127.0.0.1:1/elsewhere';
		const { status, headers } = await meet({ kind: 'redirect', location });
		expect([status, headers.location]).toEqual([302, location]);
	});
});

describe('broken answers', () => {
	test('a reset before the answer', async () => {
		expect(await failure(FAULTS.resetBeforeAnswer)).toBe('ECONNRESET');
		await until(() => simulator.requests[0]?.finishedAt !== 0);
		expect(simulator.requests[0]?.status).toBe(0);
	});

	test('a reset in the body', async () => {
		const code = await failure(FAULTS.resetInBody);
		expect(['ECONNRESET', 'ECONNABORTED', 'ERR_BAD_RESPONSE']).toContain(code);
		expect(simulator.requests[0]?.status).toBe(200);
	});

	test('cut off JSON', async () => {
		const whole = JSON.stringify((await client.get<unknown>(path)).data);
		const { data, headers } = await meet(FAULTS.truncated);
		expect(whole.startsWith(String(data))).toBe(true);
		expect(headers['content-length']).toBe(String(String(data).length));
		expect((await meet({ kind: 'truncated', keepBytes: 5 })).data).toBe('{"id"');
	});

	test('JSON that calls itself HTML', async () => {
		const { data, headers } = await meet(FAULTS.htmlContentType);
		expect(headers['content-type']).toContain('text/html');
		expect(data).toMatchObject({ id: RUNS.completed });
	});

	test('no answer at all', async () => {
		expect(await failure(FAULTS.hang, 50)).toBe('ECONNABORTED');
		await until(() => simulator.requests[0]?.finishedAt !== 0);
	});
});

describe('slow and packed answers', () => {
	test('a late beginning', async () => {
		const start = performance.now();
		const { status } = await meet({ kind: 'delayHeaders', ms: 120 });
		expect(status).toBe(200);
		expect(performance.now() - start).toBeGreaterThanOrEqual(115);
	});

	test('a body that dribbles in', async () => {
		simulator.faults.next(1, { kind: 'slowBody', ms: 200 });
		const start = performance.now();
		const response = await fetch(`${simulator.url}${path}`, {
			headers: { Authorization: 'Bearer truto-demo-token' },
		});
		const headersAfter = performance.now() - start;
		expect(await response.json()).toMatchObject({ id: RUNS.completed });
		expect(headersAfter).toBeLessThan(150);
		expect(performance.now() - start).toBeGreaterThanOrEqual(180);
	});

	test('gzip', async () => {
		simulator.faults.next(1, FAULTS.gzip);
		const options = { decompress: false, responseType: 'arraybuffer' } as const;
		const { headers, data } = await client.get<ArrayBuffer>(path, options);
		expect(headers['content-encoding']).toBe('gzip');
		expect([...new Uint8Array(data).subarray(0, 2)]).toEqual([0x1f, 0x8b]);
		expect((await meet(FAULTS.gzip)).data).toMatchObject({ id: RUNS.completed });
	});

	test('several faults together', async () => {
		simulator.faults.next(1, [{ kind: 'delayHeaders', ms: 60 }, FAULTS.gatewayTimeout]);
		const start = performance.now();
		expect((await client.get(path)).status).toBe(504);
		expect(performance.now() - start).toBeGreaterThanOrEqual(55);
	});
});

describe('which requests', () => {
	const statuses = async (...paths: string[]) => {
		const list: number[] = [];
		for (const one of paths) list.push((await client.get(one)).status);
		return list;
	};

	test('the next ones, in the order given', async () => {
		simulator.faults.next(2, FAULTS.serverError);
		simulator.faults.next(1, FAULTS.gatewayTimeout);
		expect(await statuses(path, '/sync-job', path, path)).toEqual([500, 500, 504, 200]);
		expect(simulator.faults.applied).toBe(3);
	});

	test('those of a path', async () => {
		simulator.faults.forPath('/sync-job', FAULTS.serverError, 2);
		simulator.faults.forPath('POST /sync-job-run', FAULTS.forbidden);
		simulator.faults.forPath(/^GET \/log/g, FAULTS.conflict);
		expect(await statuses(path, '/sync-job', '/sync-job/x', '/sync-job', '/sync-job-run')).toEqual([
			200, 500, 500, 200, 200,
		]);
		expect((await client.post('/sync-job-run', {})).status).toBe(403);
		expect(await statuses('/log', '/log')).toEqual([409, 409]);
		simulator.faults.clear();
		expect((await client.post('/sync-job-run', {})).status).toBe(400);
	});

	test('some at random, but the same ones each time', async () => {
		const paths = Array.from({ length: 100 }, () => path);
		simulator.faults.random(0.2, FAULTS.serverError, 7);
		const first = await statuses(...paths);
		simulator.faults.clear();
		simulator.faults.random(0.2, FAULTS.serverError, 7);
		expect(await statuses(...paths)).toEqual(first);
		const failed = first.filter((status) => status === 500).length;
		expect(failed).toBeGreaterThan(8);
		expect(failed).toBeLessThan(35);
	});
});

test('an unanswered request does not keep the simulator from closing', async () => {
	const other = await startSimulator();
	other.faults.next(1, FAULTS.hang);
	const request = clientFor(other)
		.get(path)
		.catch(() => 'gone');
	await until(() => other.requests.length === 1);
	await other.close();
	expect(await request).toBe('gone');
});
