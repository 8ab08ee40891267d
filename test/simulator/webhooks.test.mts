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

	test('its secret is in the answer to POST only', async () => {
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

	test('without event_types it gets all events, and it is active', async () => {
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

	test('targets are HTTPS only', async () => {
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

describe('a delivery', () => {
	test('POST /webhook/test sends the event test, signed, as User-Agent truto', async () => {
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

	test('is tried three times more after anything but 200, at most 10 s apart', async () => {
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

	test('a target that keeps failing is deactivated', async () => {
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

	test('goes to an HTTPS target', async () => {
		const secure = await startReceiver(createCertificate());
		const { id } = simulator.store.addWebhook({ target_url: secure.url });
		const [delivery] = await simulator.webhooks.deliver('x', {}, { webhookId: id });
		await secure.close();
		expect(delivery?.delivered).toBe(true);
	});
});
