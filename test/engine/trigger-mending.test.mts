import { setTimeout as delay } from 'node:timers/promises';

import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { FAULTS, signatureFor } from '../simulator/index.mts';
import { shortPauses } from './short-pauses.mts';
import { answersTo, useTrigger, type ActiveTrigger } from './use-trigger.mts';

afterEach(() => {
	jest.restoreAllMocks();
});

const { truto, activate } = useTrigger();

const COMPLETED = 'sync_job_run:completed';

const webhooks = () => [...truto().store.webhooks.values()];
const sent = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

/**
 * A trigger that was activated again while a workflow was running, which then stored the static data that
 * it began with.
 */
async function afterWriteBack(): Promise<ActiveTrigger & { lines: string[]; currentId: string }> {
	const active = await activate();
	const { trigger } = active.server;
	const old = trigger.memory;
	await trigger.call('delete');
	await trigger.activate();
	const currentId = trigger.memory.webhookId ?? '';
	trigger.memory = old;
	truto().clearRequests();
	const lines: string[] = [];
	trigger.onWarning = (line) => lines.push(line);
	return { ...active, lines, currentId };
}

describe('a trigger whose secret an ending execution has overwritten', () => {
	it('takes events at once if the process still knows it, and has it stored again', async () => {
		const { server, deliver, lines, currentId } = await afterWriteBack();

		const event = await deliver(COMPLETED, { id: 'r1' }, { webhookId: currentId });
		const ignored = await deliver('test', {}, { webhookId: currentId });

		expect(answersTo([...event, ...ignored])).toEqual([200, 200]);
		expect(server.executions).toHaveLength(1);
		expect(server.trigger.memory.webhookId).toBe(currentId);
		expect([sent(), lines]).toEqual([[], []]);
	});

	it('gets a new webhook if nobody knows it, and says so', async () => {
		const { server, deliver, lines, currentId } = await afterWriteBack();
		server.trigger.restart();

		const lost = await deliver(COMPLETED, { id: 'r1' }, { webhookId: currentId });

		// Truto is to try again.
		expect(answersTo(lost)).toEqual([503]);
		expect(webhooks()).toMatchObject([
			{ target_url: server.trigger.url, is_active: true, id: server.trigger.memory.webhookId },
		]);
		expect(webhooks()[0]?.id).not.toBe(currentId);
		expect(lines).toEqual([expect.stringContaining('had lost the secret of its webhook')]);
		expect(answersTo(await deliver(COMPLETED, { id: 'r2' }))).toEqual([200]);
		expect(server.executions).toMatchObject([[{ sync_job_run_id: 'r2' }]]);
	});

	it('asks Truto to send again while Truto can’t be asked', async () => {
		const { server, deliver, lines, currentId } = await afterWriteBack();
		server.trigger.restart();
		truto().faults.forPath('GET /webhook', FAULTS.forbidden);
		const lost = await deliver(COMPLETED, { id: 'r1' }, { webhookId: currentId });
		expect(answersTo(lost)).toEqual([503]);
		expect(webhooks()).toHaveLength(1);
		expect(lines).toEqual([expect.stringContaining('could not find out why the signature')]);
	});

	it('tries again if it has no webhook because a new one could not be made', async () => {
		const { server, deliver, lines, currentId } = await afterWriteBack();
		server.trigger.restart();
		const pauses = shortPauses(5_000);
		truto().faults.forPath('POST /webhook', FAULTS.serverError, 1);

		const lost = await deliver(COMPLETED, { id: 'r1' }, { webhookId: currentId });

		expect(answersTo(lost)).toEqual([503]);
		expect(lines).toEqual([
			expect.stringMatching(
				/had lost the secret of its webhook, so .+ It could not get a new webhook: .+\(500\).+ It will try again\.$/,
			),
		]);
		for (let tries = 0; tries < 100 && webhooks().length === 0; tries++) await delay(20);
		const [own] = webhooks();
		expect(webhooks()).toMatchObject([{ target_url: server.trigger.url, is_active: true }]);
		expect(pauses).toEqual([5_000]);
		const next = await deliver(COMPLETED, { id: 'r2' }, { webhookId: own?.id });
		expect(answersTo(next)).toEqual([200]);
		// n8n stores it with the next request that starts nothing.
		await deliver('test', {}, { webhookId: own?.id });
		expect(server.trigger.memory).toMatchObject({ webhookId: own?.id });
	});

	it('does not go back to its secret if another process has made a later webhook', async () => {
		const { server, deliver } = await activate();
		const { trigger } = server;
		const { secret: leaked = '' } = trigger.memory;
		const later = truto().store.addWebhook({ target_url: trigger.url });
		// This process is not told.
		const registration = { webhookId: later.id, secret: later.secret, createdAt: Date.now() + 1 };
		trigger.memory = registration;
		const body = JSON.stringify({ id: 'event-1', event: COMPLETED, payload: { id: 'r1' } });

		const forged = await server.post(body, {
			'x-truto-signature': signatureFor(body, leaked),
		});
		const genuine = await deliver(COMPLETED, { id: 'r2' }, { webhookId: later.id });
		await deliver('test', {}, { webhookId: later.id });

		expect(forged.status).toBe(401);
		expect(answersTo(genuine)).toEqual([200]);
		expect(trigger.memory).toEqual(registration);
	});

	it('is mended when n8n starts, before an event is lost', async () => {
		const { server, deliver } = await afterWriteBack();
		server.trigger.restart();
		await server.trigger.activate();
		expect(webhooks()).toHaveLength(1);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }))).toEqual([200]);
	});
});

describe('a forged event', () => {
	it('changes nothing at Truto, and is looked into once a minute', async () => {
		const { server, deliver } = await activate();
		const { memory } = server.trigger;
		const before = structuredClone(webhooks());
		for (let n = 0; n < 4; n++) {
			expect(answersTo(await deliver(COMPLETED, {}, { forge: true }))).toEqual([401]);
		}
		expect(webhooks()).toEqual(before);
		expect(server.trigger.memory).toEqual(memory);
		expect(sent()).toEqual([`GET /webhook/${String(memory.webhookId)}`]);
	});

	it('is not looked into if its signature is malformed, or in a test', async () => {
		const { server } = await activate();
		await server.post('{}', { 'x-truto-signature': 'v=nonsense' });
		const { deliver } = await activate({}, { isTest: true });
		await deliver(COMPLETED, {}, { forge: true });
		expect(sent()).toEqual([]);
	});

	it('makes no webhook if there is none to the address', async () => {
		const { server } = await activate();
		truto().store.webhooks.clear();
		const signature = `format=sha256,v=${'0'.repeat(64)}`;
		expect((await server.post('{}', { 'x-truto-signature': signature })).status).toBe(401);
		expect(webhooks()).toEqual([]);
	});
});
