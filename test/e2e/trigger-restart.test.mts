import { cpSync } from 'node:fs';
import { request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { startN8n } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import { temporaryFolder } from '../n8n-host/run.mts';
import { chain, type Workflow } from '../n8n-host/workflow.mts';
import {
	FAULTS,
	RUNS,
	signatureFor,
	VALID_TOKEN,
	type DeliverOptions,
} from '../simulator/index.mts';
import { POLL_MS, pollingNode, triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

const EVENT = 'sync_job_run:completed';

let world: World;

beforeAll(async () => {
	world = await startWorld({ simulator: { allowHttpWebhooks: true } });
	// It grows for ever, and so do its events.
	world.simulator.store.patchRun(RUNS.growing, { status: 'stopped' });
});

afterAll(async () => {
	await world.close();
});

const activated: string[] = [];

afterEach(async () => {
	for (const id of activated.splice(0)) await world.n8n.api.deactivate(id);
	expect(webhooks()).toEqual([]);
});

const webhooks = () => [...world.simulator.store.webhooks.values()];

async function listen(workflow: Workflow = chain('restart', trigger())): Promise<string> {
	const id = await world.n8n.api.createActive(workflow);
	activated.push(id);
	return id;
}

const trigger = (parameters = {}) =>
	triggerNode(world.credential, { events: [EVENT], ...parameters });

/** The statuses that Truto gets for an event, at its last try. */
async function send(id: string, options: DeliverOptions = {}) {
	const run = world.simulator.store.runs.get(RUNS.completed);
	const sent = await world.simulator.webhooks.deliver(EVENT, run, { id, retries: 0, ...options });
	return sent.map(({ attempts }) => attempts.at(-1)?.status);
}

/** The events that the ended executions of a workflow went on with, and how many ended at the trigger. */
async function startedBy(workflowId: string, count: number) {
	const { api } = world.n8n;
	let executions = await api.executionsOf(workflowId);
	for (let tries = 0; tries < 60 && executions.length < count; tries++) {
		await delay(500);
		executions = await api.executionsOf(workflowId);
	}
	const ended = await Promise.all(executions.map(async ({ id }) => await api.waitFor(id)));
	const items = ended.map(({ nodes }) => nodes['Truto Trigger']?.outputs.flat() ?? []);
	return {
		ids: items.flatMap((list) => list.map(({ json }) => String(json.event_id))).sort(),
		withoutOutput: items.filter((list) => list.length === 0).length,
	};
}

/** The runs that a polling trigger put out. */
async function polledBy(workflowId: string): Promise<unknown[]> {
	const executions = await world.n8n.api.executionsOf(workflowId);
	const ended = await Promise.all(
		executions.map(async ({ id }) => await world.n8n.api.waitFor(id)),
	);
	return ended.flatMap(({ nodes }) =>
		(nodes.Polling?.outputs.flat() ?? []).map(({ json }) => json.sync_job_run_id),
	);
}

describe('events that Truto sends again', () => {
	const ids = Array.from({ length: 20 }, (_, n) => `event-${String(n).padStart(2, '0')}`);
	const sendAll = async () => (await Promise.all(ids.map(async (id) => await send(id)))).flat();

	it.each(['SIGTERM', 'SIGKILL'] as const)(
		'after %s and a restart start nothing a second time',
		async (signal) => {
			const workflowId = await listen();
			expect(new Set(await sendAll())).toEqual(new Set([200]));
			expect(await startedBy(workflowId, 20)).toEqual({ ids, withoutOutput: 0 });
			await world.restart(signal);
			expect(new Set(await sendAll())).toEqual(new Set([200]));
			expect(await send('event-20')).toEqual([200]);
			expect(await startedBy(workflowId, 41)).toEqual({
				ids: [...ids, 'event-20'],
				withoutOutput: 20,
			});
		},
	);
});

describe('a connection that breaks before the answer', () => {
	it('loses no event, and starts none twice', async () => {
		const workflowId = await listen();
		const [webhook] = webhooks();
		const body = JSON.stringify({
			id: 'event-1',
			event: EVENT,
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
		expect(await send('event-1')).toEqual([200]);
		await delay(3_000);
		expect((await startedBy(workflowId, 1)).ids).toEqual(['event-1']);
	});
});

describe('an execution that writes back what it read before the trigger was activated again', () => {
	it('does not end the trigger, and nothing is left at Truto', async () => {
		const wait = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: { amount: 8 },
		};
		const code = {
			name: 'Code',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode: "$getWorkflowStaticData('global').count = Date.now(); return $input.all();",
			},
		};
		const workflow = chain('write back', trigger(), wait, code);
		const workflowId = await listen(workflow);
		expect(await send('event-1')).toEqual([200]);
		const [before] = webhooks();
		const [node] = workflow.nodes;
		if (node) node.parameters = { events: [EVENT, 'sync_job_run:failed'] };
		const { versionId } = await world.n8n.api.updateWorkflow(workflowId, workflow);
		await world.n8n.api.activate(workflowId, versionId);
		expect(webhooks().map(({ id }) => id)).not.toContain(before?.id);
		expect((await startedBy(workflowId, 1)).ids).toEqual(['event-1']);
		// Else this test shows nothing: n8n has the old webhook again.
		expect(await storedWebhookId(workflowId)).toBe(before?.id);

		expect(await send('event-2')).toEqual([200]);
		// An execution that n8n 2.4 finds unfinished after a restart shows no items of the trigger any more.
		expect((await startedBy(workflowId, 2)).ids).toEqual(['event-1', 'event-2']);
		const [lost] = webhooks();
		await world.restart('SIGTERM');
		// n8n checks its webhooks in the seconds after its start.
		for (let tries = 0; tries < 60 && webhooks()[0]?.id === lost?.id; tries++) await delay(500);
		expect(await send('event-3')).toEqual([200]);
		expect((await startedBy(workflowId, 3)).ids).toEqual(['event-1', 'event-2', 'event-3']);
	});

	async function storedWebhookId(workflowId: string): Promise<unknown> {
		const stored = await world.n8n.api.call<{ staticData: Record<string, { webhookId?: string }> }>(
			'GET',
			`/workflows/${workflowId}`,
		);
		return stored.staticData['node:Truto Trigger']?.webhookId;
	}
});

describe('Truto is away while n8n starts, for longer than n8n tries to activate a workflow', () => {
	it('both triggers lose nothing, and a deleted credential loses no webhook', async () => {
		const workflowId = await listen();
		const pollingId = await listen(chain('polling', pollingNode(world.credential)));
		const busy = world.simulator.store.addRun({ status: 'running' }).id;
		await delay(2 * POLL_MS);
		const data = { apiToken: VALID_TOKEN, baseUrl: world.simulator.url };
		const deleted = await world.n8n.api.createCredential('Deleted', 'trutoApi', data);
		const without = await listen(chain('without', triggerNode(deleted, { events: [EVENT] })));
		const [own, orphan] = webhooks();
		await world.n8n.api.call('DELETE', `/credentials/${deleted.id}`);
		world.simulator.faults.random(1, FAULTS.serverError);
		await world.restart('SIGTERM');
		const finishedAt = new Date().toISOString();
		world.simulator.store.patchRun(busy, { status: 'completed', finished_at: finishedAt });
		const startedAt = Date.now();
		const to = { webhookId: own?.id };

		let status: unknown;
		for (let tries = 0; tries < 60 && status !== 200; tries++) {
			await delay(500);
			[status] = await send('event-1', to);
		}
		expect(status).toBe(200);
		// n8n tries five times within 15 seconds.
		await delay(startedAt + 40_000 - Date.now());
		expect(await send('event-2', to)).toEqual([200]);
		world.simulator.faults.clear();
		await delay(10_000);
		expect(await send('event-3', to)).toEqual([200]);

		expect((await startedBy(workflowId, 3)).ids).toEqual(['event-1', 'event-2', 'event-3']);
		expect(webhooks()).toEqual([own, orphan]);
		expect(await polledBy(pollingId)).toEqual([busy]);
		const logs = world.n8n.logs();
		expect(logs).toContain("'Polling' of workflow 'polling'");
		expect(logs).toContain('is active, but Truto is away');
		expect(logs).toContain(`is active, but could not check its webhook ${own?.id}`);
		expect(logs).toContain(`may have left the webhook ${orphan?.id}`);
		expect(logs).not.toContain('may have left a webhook');
		// Nobody can delete it any more but by hand.
		activated.splice(activated.indexOf(without), 1);
		world.simulator.store.webhooks.delete(orphan?.id ?? '');
	});
});

describe('a copy of n8n, as for staging', () => {
	it('leaves the webhook of the original alone, on activation and on deactivation', async () => {
		const workflowId = await listen();
		const [production] = webhooks();
		await world.n8n.stop();
		const userFolder = temporaryFolder('copy');
		cpSync(world.n8n.userFolder, userFolder, { recursive: true });
		const copy = await startN8n({ tarball: packPackage().tarball, userFolder });
		await copy.api.signIn();
		for (let tries = 0; tries < 60 && webhooks().length < 2; tries++) await delay(500);
		const [first, own] = webhooks();
		expect(first).toEqual(production);
		expect(own?.target_url).toContain(`:${copy.port}/`);
		expect(copy.logs()).toContain(`leaves the webhook ${production?.id} in Truto as it is`);
		await copy.api.deactivate(workflowId);
		expect(webhooks()).toEqual([production]);
		await copy.stop();
		await world.restart('SIGTERM');
		expect(await send('event-1')).toEqual([200]);
	});
});
