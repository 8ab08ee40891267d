import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
	ACCOUNTS,
	ManualClock,
	OTHER_TOKEN,
	RUNS,
	SYNC_JOBS,
	UNKNOWN_ID,
	VALID_TOKEN,
	WRONG_TOKEN,
	startSimulator,
} from './index.mts';
import type { Simulator } from './index.mts';
import { clientFor, getRuns } from './test-client.mts';

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = new ManualClock();
	simulator = await startSimulator({ clock });
});
afterEach(() => simulator.close());

describe('authentication', () => {
	test.each([
		['no token', null, 'Missing API token'],
		['a wrong token', WRONG_TOKEN, 'Invalid API token'],
	])('answers 401 to %s', async (_name, token, message) => {
		const { status, data } = await clientFor(simulator, token).get<unknown>('/sync-job-run');
		expect(status).toBe(401);
		expect(data).toEqual({ statusCode: 401, error: 'Unauthorized', message });
	});

	test('answers 401 to another scheme', async () => {
		const headers = { Authorization: `Basic ${VALID_TOKEN}` };
		const { status } = await clientFor(simulator, null).get('/sync-job', { headers });
		expect(status).toBe(401);
	});

	test('takes the tokens that it is given', async () => {
		const own = await startSimulator({ seed: false, environments: { secret: 'env-1' } });
		expect((await clientFor(own, 'secret').get('/sync-job')).status).toBe(200);
		expect((await clientFor(own).get('/sync-job')).status).toBe(401);
		await own.close();
	});
});

describe('environments', () => {
	test.each([
		['/sync-job-run', RUNS.completed, RUNS.other],
		['/sync-job', SYNC_JOBS.crm, SYNC_JOBS.other],
		['/integrated-account', ACCOUNTS.hubspot, ACCOUNTS.other],
	])('%s shows a token only its own', async (path, own, foreign) => {
		const mine = clientFor(simulator);
		const theirs = clientFor(simulator, OTHER_TOKEN);
		expect((await mine.get(`${path}/${own}`)).status).toBe(200);
		expect((await theirs.get(`${path}/${foreign}`)).status).toBe(200);
		expect((await mine.get(`${path}/${foreign}`)).status).toBe(404);
		expect((await theirs.get(`${path}/${own}`)).status).toBe(404);
		const { data } = await theirs.get<{ result: { id: string }[] }>(path);
		expect(data.result.map(({ id }) => id)).toEqual([foreign]);
	});

	test('a foreign run can neither be deleted nor used', async () => {
		const theirs = clientFor(simulator, OTHER_TOKEN);
		expect((await theirs.delete(`/sync-job-run/${RUNS.completed}`)).status).toBe(404);
		const start = { sync_job_id: SYNC_JOBS.hris, integrated_account_id: ACCOUNTS.other };
		expect((await theirs.post('/sync-job-run', start)).status).toBe(404);
		expect(simulator.store.runs.has(RUNS.completed)).toBe(true);
	});
});

describe('errors', () => {
	test.each([UNKNOWN_ID, 'not-a-uuid', '%20'])('answers 404 to the id %s', async (id) => {
		const { status, data } = await clientFor(simulator).get<unknown>(`/sync-job-run/${id}`);
		expect(status).toBe(404);
		expect(data).toEqual({
			statusCode: 404,
			error: 'Not Found',
			message: expect.stringContaining('not found'),
		});
	});

	test('answers 404 to an unknown route', async () => {
		const { status, data } = await clientFor(simulator).get<unknown>('/nothing');
		expect(status).toBe(404);
		expect(data).toMatchObject({ statusCode: 404, message: 'Route GET:/nothing not found' });
	});

	test('answers 400 to a body that is not JSON', async () => {
		const options = { headers: { 'Content-Type': 'application/json' } };
		// As bytes: axios would make a text valid JSON.
		const { status, data } = await clientFor(simulator).post<unknown>(
			'/sync-job-run',
			Buffer.from('{'),
			options,
		);
		expect(status).toBe(400);
		expect(data).toMatchObject({ error: 'Bad Request', message: 'The body is not valid JSON' });
	});
});

