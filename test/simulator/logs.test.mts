import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import {
	ACCOUNTS,
	ManualClock,
	OTHER_TOKEN,
	RUNS,
	SYNC_JOBS,
	UNKNOWN_ID,
	startSimulator,
} from './index.mts';
import type { LogEntry, Simulator } from './index.mts';
import { clientFor } from './test-client.mts';
import type { Page } from './test-client.mts';

let simulator: Simulator;
let client: AxiosInstance;

beforeAll(async () => {
	simulator = await startSimulator({ clock: new ManualClock() });
	client = clientFor(simulator);
});
afterAll(() => simulator.close());

async function getLogs(params: Record<string, string | number> = {}): Promise<Page<LogEntry>> {
	const all = { log_type: 'rapid_bridge', ...params };
	const { status, data } = await client.get<Page<LogEntry>>('/log', { params: all });
	expect(status).toBe(200);
	return data;
}

const ofRun = (id: string) => ({ 'log_type_filter[sync_job_run_id]': id });

test('entries have the documented fields, without those that are empty', async () => {
	const { result, ...page } = await getLogs(ofRun(RUNS.failedReauth));
	expect(page).toEqual({ next_cursor: null, prev_cursor: null, limit: 100 });
	expect(result.map((entry) => Object.keys(entry))).toEqual([
		[
			...['timestamp', 'sync_job_id', 'sync_job_run_id', 'integrated_account_id', 'webhook_id'],
			...['integration', 'resource', 'method', 'sync_job_request_type', 'status', 'num_records'],
			...['retry_count', 'integrated_account_needs_reauth', 'message', 'logs'],
		],
		[
			...['timestamp', 'sync_job_id', 'sync_job_run_id', 'integrated_account_id', 'webhook_id'],
			...['integration', 'resource', 'method', 'sync_job_request_type', 'status', 'num_records'],
			...['fetch_duration', 'retry_count', 'webhook_status', 'webhook_successful'],
		],
	]);
	expect((await getLogs()).result).toHaveLength(100);
});

describe('the reason of a failed run is in its entries', () => {
	test.each([
		[RUNS.failed, 'EXPIRED_AUTHENTICATION'],
		[RUNS.failedMapping, 'JSONata'],
		[RUNS.failedRateLimit, 'rate_limit_exceeded'],
		[RUNS.failedUpstream, '502 Bad Gateway'],
		[RUNS.failedDelivery, 'Webhook did not accept'],
	])('%s: %s', async (id, reason) => {
		const event = { 'log_type_filter[sync_job_run_event]': 'failed' };
		const { result } = await getLogs({ ...ofRun(id), ...event });
		expect(result).toHaveLength(1);
		expect(JSON.stringify(result)).toContain(reason);
		expect(result[0]?.webhook_successful === false).toBe(id === RUNS.failedDelivery);
		expect((await getLogs(ofRun(id))).result).toHaveLength(2);
	});
});

test('a run without entries, and no run at all', async () => {
	const empty = { result: [], next_cursor: null, prev_cursor: null, limit: 100 };
	expect(await getLogs(ofRun(RUNS.failedNoLogs))).toEqual(empty);
	expect(await getLogs(ofRun(UNKNOWN_ID))).toEqual(empty);
});

test('a page has at most 100 entries, newest first', async () => {
	const seen: LogEntry[] = [];
	let next_cursor: string | null = '';
	const sizes: number[] = [];
	while (next_cursor !== null) {
		const cursor: Record<string, string> = next_cursor ? { next_cursor } : {};
		const page = await getLogs({ ...ofRun(RUNS.failedManyLogs), limit: 100, ...cursor });
		seen.push(...page.result);
		sizes.push(page.result.length);
		next_cursor = page.next_cursor;
	}
	expect(sizes).toEqual([100, 100, 60]);
	expect(new Set(seen.map(({ logs }) => JSON.stringify(logs))).size).toBe(260);
	const times = seen.map(({ timestamp }) => timestamp);
	expect(times).toEqual([...times].sort().reverse());
	const errors = { 'log_type_filter[sync_job_run_event]': 'record_error', limit: 1 };
	const { result } = await getLogs({ ...ofRun(RUNS.failedManyLogs), ...errors });
	expect(JSON.stringify(result)).toContain('Failed to fetch');
});

