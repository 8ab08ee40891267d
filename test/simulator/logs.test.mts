import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import { ManualClock, OTHER_TOKEN, RUNS, UNKNOWN_ID, startSimulator } from './index.mts';
import type { LogEntry, Simulator } from './index.mts';
import { clientFor } from './test-client.mts';
import type { Page } from './test-client.mts';

const FIELDS = [
	'timestamp',
	'sync_job_id',
	'sync_job_run_id',
	'integrated_account_id',
	'resource',
	'status',
	'num_records',
	'fetch_duration',
	'retry_after',
	'retry_count',
	'webhook_status',
	'webhook_successful',
	'logs',
];

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

test('entries have the documented fields', async () => {
	const { result } = await getLogs();
	expect(result).toHaveLength(100);
	for (const entry of result) expect(Object.keys(entry)).toEqual(FIELDS);
});

describe('a failed run’s entries say why', () => {
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
	const empty = { result: [], next_cursor: null, prev_cursor: null };
	expect(await getLogs(ofRun(RUNS.failedNoLogs))).toEqual(empty);
	expect(await getLogs(ofRun(UNKNOWN_ID))).toEqual(empty);
});

test('pages through many entries, newest first', async () => {
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

test('a range of time', async () => {
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
	'log_type=webhook',
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

test('shows nothing of another environment', async () => {
	const other = clientFor(simulator, OTHER_TOKEN);
	const { data } = await other.get<Page<LogEntry>>('/log?log_type=rapid_bridge');
	expect(data.result).toEqual([]);
});
