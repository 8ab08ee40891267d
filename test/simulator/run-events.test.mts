import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import { ACCOUNTS, ManualClock, RUNS, SYNC_JOBS, startSimulator } from './index.mts';
import type { Simulator, Webhook } from './index.mts';
import { clientFor, until } from './test-client.mts';
import { startReceiver } from './webhook-receiver.mts';
import type { Receiver } from './webhook-receiver.mts';

let clock: ManualClock;
let simulator: Simulator;
let client: AxiosInstance;
let receiver: Receiver;

beforeEach(async () => {
	clock = new ManualClock();
	simulator = await startSimulator({ clock, allowHttpWebhooks: true });
	client = clientFor(simulator);
	receiver = await startReceiver();
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

async function register(...event_types: string[]): Promise<Webhook> {
	const body = { target_url: receiver.url, event_types, is_active: true };
	return (await client.post<Webhook>('/webhook', body)).data;
}

describe('run events', () => {
	const names = () =>
		simulator.webhooks.deliveries.map(({ event }) => event.replace('sync_job_run:', ''));
	const start = (sync_job_id: string, body: Record<string, unknown> = {}) =>
		client.post<{ id: string }>('/sync-job-run', {
			sync_job_id,
			integrated_account_id: ACCOUNTS.hubspot,
			...body,
		});
	const quietly = (id: string) => simulator.store.removeRun(id);

	test('created, started, updated, rate_limited, completed and deleted carry the run as it was', async () => {
		quietly(RUNS.growing);
		await register(
			...['created', 'started', 'updated', 'rate_limited', 'completed', 'deleted'].map(
				(name) => `sync_job_run:${name}`,
			),
		);
		const { data } = await start(SYNC_JOBS.rateLimited);
		await clock.advance(60_000);
		simulator.tick();
		await client.delete(`/sync-job-run/${data.id}`);
		await simulator.webhooks.idle();
		expect(names()).toEqual([
			'created',
			'started',
			'updated',
			'rate_limited',
			'updated',
			'updated',
			'completed',
			'deleted',
		]);
		const payloads = simulator.webhooks.deliveries.map(
			({ body }) => (JSON.parse(body) as { payload: { id: string; status: string } }).payload,
		);
		expect(payloads.every(({ id }) => id === data.id)).toBe(true);
		expect(payloads.map(({ status }) => status)).toEqual([
			'created',
			'running',
			'running',
			'rate_limited',
			'running',
			'running',
			'completed',
			'completed',
		]);
		const times = simulator.webhooks.deliveries.map(({ created_at }) => created_at.slice(17, 19));
		expect(times).toEqual(['00', '01', '11', '15', '45', '55', '00', '00']);
	});

	test('are sent although nobody asks', async () => {
		await register('sync_job_run:failed');
		await start(SYNC_JOBS.failing);
		await clock.advance(12_000);
		await until(() => receiver.received.length === 1);
		expect(receiver.received[0]?.json).toMatchObject({ event: 'sync_job_run:failed' });
	});

	test('are only those in the run’s events_to_send', async () => {
		quietly(RUNS.growing);
		await register();
		await start(SYNC_JOBS.hris, { events_to_send: ['sync_job_run:completed'] });
		await clock.advance(60_000);
		simulator.tick();
		expect(names()).toEqual(['completed']);
	});

	test('stay in their environment', async () => {
		await register();
		simulator.store.deleteRun(simulator.store.runs.get(RUNS.other) ?? simulator.store.addRun());
		expect(simulator.webhooks.deliveries).toEqual([]);
	});
});
