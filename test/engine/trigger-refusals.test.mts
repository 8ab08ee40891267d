import { describe, expect, it } from '@jest/globals';

import { FAULTS, startSimulator, WRONG_TOKEN } from '../simulator/index.mts';
import { TriggerNode, type TriggerTest } from './n8n/trigger-node.mts';
import { triggerError } from './trigger-error.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator({ allowHttpWebhooks: true });

const triggerOf = (test: Partial<TriggerTest> = {}) =>
	new TriggerNode({ simulator: truto(), ...test });

/** The webhooks at Truto. */
const webhooks = () => [...truto().store.webhooks.values()];

const sent = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

const errorOf = async (work: Promise<unknown>) => await triggerError(truto(), work);

describe('an activation that fails', () => {
	it('leaves nothing behind if the answer is lost', async () => {
		truto().faults.forPath('POST /webhook', FAULTS.resetInBody, 1);
		const trigger = triggerOf();

		const { message } = await errorOf(trigger.activate());

		expect(message).toMatch(/connection to .* broke: a webhook to/);
		expect(sent()).toContain('POST /webhook');
		expect(webhooks()).toEqual([]);
		expect(trigger.memory).toEqual({});
		await trigger.activate();
		expect(webhooks()).toHaveLength(1);
	});

	it.each([
		['no secret', { id: 'w1' }],
		['no id', { secret: 's-1' }],
		['a secret that is no text', { id: 'w1', secret: 5 }],
	])('fails, and leaves nothing behind, if Truto tells %s', async (_, body) => {
		const trigger = triggerOf();
		truto().faults.forPath('POST /webhook', { kind: 'status', status: 201, body }, 1);

		const { message } = await errorOf(trigger.call('create'));

		expect(message).toContain('Truto created the webhook, but sent no secret for it');
		expect(message).toContain('Check that the Base URL of the credential');
		expect(sent().filter((request) => request === 'GET /webhook')).toHaveLength(2);
		expect(trigger.memory).toEqual({});
	});

	it.each([
		['a wrong token', WRONG_TOKEN, 'Truto did not accept the API token (401)'],
		['no permission', undefined, "The API token isn't allowed to do this (403): a webhook to"],
	])('says why it fails: %s', async (_, apiToken, text) => {
		if (apiToken === undefined) truto().faults.forPath('POST /webhook', FAULTS.forbidden);
		const trigger = triggerOf({ credential: apiToken === undefined ? {} : { apiToken } });

		const { message, description } = await errorOf(trigger.activate());

		expect(message).toContain(text);
		expect(description).not.toContain('WEBHOOK_URL');
		expect(webhooks()).toEqual([]);
	});

	it('needs an event: an empty list would be all events', async () => {
		const { message } = await errorOf(triggerOf({ parameters: { events: [] } }).activate());

		expect(message).toContain('No events are selected');
		expect(webhooks()).toEqual([]);
	});

	it('says so if the webhook can’t be looked up, and does not make another', async () => {
		const trigger = triggerOf();
		await trigger.activate();
		truto().faults.forPath('GET /webhook', FAULTS.forbidden);

		const { message } = await errorOf(trigger.activate());

		expect(message).toContain(`webhook ${String(trigger.memory.webhookId)}`);
		expect(webhooks()).toHaveLength(1);
	});
});

describe('an address that Truto can’t reach', () => {
	it.each([
		'http://n8n.example.com/webhook',
		'http://localhost:5678/webhook',
		'https://localhost:5678/webhook',
		'https://127.0.0.1/webhook',
	])('is refused before any request: %s', async (webhookBaseUrl) => {
		// Any request would fail with the text of a host that is not found.
		const credential = { baseUrl: 'https://truto.invalid' };
		const trigger = triggerOf({ webhookBaseUrl, credential });

		const { message } = await errorOf(trigger.activate());

		expect(message).toContain('Truto can only send events to a public HTTPS address, not to ');
		// n8n shows the message alone.
		expect(message).toMatch(/Use the Truto Polling Trigger, or set n8n's WEBHOOK_URL/);
		expect(trigger.memory).toEqual({});
	});

	it('that test would notice if a request came first', async () => {
		const credential = { baseUrl: 'https://truto.invalid' };
		const { message } = await errorOf(triggerOf({ credential }).activate());
		expect(message).toContain('The host of https://truto.invalid was not found');
	});

	it('may be why Truto can’t process the request (422)', async () => {
		truto().faults.forPath('POST /webhook', FAULTS.unprocessable);
		const { message } = await errorOf(triggerOf().activate());
		expect(message).toContain('Truto refused a webhook to https://n8n.example.com: ');
		expect(message).toContain('WEBHOOK_URL');
	});

	it('is explained if Truto itself refuses it', async () => {
		const strict = await startSimulator();
		const webhookBaseUrl = 'http://n8n.example.com/webhook';
		const trigger = new TriggerNode({ simulator: strict, webhookBaseUrl });

		const { message } = await errorOf(trigger.activate());
		await strict.close();

		expect(message).toContain('Truto refused a webhook to http://n8n.example.com: ');
		expect(message).toContain('target_url must be an HTTPS URL');
		expect(message).toContain('WEBHOOK_URL');
		expect(strict.store.webhooks.size).toBe(0);
	});
});
