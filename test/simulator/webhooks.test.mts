import { createHmac } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import {
	ENVIRONMENT_ID,
	ManualClock,
	OTHER_TOKEN,
	createCertificate,
	startSimulator,
} from './index.mts';
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

const sign = (raw: string, secret: string) =>
	`format=sha256,v=${createHmac('sha256', secret).update(raw).digest('hex')}`;

describe('/webhook', () => {
	test.each([
		['as-given', 'https://Example.com:443/Hook/'],
		['rewritten', 'https://example.com/Hook'],
	] as const)('writes the address %s (D15)', async (targetUrl, target_url) => {
		simulator.speak({ targetUrl });
		const body = { target_url: 'https://Example.com:443/Hook/', event_types: [], is_active: true };
		const { data } = await client.post<Webhook>('/webhook', body);
		expect(data.target_url).toBe(target_url);
		expect((await client.get<Webhook>(`/webhook/${data.id}`)).data.target_url).toBe(target_url);
	});

	test('tells the secret once', async () => {
		const created = await client.post<Webhook>('/webhook', {
			target_url: 'https://example.com/hook',
			event_types: ['sync_job_run:failed'],
			is_active: true,
		});
		expect(created.status).toBe(201);
		const { secret, ...rest } = created.data;
		expect(secret.length).toBeGreaterThan(20);
		expect(rest).toMatchObject({ is_active: true, environment_id: ENVIRONMENT_ID });
		const path = `/webhook/${rest.id}`;
		expect((await client.get<unknown>(path)).data).toEqual(rest);
		expect((await client.get<unknown>('/webhook')).data).toMatchObject({ result: [rest] });
		const patched = await client.patch<unknown>(path, { is_active: false });
		expect(patched.data).toEqual({ ...rest, is_active: false });
		expect((await client.delete<unknown>(path)).data).toEqual({ id: rest.id });
		expect((await client.delete(path)).status).toBe(404);
		expect((await client.get(path)).status).toBe(404);
	});

	test('is active and gets every event unless it says otherwise', async () => {
		const { data } = await client.post<unknown>('/webhook', { target_url: receiver.url });
		expect(data).toMatchObject({ is_active: true, event_types: [] });
		expect(await simulator.webhooks.deliver('integrated_account:active', {})).toHaveLength(1);
	});

	test.each([
		{},
		{ target_url: 'nonsense' },
		{ target_url: 'ftp://example.com/' },
		{ target_url: 5 },
		{ target_url: 'https://example.com/', event_types: 'sync_job_run:failed' },
		{ target_url: 'https://example.com/', event_types: ['sync_job_run:faild'] },
		{ target_url: 'https://example.com/', event_types: ['integrated_account:failed'] },
		{ target_url: 'https://example.com/', event_types: ['sync_job_cron_trigger:completed'] },
		{ target_url: 'https://example.com/', is_active: 'yes' },
	])('refuses %j', async (body) => {
		expect((await client.post('/webhook', body)).status).toBe(400);
		expect(simulator.store.webhooks.size).toBe(0);
	});

	test('is strict about HTTPS by default', async () => {
		const strict = await startSimulator();
		const own = clientFor(strict);
		expect((await own.post('/webhook', { target_url: receiver.url })).status).toBe(400);
		const { data } = await own.post<Webhook>('/webhook', { target_url: 'https://example.com/' });
		const patch = { target_url: 'http://example.com/' };
		expect((await own.patch(`/webhook/${data.id}`, patch)).status).toBe(400);
		await strict.close();
	});

	test('is not seen by another environment', async () => {
		const { id } = await register('sync_job_run:failed');
		const other = clientFor(simulator, OTHER_TOKEN);
		expect((await other.get(`/webhook/${id}`)).status).toBe(404);
		expect((await other.post('/webhook/test', { id })).status).toBe(404);
		expect((await other.get<unknown>('/webhook')).data).toMatchObject({ result: [] });
	});
});

