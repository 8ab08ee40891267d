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
	simulator = await startSimulator({ clock, allowHttpWebhooks: true, webhookRetryBaseMs: 0 });
	simulator.store.removeRun(RUNS.growing);
	client = clientFor(simulator);
	receiver = await startReceiver();
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

async function register(...event_types: string[]): Promise<Webhook> {
	return (await client.post<Webhook>('/webhook', { target_url: receiver.url, event_types })).data;
}

async function start(body: Record<string, unknown>): Promise<string> {
	const all = { sync_job_id: SYNC_JOBS.hris, integrated_account_id: ACCOUNTS.bamboohr, ...body };
	return (await client.post<{ id: string }>('/sync-job-run', all)).data.id;
}

async function pass(ms: number): Promise<void> {
	await clock.advance(ms);
	simulator.tick();
	await simulator.webhooks.idle();
}

const sent = () =>
	simulator.webhooks.deliveries.map(({ event, webhook_id }) => [
		event.replace('sync_job_run:', ''),
		webhook_id,
	]);

describe('the webhook that a run was started with', () => {
	test('gets its start and its records, whatever it asked for, and nobody else does', async () => {
		const own = await register('sync_job_run:completed');
		await register('sync_job_run:record');
		await start({ webhook_id: own.id });
		await pass(30_000);
		expect(sent()).toEqual([
			['started', own.id],
			['record', own.id],
			['record', own.id],
			['record', own.id],
			['completed', own.id],
		]);
		expect(JSON.parse(simulator.webhooks.deliveries[1]?.body ?? '')).toMatchObject({
			payload: {
				resource: 'hris/employees',
				records: [{ id: 'hris/employees-1' }, {}, {}, {}, {}],
				meta: { method: 'list' },
			},
		});
		const { payload } = JSON.parse(simulator.webhooks.deliveries[1]?.body ?? '') as {
			payload: object;
		};
		expect(Object.keys(payload)).toEqual(['resource', 'records', 'meta']);
	});

	test('gets the next event only when it has taken the one before', async () => {
		const own = await register('sync_job_run:completed');
		await start({ webhook_id: own.id });
		receiver.statuses = [200, 503, 503];
		// All of the run at once.
		await pass(30_000);
		expect(receiver.received.map(({ json }) => json.event)).toEqual([
			'sync_job_run:started',
			'sync_job_run:record',
			'sync_job_run:record',
			'sync_job_run:record',
			'sync_job_run:record',
			'sync_job_run:record',
			'sync_job_run:completed',
		]);
		expect(new Set(receiver.received.slice(1, 4).map(({ json }) => json.id)).size).toBe(1);
	});

	test('gets no more records after one that it did not take', async () => {
		const own = await register('sync_job_run:failed');
		await start({ webhook_id: own.id });
		receiver.statuses = [200, 500, 500, 500, 500];
		await pass(30_000);
		expect(sent().filter(([event]) => event === 'record')).toEqual([['record', own.id]]);
	});

	test('may be an argument of a V4 job', async () => {
		const own = await register('sync_job_run:completed');
		await start({
			sync_job_id: SYNC_JOBS.v4Ticketing,
			integrated_account_id: undefined,
			args: { integrated_account_id: ACCOUNTS.jira, webhook_id: own.id },
		});
		await pass(11_000);
		expect(sent()).toEqual([
			['started', own.id],
			['record', own.id],
			['record', own.id],
		]);
		expect(receiver.received.map(({ json }) => json.payload)).toMatchObject([
			{ status: 'running' },
			{ resource: 'ticketing/tickets' },
			{ resource: 'ticketing/comments' },
		]);
	});

	test('stops the sync for good with a 400', async () => {
		const own = await register();
		const id = await start({ webhook_id: own.id });
		await pass(1_000);
		receiver.fallback = 400;
		await pass(10_000);
		const stopped = { status: 'stopped', finished_at: '2026-01-15T12:00:11.000Z' };
		expect(simulator.store.runs.get(id)).toMatchObject(stopped);
		await pass(30_000);
		expect(simulator.store.runs.get(id)).toMatchObject(stopped);
	});

	test('fails the sync if it takes no records', async () => {
		const own = await register('sync_job_run:failed');
		receiver.statuses = [500, 500, 500, 500];
		const id = await start({ webhook_id: own.id });
		await pass(1_000);
		await until(() => receiver.received.length === 5);
		expect(simulator.store.runs.get(id)?.status).toBe('failed');
		expect(simulator.store.logs.at(-1)).toMatchObject({
			sync_job_run_id: id,
			webhook_status: 500,
			webhook_successful: false,
		});
		expect(receiver.received.at(-1)?.json).toMatchObject({ event: 'sync_job_run:failed' });
	});

	test.each([
		['fail_fast', { resource: 'crm/contacts', error: { message: 'no' } }],
		['batch', { resource: 'crm/contacts', errors: [{ message: 'no' }] }],
	])('gets failed records, with %s as %j', async (error_handling, payload) => {
		const { id: webhook_id } = await register();
		const log = { sync_job_run_event: 'record_error', resource: 'crm/contacts' };
		simulator.store.addRun({
			webhook_id,
			error_handling,
			run_script: [
				{ status: 'created', afterMs: 0, logs: [{ ...log, logs: [{ message: 'no' }] }] },
			],
		});
		await until(() => receiver.received.length > 0);
		const errors = simulator.webhooks.deliveries.filter(({ event }) => /error/.test(event));
		expect(errors.map(({ body }) => (JSON.parse(body) as { payload: unknown }).payload)).toEqual([
			payload,
		]);
	});
});

test('a delivery leaves an entry in the log for each attempt', async () => {
	const { id } = await register();
	receiver.statuses = [503];
	await simulator.webhooks.deliver('sync_job_run:completed', {}, { webhookId: id });
	const params = { log_type: 'webhook', 'log_type_filter[webhook_id]': id };
	const { data } = await client.get<{ result: unknown[] }>('/log', { params });
	const entry = { event: 'sync_job_run:completed', webhook_id: id };
	expect(data.result.map((one) => ({ ...(one as object), timestamp: '' }))).toEqual(
		expect.arrayContaining([
			{ ...entry, timestamp: '', webhook_endpoint_status: 503 },
			{ ...entry, timestamp: '', webhook_endpoint_status: 200 },
		]),
	);
});

describe('/webhook/test', () => {
	test.each([
		[200, 200, { success: true }],
		[500, 400, { statusCode: 400, error: 'Bad Request', message: 'The target URL answered 500' }],
	])('answers after the target has: %i', async (target, status, body) => {
		const { id } = await register();
		receiver.fallback = target;
		const answer = await client.post<unknown>('/webhook/test', { id });
		expect(receiver.received).toHaveLength(1);
		expect([answer.status, answer.data]).toEqual([status, body]);
	});

	test('says when the target is not there', async () => {
		const { id } = simulator.store.addWebhook({ target_url: 'http://127.0.0.1:1/' });
		const { status, data } = await client.post<unknown>('/webhook/test', { id });
		expect(status).toBe(400);
		expect(data).toMatchObject({ message: 'The target URL could not be reached' });
	});
});
