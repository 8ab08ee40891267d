import { describe, expect, it } from '@jest/globals';

import { FAULTS, VALID_TOKEN, WRONG_TOKEN } from '../simulator/index.mts';
import { expectNoToken } from './harness.mts';
import { TriggerNode } from './n8n/trigger-node.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator({ allowHttpWebhooks: true });

/** The webhooks at Truto. */
const webhooks = () => [...truto().store.webhooks.values()];

describe('deactivation', () => {
	const activated = async () => {
		const trigger = new TriggerNode({ simulator: truto() });
		await trigger.activate();
		truto().clearRequests();
		const warnings: string[] = [];
		trigger.onWarning = (message) => warnings.push(message);
		return { trigger, warnings };
	};

	it('removes the webhook, and what n8n kept of it', async () => {
		const { trigger, warnings } = await activated();
		const other = truto().store.addWebhook({ target_url: 'https://example.com/other' });

		expect(await trigger.call('delete')).toBe(true);

		expect(webhooks()).toEqual([other]);
		expect(trigger.memory).toEqual({});
		expect(warnings).toEqual([]);
	});

	it('ignores a webhook that is already gone', async () => {
		const { trigger, warnings } = await activated();
		truto().store.webhooks.clear();

		expect(await trigger.call('delete')).toBe(true);

		expect(trigger.memory).toEqual({});
		expect(warnings).toEqual([
			expect.stringMatching(/had the webhook \S+, which Truto does not know in the environment/),
		]);
	});

	it.each([
		['Truto fails', {}, FAULTS.forbidden, "isn't allowed to do this (403)"],
		['the token is wrong', { apiToken: WRONG_TOKEN }, undefined, 'did not accept the API token'],
		['the Base URL is nonsense', { baseUrl: 'nonsense' }, undefined, 'is not a web address'],
	])('is not blocked if %s, but says so', async (_, credential, fault, text) => {
		const { trigger, warnings } = await activated();
		const { webhookId, secret } = trigger.memory;
		trigger.test.credential = credential;
		if (fault) truto().faults.forPath('DELETE /webhook', fault);

		expect(await trigger.call('delete')).toBe(true);

		expect(warnings).toHaveLength(1);
		expect(warnings[0]).toContain(
			`may have left the webhook ${String(webhookId)} to ${trigger.url} in Truto`,
		);
		expect(warnings[0]).toContain(text);
		for (const told of [secret ?? '', VALID_TOKEN, WRONG_TOKEN]) expectNoToken(warnings, told);
		// What could not be deleted is not forgotten.
		expect(trigger.memory).toEqual({ webhookId, secret, createdAt: expect.any(Number) });
	});

	it('that failed is made good by the next activation', async () => {
		const { trigger } = await activated();
		truto().faults.forPath('DELETE /webhook', FAULTS.forbidden, 1);
		await trigger.call('delete');
		expect(webhooks()).toHaveLength(1);

		await trigger.activate();

		expect(webhooks().map(({ id }) => id)).toEqual([trigger.memory.webhookId]);
	});

	it('tries again if Truto fails briefly', async () => {
		const { trigger, warnings } = await activated();
		truto().faults.forPath('DELETE /webhook', FAULTS.serverError, 1);

		await trigger.call('delete');

		expect(webhooks()).toEqual([]);
		expect(warnings).toEqual([]);
	});

	it('without an id removes the webhooks to its address', async () => {
		const { trigger } = await activated();
		const other = truto().store.addWebhook({ target_url: `${trigger.url}2` });
		trigger.memory = {};

		await trigger.call('delete');

		expect(webhooks()).toEqual([other]);
	});

	it('leaves a webhook that sends to another n8n alone, and says so', async () => {
		const { trigger } = await activated();
		const staging = new TriggerNode({
			simulator: truto(),
			webhookBaseUrl: 'https://staging.example.com/webhook',
		});
		staging.memory = trigger.memory;
		const warnings: string[] = [];
		staging.onWarning = (message) => warnings.push(message);
		const before = structuredClone(webhooks());

		expect(await staging.call('delete')).toBe(true);

		expect(webhooks()).toEqual(before);
		expect(warnings).toEqual([expect.stringContaining(`it sends to ${trigger.url}`)]);
		expect(staging.memory).toEqual({});
	});

	it('removes the webhook even if n8n has stored an older one again', async () => {
		const { trigger } = await activated();
		const old = trigger.memory;
		await trigger.call('delete');
		await trigger.activate();
		trigger.memory = old;

		await trigger.call('delete');

		expect(webhooks()).toEqual([]);
	});
});