describe('delivery', () => {
	test('sends the event test, signed', async () => {
		const { id, secret } = await register('sync_job_run:failed');
		expect((await client.post('/webhook/test', { id })).status).toBe(200);
		await until(() => receiver.received.length === 1);
		const { headers, raw, json } = receiver.received[0] ?? { headers: {}, raw: '', json: {} };
		expect(json).toEqual({
			id: expect.any(String),
			event: 'test',
			payload: { foo: 'bar' },
			environment_id: ENVIRONMENT_ID,
			webhook_id: id,
			created_at: '2026-01-15T12:00:00.000Z',
		});
		expect(headers['x-truto-signature']).toBe(sign(raw, secret));
		expect(headers['user-agent']).toBe('truto');
		expect(headers['content-type']).toBe('application/json');
	});

	test('tries again three times, ever more slowly', async () => {
		await register('sync_job_run:failed');
		receiver.statuses = [500, 201, 404];
		const work = simulator.webhooks.deliver('sync_job_run:failed', {});
		for (const wait of [1_000, 2_000, 4_000]) {
			await until(() => clock.sleeping === 1);
			const before = receiver.received.length;
			await clock.advance(wait - 1);
			expect(clock.sleeping).toBe(1);
			expect(receiver.received).toHaveLength(before);
			await clock.advance(1);
		}
		const [delivery] = await work;
		expect(delivery?.delivered).toBe(true);
		expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 201, 404, 200]);
		expect(delivery?.attempts.map(({ at }) => at.slice(17, 19))).toEqual(['00', '01', '03', '07']);
		const ids = receiver.received.map(({ json }) => json.id);
		expect(new Set(ids).size).toBe(1);
	});

	test('can be forged, repeated, old, and sent with a given id', async () => {
		const { id: webhookId, secret } = await register('sync_job_run:failed');
		const { webhooks } = simulator;
		const createdAt = '2020-01-01T00:00:00.000Z';
		await webhooks.deliver('x', { n: 1 }, { webhookId, id: 'same', createdAt, forge: true });
		await webhooks.deliver('x', { n: 2 }, { webhookId, id: 'same', double: true });
		const [forged, ...doubled] = receiver.received;
		expect(forged?.json).toMatchObject({ id: 'same', created_at: createdAt, payload: { n: 1 } });
		expect(forged?.headers['x-truto-signature']).not.toBe(sign(forged?.raw ?? '', secret));
		expect(doubled).toHaveLength(2);
		expect(doubled[0]?.raw).toBe(doubled[1]?.raw);
		expect(webhooks.deliveries).toHaveLength(3);
	});

	test('switches a target off after five events that failed', async () => {
		const { id } = await register('sync_job_run:failed');
		const isActive = () => simulator.store.webhooks.get(id)?.is_active;
		const fail = () => simulator.webhooks.deliver('sync_job_run:failed', {}, { retries: 0 });
		receiver.fallback = 500;
		for (let event = 0; event < 4; event++) await fail();
		receiver.statuses = [200];
		await fail();
		for (let event = 0; event < 4; event++) await fail();
		expect(isActive()).toBe(true);
		await fail();
		expect(isActive()).toBe(false);
		expect((await client.get<unknown>(`/webhook/${id}`)).data).toMatchObject({ is_active: false });
		expect(await fail()).toEqual([]);
		await client.patch(`/webhook/${id}`, { is_active: true });
		expect(await fail()).toHaveLength(1);
	});

	test('notes a target that is not there', async () => {
		const webhook = simulator.store.addWebhook({ target_url: 'http://127.0.0.1:1/' });
		const options = { webhookId: webhook.id, retries: 0 };
		const [delivery] = await simulator.webhooks.deliver('x', {}, options);
		expect(delivery).toMatchObject({
			delivered: false,
			attempts: [{ status: null, error: expect.stringContaining('ECONNREFUSED') }],
		});
	});

	test('sends hundreds at once', async () => {
		const { id: webhookId } = await register();
		const events = Array.from({ length: 300 }, (_, index) =>
			simulator.webhooks.deliver('x', { index }, { webhookId }),
		);
		const deliveries = (await Promise.all(events)).flat();
		expect(deliveries.every(({ delivered }) => delivered)).toBe(true);
		expect(receiver.received).toHaveLength(300);
	});

	test('goes to HTTPS targets', async () => {
		const secure = await startReceiver(createCertificate());
		const { id } = simulator.store.addWebhook({ target_url: secure.url });
		const [delivery] = await simulator.webhooks.deliver('x', {}, { webhookId: id });
		await secure.close();
		expect(delivery?.delivered).toBe(true);
	});
});
