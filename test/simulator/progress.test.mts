import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import { ACCOUNTS, ManualClock, RUNS, SYNC_JOBS, startSimulator } from './index.mts';
import type { Simulator, SyncJobRun } from './index.mts';
import { clientFor } from './test-client.mts';

const START = '2026-01-15T12:00:';

let clock: ManualClock;
let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	clock = new ManualClock();
	simulator = await startSimulator({ clock });
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

const getRun = async (id: string) => (await client.get<SyncJobRun>(`/sync-job-run/${id}`)).data;

async function start(sync_job_id: string): Promise<string> {
	const body = { sync_job_id, integrated_account_id: ACCOUNTS.hubspot };
	return (await client.post<SyncJobRun>('/sync-job-run', body)).data.id;
}

/** Total of a counter over all resources and methods. */
function total({ resource_stats }: SyncJobRun, counter: 'fetched' | 'persisted'): number {
	return Object.values(resource_stats ?? {})
		.flatMap((methods) => Object.values(methods))
		.reduce((sum, counters) => sum + (counters[counter] ?? 0), 0);
}

test('a run is created, running and completed, and its resource_stats change every 10 s', async () => {
	const id = await start(SYNC_JOBS.hris);
	expect(await getRun(id)).toMatchObject({ status: 'created', started_at: null });
	await clock.advance(1_000);
	expect(await getRun(id)).toMatchObject({
		status: 'running',
		started_at: `${START}01.000Z`,
		updated_at: `${START}01.000Z`,
		resource_stats: null,
	});
	await clock.advance(9_999);
	expect((await getRun(id)).resource_stats).toBeNull();
	await clock.advance(1);
	const first = await getRun(id);
	expect(first).toMatchObject({
		updated_at: `${START}11.000Z`,
		resource_stats: { 'hris/employees': { list: { fetched: 30, persisted: 30 } } },
	});
	await clock.advance(9_999);
	expect(await getRun(id)).toEqual(first);
	await clock.advance(4_001);
	expect(await getRun(id)).toMatchObject({
		status: 'completed',
		started_at: `${START}01.000Z`,
		updated_at: `${START}25.000Z`,
		finished_at: `${START}25.000Z`,
		resource_stats: { 'hris/employees': { list: { fetched: 72, persisted: 72 } } },
	});
	const done = await getRun(id);
	await clock.advance(3_600_000);
	expect(await getRun(id)).toEqual(done);
});

test('a rate_limited run fetches nothing, and resumes without help', async () => {
	const id = await start(SYNC_JOBS.rateLimited);
	const seen: [string, number][] = [];
	for (let second = 0; second <= 60; second += 5) {
		const run = await getRun(id);
		seen.push([run.status, total(run, 'fetched')]);
		await clock.advance(5_000);
	}
	const statuses = seen.map(([status]) => status);
	expect(statuses.filter((status, index) => status !== statuses[index - 1])).toEqual([
		'created',
		'running',
		'rate_limited',
		'running',
		'completed',
	]);
	const paused = seen.filter(([status]) => status === 'rate_limited').map(([, count]) => count);
	expect(paused).toEqual([42, 42, 42, 42, 42, 42]);
	expect(seen.at(-1)).toEqual(['completed', 87]);
	expect((await getRun(id)).started_at).toBe(`${START}01.000Z`);
});

test('a failed run has its reason in the logs only', async () => {
	const id = await start(SYNC_JOBS.failing);
	await clock.advance(12_000);
	const run = await getRun(id);
	expect(run).toMatchObject({ status: 'failed', finished_at: `${START}12.000Z` });
	expect(JSON.stringify(run)).not.toContain('OAuth');
	const params = { log_type: 'rapid_bridge', 'log_type_filter[sync_job_run_id]': id };
	const { data } = await client.get<unknown>('/log', { params });
	expect(data).toMatchObject({ result: [{ sync_job_run_id: id, timestamp: `${START}12.000Z` }] });
	expect(JSON.stringify(data)).toContain('OAuth');
});

test('a run that ends sends one event, also if its statistics change at that moment', async () => {
	const events: string[] = [];
	simulator.store.onRunEvent = (event, run) => {
		if (run.id !== RUNS.growing && event !== 'record') events.push(event);
	};
	const { id } = simulator.store.addRun({
		run_script: [
			{ status: 'running', afterMs: 0 },
			{ status: 'completed', afterMs: 10_000 },
		],
	});
	await clock.advance(10_000);
	expect(total(await getRun(id), 'fetched')).toBeGreaterThan(0);
	expect(events).toEqual(['started', 'completed']);
});