test('created_at[gt] and created_at[lt] are a span of at most a month', async () => {
	const own = ofRun(RUNS.failed);
	const range = (gt: string, lt: string) => ({ 'created_at[gt]': gt, 'created_at[lt]': lt });
	const lengthIn = async (gt: string, lt: string) =>
		(await getLogs({ ...own, ...range(gt, lt) })).result.length;
	expect(await lengthIn('2026-01-15T10:00:00Z', '2026-01-15T10:00:40Z')).toBe(1);
	expect(await lengthIn('2026-01-15T10:00:00Z', '2026-01-15T10:02:00Z')).toBe(2);
	expect(await lengthIn('2026-01-14T10:00:00Z', '2026-01-15T10:00:00Z')).toBe(0);
	expect(await lengthIn('2025-12-16T00:00:00Z', '2026-01-16T00:00:00Z')).toBe(2);
	expect((await getLogs({ ...own, 'created_at[lt]': '2026-01-16' })).result).toHaveLength(2);
});

test.each([
	'',
	'log_type=mcp',
	'log_type=rapid_bridge&limit=101',
	'log_type=rapid_bridge&created_at[gt]=2026-01-01',
	'log_type=rapid_bridge&created_at[gt]=2026-01-01&created_at[lt]=2026-02-02',
	'log_type=rapid_bridge&created_at[gt]=yesterday&created_at[lt]=2026-02-02',
	'log_type=rapid_bridge&sync_job_run_id=x',
	'log_type=rapid_bridge&next_cursor=x',
])('refuses /log?%s', async (query) => {
	const { status, data } = await client.get<unknown>(`/log?${query}`);
	expect(status).toBe(400);
	expect(data).toMatchObject({ statusCode: 400, error: 'Bad Request' });
});

describe('the other logs', () => {
	test.each<[string, string[], string[]]>([
		['webhook', ['webhook_id', 'event', 'environment_id'], ['sync_job_run_id', 'integration']],
		['sync_job_cron_trigger', ['environment_id'], ['entity_id', 'integrated_account_id']],
		[
			'unified_proxy_api',
			['request_type', 'integrated_account_id', 'integration', 'environment_id'],
			['resource', 'sync_job_id'],
		],
		[
			'rapid_bridge',
			['sync_job_id', 'integrated_account_id', 'webhook_id', 'environment_id', 'integration'],
			['resource', 'status', 'tenant_id'],
		],
	])('%s takes the filters of the table, and no others', async (log_type, takes, refuses) => {
		const get = (name: string) =>
			client.get<Page<LogEntry>>('/log', {
				params: { log_type, [`log_type_filter[${name}]`]: 'nothing' },
			});
		for (const name of takes) {
			expect((await get(name)).data.result).toEqual([]);
		}
		for (const name of refuses) expect((await get(name)).status).toBe(400);
		expect((await getLogs({ log_type })).result.length).toBeGreaterThan(0);
	});

	test('show a delivery, a firing, a request', async () => {
		const first = async (log_type: string, params: Record<string, string | number> = {}) =>
			(await getLogs({ log_type, limit: 1, ...params })).result[0];
		expect(await first('webhook')).toEqual({
			timestamp: '2026-01-15T04:02:00.000Z',
			event: 'sync_job_run:record',
			webhook_id: '3b000000-0000-4000-8000-000000000001',
			webhook_endpoint_status: 502,
		});
		expect(await first('sync_job_cron_trigger')).toEqual({
			timestamp: '2026-01-15T09:36:00.000Z',
			entity_id: SYNC_JOBS.v4Crm,
			duration: 95,
			integrated_account_id: ACCOUNTS.pipedriveExpired,
			integrated_account_needs_reauth: true,
		});
		const filter = { 'log_type_filter[integrated_account_id]': ACCOUNTS.jiraNoScopes };
		expect(await first('unified_proxy_api', filter)).toMatchObject({ http_status_code: 403 });
	});
});

test('entries of another environment are not shown', async () => {
	const other = clientFor(simulator, OTHER_TOKEN);
	const { data } = await other.get<Page<LogEntry>>('/log?log_type=rapid_bridge');
	expect(data.result).toEqual([]);
});
