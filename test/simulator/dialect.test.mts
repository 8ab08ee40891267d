import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import {
	ACCOUNTS,
	DEFAULT_DIALECT,
	DIALECTS,
	FORMS,
	ManualClock,
	RUNS,
	SYNC_JOBS,
	UNLIKELY_DIALECT,
	formsOf,
	startSimulator,
} from './index.mts';
import type { Simulator } from './index.mts';
import { clientFor } from './test-client.mts';
import { spokenDelivery, spokenPayload } from './wire-event.mts';

type Json = Record<string, unknown>;

let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	simulator = await startSimulator({ clock: new ManualClock(), rateLimit: false });
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

const get = async (path: string) => (await client.get<Json>(path)).data;
const getRun = (id: string) => get(`/sync-job-run/${id}`);
const statusOf = async (path: string) => (await client.get(path)).status;

describe('the dialects', () => {
	test('hold every form, alone and all unlikely ones at once', () => {
		const forms = Object.values(FORMS).flat().length;
		expect(DIALECTS).toHaveLength(2 + forms - Object.keys(FORMS).length);
		expect(new Set(DIALECTS.map(({ name }) => name)).size).toBe(DIALECTS.length);
		expect(formsOf('times').map(({ dialect }) => dialect)).toEqual([
			{ times: 'iso' },
			{ times: 'spaced' },
			{ times: 'mixed' },
		]);
		const alike = Object.entries(UNLIKELY_DIALECT).filter(
			([name, form]) => Reflect.get(DEFAULT_DIALECT, name) === form,
		);
		expect(alike.map(([name]) => name)).toEqual([
			...['formSignature', 'nestedLabel', 'runListed', 'runClock'],
		]);
	});

	test('can be chosen at the start and at any time', async () => {
		const own = await startSimulator({ dialect: { listEnvelope: 'results' } });
		expect((await clientFor(own).get<unknown>('/sync-job')).data).toHaveProperty('results');
		own.dialect.listEnvelope = 'result';
		expect((await clientFor(own).get<unknown>('/sync-job')).data).toHaveProperty('result');
		expect(() => {
			own.speak({ times: 'lunar' as never });
		}).toThrow('times: lunar');
		await own.close();
	});
});

describe('every answer is one, and every run can be in an event', () => {
	let shared: Simulator;
	beforeAll(async () => {
		shared = await startSimulator({ clock: new ManualClock(), rateLimit: false });
		shared.store.addWebhook({ target_url: 'https://example.com/' });
	});
	afterAll(() => shared.close());

	test.each(DIALECTS)('in $name', async ({ dialect }) => {
		shared.speak({ ...DEFAULT_DIALECT, ...dialect });
		const about = { id: 'e1', event: 'x', environment_id: 'e', webhook_id: 'w', created_at: '' };
		for (const run of shared.store.runs.values()) {
			const payload = spokenPayload(run, shared.dialect);
			expect(spokenDelivery({ ...about, payload }, shared.dialect).body).toContain(run.id);
		}
		const own = clientFor(shared);
		for (const path of [
			...['/sync-job-run?limit=100', '/sync-job?limit=100', '/integrated-account', '/webhook'],
			...['/sync-job-cron-trigger', `/sync-job-run-state?state_key=${ACCOUNTS.jira}`],
			...['rapid_bridge', 'webhook', 'unified_proxy_api'].map((type) => `/log?log_type=${type}`),
		]) {
			const page = (await own.get<Json>(path)).data;
			const rows = (page.result ?? page.results) as unknown[];
			expect([path, rows.length]).not.toEqual([path, 0]);
		}
		const { status, data } = await own.post<{ id: string }>('/sync-job-run', {
			sync_job_id: SYNC_JOBS.hris,
			integrated_account_id: ACCOUNTS.bamboohr,
		});
		expect(status).toBe(201);
		expect((await own.delete(`/sync-job-run/${data.id}`)).status).toBeLessThan(205);
	});
});

describe('D1: list envelopes', () => {
	test.each<[object, string[]]>([
		[{}, ['result', 'next_cursor', 'prev_cursor', 'limit']],
		[{ listEnvelope: 'results' }, ['results', 'next_cursor', 'prev_cursor', 'limit']],
		[{ nextCursor: 'absent' }, ['result', 'prev_cursor', 'limit']],
		[{ extraPaging: false }, ['result', 'next_cursor']],
		[{ extraPaging: false, nextCursor: 'absent' }, ['result']],
	])('%j', async (dialect, names) => {
		simulator.speak(dialect);
		expect(Object.keys(await get('/sync-job'))).toEqual(names);
		expect(Object.keys(await get('/sync-job?limit=1'))).toContain('next_cursor');
	});
});

