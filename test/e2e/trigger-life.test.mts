import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { N8N_VERSION } from '../n8n-host/paths.mts';
import { chain, type Workflow } from '../n8n-host/workflow.mts';
import {
	OTHER_TOKEN,
	RUNS,
	signatureFor,
	startSimulator,
	VALID_TOKEN,
	type Simulator,
	type Webhook,
} from '../simulator/index.mts';
import { startedEvents, triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

const COMPLETED = 'sync_job_run:completed';
const FAILED = 'sync_job_run:failed';

let world: World;
let strict: Simulator;

beforeAll(async () => {
	world = await startWorld({ simulator: { allowHttpWebhooks: true } });
	strict = await startSimulator();
});

afterAll(async () => {
	await world.close();
	await strict.close();
});

afterEach(async () => {
	for (const id of activated.splice(0)) await world.n8n.api.deactivate(id);
	expect(webhooks()).toEqual([]);
});

const activated: string[] = [];

/** What Truto's list of webhooks would show, of both environments. */
const webhooks = (): Webhook[] => [...world.simulator.store.webhooks.values()];

const flow = (parameters = {}, credential = world.credential): Workflow =>
	chain('events', triggerNode(credential, parameters));

/** Stores a workflow and activates it. */
async function activate(workflow: Workflow): Promise<string> {
	const { id, versionId } = await world.n8n.api.createWorkflow(workflow);
	activated.push(id);
	await world.n8n.api.activate(id, versionId);
	return id;
}

/** Saves a changed workflow and activates that version, as *Publish* in the editor does. */
async function change(id: string, workflow: Workflow): Promise<void> {
	const { versionId } = await world.n8n.api.updateWorkflow(id, workflow);
	await world.n8n.api.activate(id, versionId);
}

describe('the webhook at Truto', () => {
	it('is made on activation for exactly the chosen events, and gone after deactivation', async () => {
		const id = await activate(flow());
		expect(webhooks()).toEqual([
			expect.objectContaining({ event_types: [COMPLETED, FAILED], is_active: true }),
		]);
		expect(webhooks()[0]?.target_url).toMatch(/\/webhook\/[^/]+\/webhook$/);
		activated.pop();
		await world.n8n.api.deactivate(id);
		expect(webhooks()).toEqual([]);
	});

	it('is a new one when Truto had deactivated it and people activate the workflow again', async () => {
		const workflow = flow();
		const id = await activate(workflow);
		const [first] = webhooks();
		if (first) first.is_active = false;
		await world.n8n.api.deactivate(id);
		const { versionId } = await world.n8n.api.updateWorkflow(id, workflow);
		await world.n8n.api.activate(id, versionId);
		expect(webhooks()).toEqual([expect.objectContaining({ is_active: true })]);
		expect(webhooks()[0]?.id).not.toBe(first?.id);
	});

	it('follows a change of events', async () => {
		const workflow = flow();
		const id = await activate(workflow);
		await change(id, { ...workflow, nodes: flow({ events: [FAILED] }).nodes });
		expect(webhooks().map(({ event_types }) => event_types)).toEqual([[FAILED]]);
	});

	it('moves to another environment with the credential', async () => {
		const data = { apiToken: OTHER_TOKEN, baseUrl: world.simulator.url };
		const other = await world.n8n.api.createCredential('Other', 'trutoApi', data);
		const workflow = flow();
		const id = await activate(workflow);
		const [before] = webhooks();
		await change(id, flow({}, other));
		expect(webhooks()).toHaveLength(1);
		expect(webhooks()[0]?.environment_id).not.toBe(before?.environment_id);
	});
});

describe('a failed activation', () => {
	it('says that Truto takes HTTPS only, and names WEBHOOK_URL', async () => {
		const data = { apiToken: VALID_TOKEN, baseUrl: strict.url };
		const credential = await world.n8n.api.createCredential('Strict', 'trutoApi', data);
		await expect(activate(flow({}, credential))).rejects.toThrow(/HTTPS/);
		expect(strict.store.webhooks.size).toBe(0);
	});

	it('refuses a loopback address before anything is sent', async () => {
		const data = { apiToken: VALID_TOKEN, baseUrl: 'https://truto.invalid' };
		const credential = await world.n8n.api.createCredential('Real', 'trutoApi', data);
		await expect(activate(flow({}, credential))).rejects.toThrow(
			/public HTTPS address, not to http:.*Truto Polling Trigger/,
		);
	});

	it('leaves the other trigger of the workflow as it is, and nothing of its own', async () => {
		const data = { apiToken: VALID_TOKEN, baseUrl: strict.url };
		const credential = await world.n8n.api.createCredential('Strict', 'trutoApi', data);
		const workflow = flow();
		const [second] = chain('', triggerNode(credential, {}, 'Second')).nodes;
		if (second) workflow.nodes.push({ ...second, id: 'second' });
		await expect(activate(workflow)).rejects.toThrow(/HTTPS/);
		// n8n before 2.40 then activates none of them.
		const isActive =
			N8N_VERSION === undefined || (await world.n8n.api.isActive(activated.at(-1) ?? ''));
		expect(webhooks()).toHaveLength(isActive ? 1 : 0);
		expect(strict.store.webhooks.size).toBe(0);
	});
});

describe('deactivation', () => {
	it('takes a webhook that is gone already for deleted', async () => {
		const id = await activate(flow());
		const [webhook] = webhooks();
		world.simulator.store.webhooks.clear();
		activated.pop();
		await world.n8n.api.deactivate(id);
		const logs = world.n8n.logs();
		expect(logs).toContain(`had the webhook ${webhook?.id}, which Truto does not know`);
		expect(logs).not.toContain('may have left');
	});

	it('is not blocked by a delete that fails, and the log says what is left', async () => {
		const id = await activate(flow());
		const [webhook] = webhooks();
		world.simulator.faults.forPath('DELETE /webhook', { kind: 'status', status: 403 });
		activated.pop();
		await world.n8n.api.deactivate(id);
		world.simulator.faults.clear();
		expect(world.n8n.logs()).toContain(`the webhook ${webhook?.id} to ${webhook?.target_url}`);
		world.simulator.store.webhooks.clear();
	});
});

describe('a connection that breaks before the answer', () => {
	it('loses no event, and starts none twice', async () => {
		const workflowId = await activate(flow());
		const [webhook] = webhooks();
		const body = JSON.stringify({
			id: 'event-1',
			event: COMPLETED,
			payload: { id: 'r1' },
			created_at: new Date().toISOString(),
		});
		await new Promise<void>((resolve) => {
			const sender = request(webhook?.target_url ?? '', {
				method: 'POST',
				headers: {
					'content-type': 'application/json',
					'x-truto-signature': signatureFor(body, webhook?.secret ?? ''),
				},
			});
			sender.on('error', () => {
				resolve();
			});
			sender.end(body, () => setTimeout(() => sender.destroy(), 5));
			sender.on('response', () => {
				resolve();
			});
		});
		const run = world.simulator.store.runs.get(RUNS.completed);
		const options = { id: 'event-1', retries: 0 };
		const [again] = await world.simulator.webhooks.deliver(COMPLETED, run, options);
		expect(again?.attempts.map(({ status }) => status)).toEqual([200]);
		await delay(3_000);
		expect((await startedEvents(world.n8n.api, workflowId, 1)).ids).toEqual(['event-1']);
	});
});
