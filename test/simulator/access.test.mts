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
import { clientFor } from './test-client.mts';

let clock: ManualClock;
let simulator: Simulator;

beforeEach(async () => {
	clock = new ManualClock();
	simulator = await startSimulator({ clock });
});
afterEach(() => simulator.close());

describe('a request without a token that Truto knows gets 401', () => {
	test.each<[string, string | undefined, string]>([
		['no token', undefined, 'Missing API token'],
		['a wrong token', `Bearer ${WRONG_TOKEN}`, 'Invalid API token'],
		['another scheme', `Basic ${VALID_TOKEN}`, 'Missing API token'],
	])('%s', async (_, Authorization, message) => {
		const { status, data } = await clientFor(simulator, null).get<unknown>('/sync-job-run', {
			headers: { Authorization },
		});
		expect(status).toBe(401);
		expect(data).toEqual({ statusCode: 401, error: 'Unauthorized', message });
	});
});

describe('a token belongs to one environment', () => {
	test.each([
		['/sync-job-run', RUNS.completed, RUNS.other],
		['/sync-job', SYNC_JOBS.crm, SYNC_JOBS.other],
		['/integrated-account', ACCOUNTS.hubspot, ACCOUNTS.other],
	])('%s shows only what is in it', async (path, own, foreign) => {
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

describe('an error has statusCode, error and message', () => {
	test.each([UNKNOWN_ID, 'not-a-uuid', '%20'])('404 for the id %s', async (id) => {
		const { status, data } = await clientFor(simulator).get<unknown>(`/sync-job-run/${id}`);
		expect(status).toBe(404);
		expect(data).toEqual({
			statusCode: 404,
			error: 'Not Found',
			message: expect.stringContaining('not found'),
		});
	});

	test('404 for an unknown route', async () => {
		const { status, data } = await clientFor(simulator).get<unknown>('/nothing');
		expect(status).toBe(404);
		expect(data).toMatchObject({ statusCode: 404, message: 'Route GET:/nothing not found' });
	});

	test('400 for a body that is not JSON', async () => {
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

describe('the rate limit of a token', () => {
	const path = `/sync-job-run/${RUNS.completed}`;
	const statuses = async (count: number, token = VALID_TOKEN) => {
		const client = clientFor(simulator, token);
		const answers = await Promise.all(Array.from({ length: count }, () => client.get(path)));
		return answers.map(({ status }) => status);
	};
	const count = (list: number[], status: number) => list.filter((one) => one === status).length;

	test('is 500 requests in any 10 s', async () => {
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

	test('counts what was refused: who keeps asking stays outside', async () => {
		simulator.rateLimit.rule = { requests: 2, windowMs: 10_000 };
		expect(await statuses(2)).toEqual([200, 200]);
		for (let second = 0; second < 30; second += 4) {
			await clock.advance(4_000);
			expect(await statuses(1)).toEqual([429]);
		}
		await clock.advance(10_000);
		expect(await statuses(1)).toEqual([200]);
	});

	test('may be for windows that follow on each other (rateLimitWindow): a new one knows nothing of the last', async () => {
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

	test('is answered with 429 and Retry-After: 10', async () => {
		simulator.rateLimit.rule = { requests: 1, windowMs: 10_000 };
		await statuses(1);
		const client = clientFor(simulator);
		const { data, headers } = await client.get<unknown>(path);
		const message = 'Rate limit exceeded';
		expect(data).toEqual({ statusCode: 429, error: 'Too Many Requests', message });
		expect(headers['retry-after']).toBe('10');
		simulator.rateLimit.rule = false;
		expect(await statuses(1)).toEqual([200]);
	});

	test('is not that of another token, and a wrong one has none', async () => {
		simulator.rateLimit.rule = { requests: 2, windowMs: 10_000 };
		expect(await statuses(2, WRONG_TOKEN)).toEqual([401, 401]);
		expect(await statuses(2)).toEqual([200, 200]);
		expect(await statuses(1)).toEqual([429]);
		expect(await statuses(1, OTHER_TOKEN)).toEqual([404]);
	});
});

test('what is recorded of a request does not hold its token', async () => {
	await clientFor(simulator, null).get('/sync-job-run');
	await clientFor(simulator).post('/sync-job-run', { a: 1 });
	expect(simulator.requests).toMatchObject([
		{
			method: 'GET',
			hasToken: false,
			status: 401,
			startedAt: clock.now(),
			finishedAt: clock.now(),
		},
		{ method: 'POST', path: '/sync-job-run', hasToken: true, body: { a: 1 }, status: 400 },
	]);
	expect(JSON.stringify(simulator.requests)).not.toContain(VALID_TOKEN);
});
