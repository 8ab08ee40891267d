import { createHmac } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import {
	ACCOUNTS,
	CRON_TRIGGERS,
	ENVIRONMENT_ID,
	ManualClock,
	RUNS,
	startSimulator,
} from './index.mts';
import type { Dialect, Simulator, Webhook } from './index.mts';
import { startReceiver } from './webhook-receiver.mts';
import type { Received, Receiver } from './webhook-receiver.mts';

let simulator: Simulator;
let receiver: Receiver;
let webhook: Webhook;

beforeEach(async () => {
	simulator = await startSimulator({ clock: new ManualClock() });
	receiver = await startReceiver();
	webhook = simulator.store.addWebhook({ target_url: receiver.url, secret: 'geheim' });
});
afterEach(async () => {
	await simulator.close();
	await receiver.close();
});

async function received(payload: unknown, dialect: Partial<Dialect> = {}): Promise<Received> {
	simulator.speak(dialect);
	const options = { webhookId: webhook.id, id: 'evt-1' };
	await simulator.webhooks.deliver('sync_job_run:completed', payload, options);
	const [one] = receiver.received;
	if (!one) throw new Error('Nothing was received');
	return one;
}

const hmac = (text: string) => createHmac('sha256', 'geheim').update(text);

test.each(['event', 'event_type'] as const)('D9: the event is named in %s', async (eventName) => {
	const { json } = await received({ a: 1 }, { eventName });
	expect(json).toEqual({
		id: 'evt-1',
		[eventName]: 'sync_job_run:completed',
		payload: { a: 1 },
		environment_id: ENVIRONMENT_ID,
		webhook_id: webhook.id,
		created_at: '2026-01-15T12:00:00.000Z',
	});
});

describe('D10: forms', () => {
	const fields = [
		['id', 'evt-1'],
		['event', 'sync_job_run:completed'],
		['payload', '{"a":"ä & 1"}'],
		['environment_id', ENVIRONMENT_ID],
		['webhook_id', expect.any(String)],
		['created_at', '2026-01-15T12:00:00.000Z'],
	];

	test.each([
		['form', 'multipart/form-data; boundary='],
		['urlencoded', 'application/x-www-form-urlencoded'],
	] as const)('%s', async (deliveryBody, type) => {
		const { headers, raw } = await received({ a: 'ä & 1' }, { deliveryBody });
		expect(headers['content-type']).toContain(type);
		const read = new Response(raw, { headers: { 'content-type': headers['content-type'] ?? '' } });
		expect([...(await read.formData()).entries()]).toEqual(fields);
		expect(headers['x-truto-signature']).toBe(`format=sha256,v=${hmac(raw).digest('hex')}`);
	});

	test('signed as JSON', async () => {
		const dialect = { deliveryBody: 'form', formSignature: 'json' } as const;
		const { headers, raw } = await received({ a: 1 }, dialect);
		const json = JSON.stringify({
			id: 'evt-1',
			event: 'sync_job_run:completed',
			payload: { a: 1 },
			environment_id: ENVIRONMENT_ID,
			webhook_id: webhook.id,
			created_at: '2026-01-15T12:00:00.000Z',
		});
		expect(raw).not.toBe(json);
		expect(headers['x-truto-signature']).toBe(`format=sha256,v=${hmac(json).digest('hex')}`);
	});
});

test.each<[Dialect['signature'], (raw: string) => string]>([
	['hex', (raw) => `format=sha256,v=${hmac(raw).digest('hex')}`],
	['HEX', (raw) => `format=sha256,v=${hmac(raw).digest('hex').toUpperCase()}`],
	['base64', (raw) => `format=sha256,v=${hmac(raw).digest('base64')}`],
	['no-format', (raw) => `v=${hmac(raw).digest('hex')}`],
	['no-format-base64', (raw) => `v=${hmac(raw).digest('base64')}`],
])('D11: the signature is %s', async (signature, expected) => {
	const { headers, raw } = await received({}, { signature });
	expect(headers['x-truto-signature']).toBe(expected(raw));
});

test('a run in an event is worded like one in a list', async () => {
	const { json } = await received(simulator.store.runs.get(RUNS.v4Completed), {
		...{ times: 'spaced', statsKey: 'node', statsValue: 'number' },
		...{ runAccount: 'absent', nestedSyncJob: 'on-get-only' },
	});
	const payload = json.payload as Record<string, unknown>;
	expect(payload).toMatchObject({
		id: RUNS.v4Completed,
		created_at: '2026-01-15 06:00:00',
		resource_stats: { 'list-contacts': { list: 1240 }, 'list-deals': { list: 87 } },
	});
	expect(payload).not.toHaveProperty('sync_job');
	expect(payload).not.toHaveProperty('integrated_account_id');
	expect(json.created_at).toBe('2026-01-15 12:00:00');
});

test('one event may be worded differently', async () => {
	const options = { webhookId: webhook.id, dialect: { eventName: 'event_type' } as const };
	await simulator.webhooks.deliver('x', {}, options);
	await simulator.webhooks.deliver('x', {}, { webhookId: webhook.id });
	expect(receiver.received.map(({ json }) => [json.event_type, json.event])).toEqual([
		['x', undefined],
		[undefined, 'x'],
	]);
});

describe('events that tests make happen', () => {
	test('an account needs its login anew', async () => {
		await simulator.events.account('authentication_error', ACCOUNTS.jira);
		expect(receiver.received[0]?.json).toMatchObject({
			event: 'integrated_account:authentication_error',
			payload: {
				id: ACCOUNTS.jira,
				tenant_id: 'wingtip-toys',
				status: 'needs_reauth',
				last_error: 'The access token expired',
				integration: { name: 'jira', config: { label: 'Jira' } },
			},
		});
		expect(simulator.store.integratedAccounts.get(ACCOUNTS.jira)?.status).toBe('needs_reauth');
		await simulator.events.account('reactivated', ACCOUNTS.jira);
		expect(receiver.received[1]?.json.payload).toMatchObject({ status: 'active' });
		expect(receiver.received[1]?.json.payload).not.toHaveProperty('last_error');
	});

	test('an account is deleted: only its id is left', async () => {
		await simulator.events.account('deleted', ACCOUNTS.jira);
		expect(receiver.received[0]?.json.payload).toEqual({ id: ACCOUNTS.jira });
		expect(simulator.store.integratedAccounts.has(ACCOUNTS.jira)).toBe(false);
		await simulator.events.account('active', ACCOUNTS.other);
		expect(receiver.received).toHaveLength(1);
	});

	test('a cron trigger failed', async () => {
		await simulator.events.cronTriggerFailed(CRON_TRIGGERS.sixHourly);
		const { event, payload } = receiver.received[0]?.json ?? {};
		expect(event).toBe('sync_job_cron_trigger:failed');
		expect(payload).toMatchObject({ id: CRON_TRIGGERS.sixHourly, cron_expression: '0 */6 * * *' });
		expect(payload).not.toHaveProperty('is_scheduled');
		expect(simulator.store.otherLogs.sync_job_cron_trigger.at(-1)).toMatchObject({
			integrated_account_needs_reauth: true,
		});
	});
});