describe('D2: pages over 100', () => {
	test.each([
		['taken', 250, 120],
		['capped', 100, 100],
		['refused', undefined, undefined],
	] as const)('%s', async (pageSizeOver100, limit, length) => {
		simulator.store.addManyRuns(120, { status: 'hibernating' });
		simulator.speak({ pageSizeOver100 });
		const page = await get('/sync-job-run?limit=250&status=hibernating');
		expect(page.limit).toBe(limit);
		expect((page.result as unknown[] | undefined)?.length).toBe(length);
		expect(typeof page.next_cursor === 'string').toBe(pageSizeOver100 === 'capped');
		expect(await statusOf('/log?log_type=rapid_bridge&limit=101')).toBe(400);
		expect(await statusOf('/sync-job-run?limit=100')).toBe(200);
	});
});

describe('D3: filters', () => {
	const several = '/sync-job-run?limit=100&status[in]=stopped,created';
	const since = '/sync-job-run?limit=100&created_at[gt]=2026-01-15T11:59:30Z';
	test.each<[string, object, string, number, number | undefined]>([
		['several statuses', {}, several, 200, 2],
		['several statuses', { severalStatuses: 'ignored' }, several, 200, 99],
		['several statuses', { severalStatuses: 'refused' }, several, 400, undefined],
		['created_at', {}, since, 200, 1],
		['created_at', { createdAtFilter: 'ignored' }, since, 200, 99],
		['created_at', { createdAtFilter: 'refused' }, since, 400, undefined],
	])('%s, %j', async (_, dialect, path, status, length) => {
		simulator.speak(dialect);
		const answer = await client.get<{ result?: unknown[] }>(path);
		expect([answer.status, answer.data.result?.length]).toEqual([status, length]);
		const log = '/log?log_type=rapid_bridge&created_at[gt]=2026-01-14&created_at[lt]=2026-01-15';
		expect(await statusOf(log)).toBe(200);
	});
});

describe('D4: times', () => {
	test.each([
		['iso', '2026-01-15T11:00:00.000Z', '2026-01-15T11:00:01.000Z'],
		['spaced', '2026-01-15 11:00:00', '2026-01-15 11:00:01'],
		['mixed', '2026-01-15 11:00:00', '2026-01-15T11:00:01.000Z'],
	] as const)('%s', async (times, created_at, started_at) => {
		simulator.speak({ times });
		const since = '2026-01-01T00:00:00.000Z';
		expect(await getRun(RUNS.completed)).toMatchObject({ created_at, started_at, args: { since } });
		const { result } = await get('/sync-job-run?sort=created_at&limit=1');
		expect(result).toMatchObject([{ created_at: expect.stringContaining(created_at[10] ?? '') }]);
		const account = await get(`/integrated-account/${ACCOUNTS.jiraNoScopes}`);
		const { occurred_at } = account.last_forbidden_error as { occurred_at: string };
		expect(occurred_at.includes('T')).toBe(times !== 'spaced');
	});
});

describe('D5: DELETE of a run', () => {
	test.each([
		['id', 200, { id: RUNS.running }],
		['empty-object', 200, {}],
		['success', 200, { success: true }],
		['empty', 200, ''],
		['text', 200, 'OK'],
		['202', 202, ''],
		['204', 204, ''],
	] as const)('answers %s, and the run is gone', async (deleteAnswer, status, body) => {
		simulator.speak({ deleteAnswer });
		const path = `/sync-job-run/${RUNS.running}`;
		const headers = { 'Content-Type': 'application/json' };
		const answer = await client.delete<unknown>(path, { headers });
		expect([answer.status, answer.data]).toEqual([status, body]);
		expect(await statusOf(path)).toBe(404);
		expect((await client.delete(path)).status).toBe(404);
	});

	test('may leave the run stopped', async () => {
		simulator.speak({ deletedRun: 'stopped' });
		await client.delete(`/sync-job-run/${RUNS.running}`);
		const finished_at = '2026-01-15T12:00:00.000Z';
		expect(await getRun(RUNS.running)).toMatchObject({ status: 'stopped', finished_at });
		expect((await client.delete(`/sync-job-run/${RUNS.running}`)).status).toBe(200);
		expect(await statusOf(`/sync-job-run/${RUNS.running}`)).toBe(404);
	});
});
