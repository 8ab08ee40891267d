import { describe, expect, it } from '@jest/globals';

import { OTHER_TOKEN } from '../simulator/index.mts';
import { TriggerNode, type TriggerTest } from './n8n/trigger-node.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator({ allowHttpWebhooks: true });

const DEFAULT_EVENTS = ['sync_job_run:completed', 'sync_job_run:failed'];

const triggerOf = (test: Partial<TriggerTest> = {}) =>
	new TriggerNode({ simulator: truto(), ...test });

/** The webhooks at Truto. */
const webhooks = () => [...truto().store.webhooks.values()];

const sent = () => truto().requests.map(({ method, path }) => `${method} ${path}`);

describe('activation', () => {
	it('makes one webhook for just the chosen events, and keeps its id and secret', async () => {
		const events = ['sync_job_run:record', 'sync_job_run:rate_limited'];
		const trigger = triggerOf({ parameters: { events } });

		await trigger.activate();

		expect(webhooks()).toMatchObject([
			{ target_url: trigger.url, event_types: events, is_active: true },
		]);
		const [webhook] = webhooks();
		expect(trigger.memory).toEqual({
			webhookId: webhook?.id,
			secret: webhook?.secret,
			createdAt: expect.any(Number),
		});
		expect(sent()).toEqual(['GET /webhook', 'POST /webhook']);
	});

	it('asks for what ends a run unless told otherwise', async () => {
		await triggerOf().activate();
		expect(webhooks()).toMatchObject([{ event_types: DEFAULT_EVENTS }]);
	});

	it('again finds the webhook and leaves it alone', async () => {
		const trigger = triggerOf();
		await trigger.activate();
		const before = structuredClone(webhooks());
		const { memory } = trigger;
		truto().clearRequests();

		expect(await trigger.call('checkExists')).toBe(true);
		await trigger.activate();

		expect(webhooks()).toEqual(before);
		expect(trigger.memory).toEqual(memory);
		expect(new Set(sent())).toEqual(new Set([`GET /webhook/${String(memory.webhookId)}`]));
	});

	it('makes a webhook of its own while the editor waits for a test event', async () => {
		const production = triggerOf();
		await production.activate();
		const test = triggerOf({
			isTest: true,
			webhookBaseUrl: 'https://n8n.example.com/webhook-test',
		});

		await test.activate();
		expect(webhooks().map(({ target_url }) => target_url)).toEqual([production.url, test.url]);
		expect(test.url).toContain('/webhook-test/');
		await test.call('delete');

		expect(webhooks().map(({ id }) => id)).toEqual([production.memory.webhookId]);
	});

	it.each<[string, (trigger: TriggerNode) => void]>([
		[
			'its secret is lost',
			(trigger) => {
				const { webhookId } = trigger.memory;
				trigger.memory = { webhookId };
			},
		],
		[
			'all that n8n stored is lost',
			(trigger) => {
				trigger.memory = {};
			},
		],
		[
			'Truto switched it off',
			() => {
				for (const webhook of webhooks()) webhook.is_active = false;
			},
		],
		[
			'it is gone at Truto',
			() => {
				truto().store.webhooks.clear();
			},
		],
		[
			'other events are chosen',
			({ test }) => {
				test.parameters = { events: ['sync_job_run:failed', 'sync_job_run:started'] };
			},
		],
		[
			'fewer events are chosen',
			({ test }) => {
				test.parameters = { events: ['sync_job_run:failed'] };
			},
		],
	])('replaces the webhook if %s', async (_, change) => {
		const trigger = triggerOf();
		await trigger.activate();
		const before = trigger.memory;
		change(trigger);

		expect(await trigger.call('checkExists')).toBe(false);
		await trigger.call('create');

		const event_types = trigger.test.parameters?.events ?? DEFAULT_EVENTS;
		expect(webhooks()).toMatchObject([{ target_url: trigger.url, event_types, is_active: true }]);
		expect(trigger.memory.webhookId).toBe(webhooks()[0]?.id);
		expect(trigger.memory.secret).toBe(webhooks()[0]?.secret);
		expect(trigger.memory.webhookId).not.toBe(before.webhookId);
		expect(await trigger.call('checkExists')).toBe(true);
	});

	it('says in n8n’s log which webhook it is, so that runs can be started with it', async () => {
		const trigger = triggerOf();
		const lines: string[] = [];
		trigger.onInfo = (line) => lines.push(line);
		await trigger.activate();
		expect(lines).toEqual([
			expect.stringContaining(
				`through the webhook ${String(trigger.memory.webhookId)} at ${trigger.url}`,
			),
		]);
	});

	it('leaves a webhook that sends to another n8n alone, says so, and makes its own', async () => {
		const production = triggerOf();
		await production.activate();
		const before = structuredClone(webhooks());
		// A copy of the database.
		const staging = triggerOf({ webhookBaseUrl: 'https://staging.example.com/webhook' });
		staging.memory = production.memory;
		const lines: string[] = [];
		staging.onWarning = (line) => lines.push(line);

		await staging.activate();

		expect(webhooks()).toEqual([
			...before,
			expect.objectContaining({ target_url: staging.url, id: staging.memory.webhookId }),
		]);
		const { webhookId } = production.memory;
		expect(lines).toEqual([
			expect.stringContaining(
				`leaves the webhook ${String(webhookId)} in Truto as it is: it sends to ${production.url}`,
			),
		]);
	});

	it('removes what earlier activations left behind, on all pages of the list, and nothing else', async () => {
		const trigger = triggerOf();
		const { store } = truto();
		for (let n = 0; n < 150; n++) store.addWebhook({ target_url: `${trigger.url}/${String(n)}` });
		store.addWebhook({ target_url: trigger.url });
		store.addWebhook({ target_url: trigger.url, is_active: false });
		const [first] = webhooks();
		// The list is sorted by time: this one is on its last page.
		Object.assign(first ?? {}, { target_url: trigger.url, created_at: '2020-01-01T00:00:00.000Z' });

		await trigger.activate();

		expect(webhooks()).toHaveLength(150);
		const own = webhooks().filter(({ target_url }) => target_url === trigger.url);
		expect(own.map(({ id }) => id)).toEqual([trigger.memory.webhookId]);
	});

	it('with the token of another environment makes a webhook there, and says which one is left', async () => {
		const trigger = triggerOf();
		const lines: string[] = [];
		trigger.onWarning = (line) => lines.push(line);
		await trigger.activate();
		const { webhookId } = trigger.memory;
		trigger.test.credential = { apiToken: OTHER_TOKEN };
		await trigger.activate();
		expect(lines).toEqual([
			expect.stringContaining(
				`had the webhook ${String(webhookId)}, which Truto does not know in the environment of the API token. If`,
			),
		]);
		expect(webhooks().map(({ id }) => id)).toContain(trigger.memory.webhookId);
		expect(webhooks().at(-1)?.environment_id).not.toBe(webhooks()[0]?.environment_id);
	});
});
