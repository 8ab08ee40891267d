import { afterEach, describe, expect, it, jest } from '@jest/globals';

import { FAULTS, WRONG_TOKEN } from '../simulator/index.mts';
import { TriggerNode, type TriggerTest } from './n8n/trigger-node.mts';
import { shortPauses } from './short-pauses.mts';
import { answersTo, useTrigger } from './use-trigger.mts';

const COMPLETED = 'sync_job_run:completed';

/** Their later tries would go on after the test. */
const triggers: TriggerNode[] = [];

// Before the simulator ends: hooks run in the order in which they are defined.
afterEach(async () => {
	jest.restoreAllMocks();
	truto().faults.clear();
	for (const trigger of triggers.splice(0)) await trigger.call('delete');
});

const { truto, activate } = useTrigger();

const webhooks = () => [...truto().store.webhooks.values()];
const webhookIds = () => webhooks().map(({ id }) => id);

/** As when n8n starts: it has stored the trigger's webhook, and its process knows nothing. */
async function activeBefore(parameters?: TriggerTest['parameters']) {
	const active = await activate(parameters);
	const { trigger } = active.server;
	const { memory } = trigger;
	trigger.restart();
	triggers.push(trigger);
	const lines: string[] = [];
	trigger.onWarning = (line) => lines.push(line);
	return { ...active, trigger, memory, lines };
}

async function until(isTrue: () => boolean): Promise<void> {
	for (let tries = 0; tries < 300 && !isTrue(); tries++) {
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

describe('Truto is away when a workflow is activated again', () => {
	it.each([
		['answers 500', FAULTS.serverError],
		['answers 503', { kind: 'status', status: 503 } as const],
		['closes connections', FAULTS.resetBeforeAnswer],
		['shows a gateway’s page', FAULTS.badGatewayHtml],
	])('it is active, takes events, and the log says so: Truto %s', async (_, fault) => {
		const { server, deliver, trigger, memory, lines } = await activeBefore();
		truto().faults.forPath('/webhook', fault);

		await trigger.activate();

		expect(trigger.memory).toEqual(memory);
		expect(lines).toEqual([
			expect.stringContaining(
				`is active, but could not check its webhook ${String(memory.webhookId)}: `,
			),
		]);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }))).toEqual([200]);
		expect(server.executions).toHaveLength(1);
	});

	it('its webhook stays as it is if nothing is wrong with it', async () => {
		const { trigger, lines } = await activeBefore();
		const pauses = shortPauses(5_000);
		const before = structuredClone(webhooks());
		truto().faults.forPath('GET /webhook', FAULTS.serverError);
		await trigger.activate();
		truto().faults.clear();
		truto().clearRequests();
		await until(() => truto().requests.length > 0);
		expect(truto().requests.map(({ method }) => method)).toEqual(['GET']);
		expect(webhooks()).toEqual(before);
		expect(lines).toHaveLength(1);
		expect(pauses).toEqual([5_000]);
	});

	it.each<[string, () => void]>([
		['Truto has deleted it', () => truto().store.webhooks.clear()],
		['Truto has switched it off', () => webhooks().forEach((one) => (one.is_active = false))],
	])('its webhook is replaced as soon as Truto answers, if %s', async (_, change) => {
		const { server, deliver, trigger, memory } = await activeBefore();
		shortPauses(5_000);
		change();
		truto().faults.forPath('/webhook', FAULTS.serverError);
		await trigger.activate();

		truto().faults.clear();
		await until(() => webhooks().some(({ id }) => id !== memory.webhookId));

		const [own] = webhooks();
		expect(webhooks()).toMatchObject([{ target_url: trigger.url, is_active: true }]);
		const sent = await deliver(COMPLETED, { id: 'r1' }, { webhookId: own?.id });
		expect(answersTo(sent)).toEqual([200]);
		expect(server.executions).toHaveLength(1);
	});

	it('it is checked again although somebody tests the trigger in the editor', async () => {
		const { trigger } = await activeBefore();
		shortPauses(5_000);
		for (const webhook of webhooks()) webhook.is_active = false;
		truto().faults.forPath('/webhook', FAULTS.serverError);
		await trigger.activate();
		const { memory } = trigger;
		// n8n's static data of a test is apart from that of production.
		trigger.memory = {};
		trigger.test.isTest = true;
		await expect(trigger.activate()).rejects.toThrow('500');
		await trigger.call('delete');
		trigger.test.isTest = false;
		trigger.memory = memory;
		truto().faults.clear();
		await until(() => webhooks().some(({ is_active }) => is_active));
		expect(webhooks()).toMatchObject([{ target_url: trigger.url, is_active: true }]);
	});

	it('it is active if only the making of a new webhook fails', async () => {
		const { trigger, memory } = await activeBefore();
		shortPauses(5_000);
		for (const webhook of webhooks()) webhook.is_active = false;
		truto().faults.forPath('POST /webhook', FAULTS.serverError);
		await trigger.activate();
		truto().faults.clear();
		await until(() => webhooks().length > 0);
		expect(webhooks()).toMatchObject([{ target_url: trigger.url, is_active: true }]);
		expect(webhookIds()).not.toContain(memory.webhookId);
	});

	it('n8n waits ten seconds at most for a Truto that does not answer', async () => {
		const { trigger, memory } = await activeBefore();
		truto().faults.forPath('/webhook', { kind: 'delayHeaders', ms: 60_000 });
		const startedAt = performance.now();
		await trigger.activate();
		expect(performance.now() - startedAt).toBeLessThan(15_000);
		expect(trigger.memory).toEqual(memory);
	});

	it('it does not make a webhook after it was deactivated', async () => {
		const { trigger } = await activeBefore();
		const pauses = shortPauses(5_000);
		truto().faults.forPath('/webhook', FAULTS.serverError);
		await trigger.activate();
		truto().faults.clear();
		await trigger.call('delete');
		expect(pauses).toEqual([5_000]);
		await new Promise((resolve) => setTimeout(resolve, 1_000));
		expect(webhooks()).toEqual([]);
	});
});