describe('rate limit', () => {
	const path = `/sync-job-run/${RUNS.completed}`;
	const statuses = async (count: number, token = VALID_TOKEN) => {
		const client = clientFor(simulator, token);
		const answers = await Promise.all(Array.from({ length: count }, () => client.get(path)));
		return answers.map(({ status }) => status);
	};
	const count = (list: number[], status: number) => list.filter((one) => one === status).length;

	test('refuses what exceeds 500 requests in 10 s, and slides', async () => {
		expect(count(await statuses(300), 200)).toBe(300);
		await clock.advance(6_000);
		const second = await statuses(200);
		expect(count(second, 200)).toBe(200);
		await clock.advance(3_999);
		expect(await statuses(1)).toEqual([429]);
		// 10 s after the first 300, their places are free: all but the one that was refused.
		await clock.advance(1);
		const third = await statuses(300);
		expect([count(third, 200), count(third, 429)]).toEqual([299, 1]);
	});

	test('counts what it refuses: who keeps asking stays outside', async () => {
		simulator.rateLimit.rule = { requests: 2, windowMs: 10_000 };
		expect(await statuses(2)).toEqual([200, 200]);
		for (let second = 0; second < 30; second += 4) {
			await clock.advance(4_000);
			expect(await statuses(1)).toEqual([429]);
		}
		await clock.advance(10_000);
		expect(await statuses(1)).toEqual([200]);
	});

	test('may be for windows that follow on each other: a new one knows nothing of the last', async () => {
		simulator.rateLimit.rule = { requests: 3, windowMs: 10_000 };
		simulator.speak({ rateLimitWindow: 'fixed' });
		// The clock starts at a full 10 s.
		await clock.advance(9_999);
		expect(await statuses(4)).toEqual([200, 200, 200, 429]);
		expect(await statuses(1, OTHER_TOKEN)).toEqual([404]);
		await clock.advance(1);
		expect(await statuses(3)).toEqual([200, 200, 200]);
		await clock.advance(9_999);
		expect(await statuses(1)).toEqual([429]);
		simulator.rateLimit.reset();
		expect(await statuses(1)).toEqual([200]);
	});

	test('says so in Truto’s words, with Retry-After', async () => {
		simulator.rateLimit.rule = { requests: 1, windowMs: 10_000 };
		await statuses(1);
		const client = clientFor(simulator);
		const { data, headers } = await client.get<unknown>(path);
		const message = 'Rate limit exceeded';
		expect(data).toEqual({ statusCode: 429, error: 'Too Many Requests', message });
		expect(headers['retry-after']).toBe('10');
		simulator.rateLimit.retryAfter = 'date';
		const date: unknown = (await client.get(path)).headers['retry-after'];
		expect(Date.parse(String(date)) - clock.now()).toBe(10_000);
		simulator.rateLimit.retryAfter = 'none';
		expect((await client.get(path)).headers).not.toHaveProperty('retry-after');
	});

	test('counts per token, and only those with one', async () => {
		simulator.rateLimit.rule = { requests: 2, windowMs: 10_000 };
		expect(await statuses(2, WRONG_TOKEN)).toEqual([401, 401]);
		expect(await statuses(2)).toEqual([200, 200]);
		expect(await statuses(1)).toEqual([429]);
		expect(await statuses(1, OTHER_TOKEN)).toEqual([404]);
	});

	test('can be off', async () => {
		simulator.rateLimit.rule = false;
		expect(count(await statuses(600), 200)).toBe(600);
	});
});

describe('recorded requests', () => {
	test('hold what was asked and answered, but not the token', async () => {
		await getRuns(clientFor(simulator), { 'created_at[gt]': '2020-01-01', limit: 2 });
		await clientFor(simulator, null).post('/sync-job-run', { a: 1 });
		await clientFor(simulator).post('/sync-job-run', { a: 1 });
		const [list, refused, invalid] = simulator.requests;
		expect(list).toMatchObject({
			method: 'GET',
			path: '/sync-job-run',
			query: { 'created_at[gt]': '2020-01-01', limit: '2' },
			hasToken: true,
			status: 200,
			startedAt: clock.now(),
			finishedAt: clock.now(),
		});
		expect(refused).toMatchObject({ hasToken: false, status: 401 });
		expect(invalid).toMatchObject({ body: { a: 1 }, status: 400 });
		expect(JSON.stringify(simulator.requests)).not.toContain(VALID_TOKEN);
		expect(simulator.requestCounts()).toMatchObject({
			count: 3,
			statuses: { 200: 1, 400: 1, 401: 1 },
			buckets: [{ at: '2026-01-15T12:00:00.000Z', count: 3 }],
		});
		simulator.clearRequests();
		expect(simulator.requests).toEqual([]);
		expect(simulator.requestCounts().count).toBe(0);
	});

	test('can be left out', async () => {
		const quiet = await startSimulator({ recordRequests: false });
		await getRuns(clientFor(quiet));
		expect(quiet.requests).toEqual([]);
		expect(quiet.requestCounts().count).toBe(1);
		await quiet.close();
	});
});