describe('it is an error, and nothing is forgotten,', () => {
	it('if Truto does not accept the token (401)', async () => {
		const { trigger, memory } = await activeBefore();
		trigger.test.credential = { apiToken: WRONG_TOKEN };
		await expect(trigger.activate()).rejects.toThrow('did not accept the API token (401)');
		// n8n cleans up after an activation that failed, and tries again.
		await trigger.call('delete');
		expect(trigger.memory).toEqual(memory);
		await expect(trigger.activate()).rejects.toThrow('did not accept the API token (401)');
		trigger.test.credential = {};
		await trigger.activate();
		expect(webhookIds()).toEqual([memory.webhookId]);
	});

	it('if somebody waits for a test event', async () => {
		const { server } = await activate({}, { isTest: true });
		truto().faults.forPath('GET /webhook', FAULTS.serverError);
		await expect(server.trigger.activate()).rejects.toThrow('(500)');
	});
});

describe('a webhook that could not be deleted', () => {
	it('is deleted by the next deactivation, and always named in the log', async () => {
		const { trigger, memory, lines } = await activeBefore();
		truto().faults.forPath('/webhook', FAULTS.serverError);
		for (let n = 0; n < 2; n++) await trigger.call('delete');
		expect(lines).toEqual(
			Array.from({ length: 2 }, () =>
				expect.stringContaining(`may have left the webhook ${String(memory.webhookId)} to `),
			),
		);
		truto().faults.clear();
		await trigger.call('delete');
		expect(webhooks()).toEqual([]);
		expect(trigger.memory).toEqual({});
	});

	it('is used again by the next activation', async () => {
		const { trigger, memory, deliver } = await activeBefore();
		truto().faults.forPath('/webhook', FAULTS.serverError);
		await trigger.call('delete');
		truto().faults.clear();
		await trigger.activate();
		expect(webhookIds()).toEqual([memory.webhookId]);
		expect(answersTo(await deliver(COMPLETED, { id: 'r1' }))).toEqual([200]);
	});
});

describe('without a webhook so far', () => {
	it('an outage is an error, so that people see it', async () => {
		const trigger = new TriggerNode({ simulator: truto() });
		truto().faults.forPath('/webhook', FAULTS.serverError);
		await expect(trigger.activate()).rejects.toThrow('Truto failed (500)');
		expect(trigger.memory).toEqual({});
	});
});
