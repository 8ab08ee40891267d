import { cpSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { startN8n } from '../n8n-host/n8n.mts';
import { packPackage } from '../n8n-host/pack.mts';
import { temporaryFolder } from '../n8n-host/run.mts';
import { chain, type Workflow } from '../n8n-host/workflow.mts';
import {
	FAULTS,
	RUNS,
	startSimulator,
	VALID_TOKEN,
	type DeliverOptions,
	type Simulator,
} from '../simulator/index.mts';
import { eachAtOnce } from './parallel.mts';
import { POLL_MS, polledRuns, pollingNode, startedEvents, triggerNode } from './trigger.mts';
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

async function deactivateAll(): Promise<void> {
	for (const id of activated.splice(0)) await world.n8n.api.deactivate(id);
	expect(webhooks()).toEqual([]);
}

const webhooksOf = ({ store }: Simulator) => [...store.webhooks.values()];
const webhooks = () => webhooksOf(world.simulator);

async function listen(workflow: Workflow = chain('restart', trigger())): Promise<string> {
	const id = await world.n8n.api.createActive(workflow);
	activated.push(id);
	return id;
}

const trigger = (parameters = {}) =>
	triggerNode(world.credential, { events: [EVENT], ...parameters });

/** The statuses that Truto gets for an event, at its last try. */
async function send(id: string, options: DeliverOptions = {}, truto = world.simulator) {
	const run = truto.store.runs.get(RUNS.completed);
	const sent = await truto.webhooks.deliver(EVENT, run, { id, retries: 0, ...options });
	return sent.map(({ attempts }) => attempts.at(-1)?.status);
}

const startedBy = async (workflowId: string, count: number) =>
	await startedEvents(world.n8n.api, workflowId, count);

const IDS = Array.from({ length: 20 }, (_, n) => `event-${String(n).padStart(2, '0')}`);

/** Few at once: a busy machine would take longer for the last one than Truto waits. */
async function sendAll(to: DeliverOptions) {
	const statuses: unknown[] = [];
	await eachAtOnce(IDS, 4, async (id) => void statuses.push(...(await send(id, to))));
	return statuses;
}

/** A workflow that 20 events have started; `restarted` is for when Truto sends them again, and a new one. */
async function startTwenty() {
	const before = webhooks().length;
	const workflowId = await listen();
	const to = { webhookId: webhooks()[before]?.id };
	expect(new Set(await sendAll(to))).toEqual(new Set([200]));
	expect(await startedBy(workflowId, 20)).toEqual({ ids: IDS, withoutOutput: 0 });
	const restarted = async () => {
		expect(new Set(await sendAll(to))).toEqual(new Set([200]));
		expect(await send('event-20', to)).toEqual([200]);
		expect(await startedBy(workflowId, 41)).toEqual({
			ids: [...IDS, 'event-20'],
			withoutOutput: 20,
		});
	};
	return { workflowId, restarted };
}

describe('n8n is stopped, and a copy of it is started, as for staging', () => {
	afterEach(deactivateAll);

	it('the copy leaves the webhook of the original alone, on activation and on deactivation; events that Truto sends again start nothing a second time', async () => {
		const { workflowId, restarted } = await startTwenty();
		const [production] = webhooks();
		await world.n8n.stop();
		const userFolder = temporaryFolder('copy');
		cpSync(world.n8n.userFolder, userFolder, { recursive: true });
		const { tarball } = packPackage();
		const copy = await startN8n({ tarball, userFolder, isInstalled: true });
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
		expect(webhooks()).toEqual([production]);
		await restarted();
	});
});

/** One restart for all that must survive it. */
describe('n8n is killed, and starts again', () => {
	/** Is away while n8n starts. */
	let away: Simulator;
	let startedAt: number;
	let twenty: Awaited<ReturnType<typeof startTwenty>>;
	let writing: Awaited<ReturnType<typeof startWritingBack>>;
	let waiting: Awaited<ReturnType<typeof startWaiting>>;

	beforeAll(async () => {
		away = await startSimulator({ allowHttpWebhooks: true });
		away.store.patchRun(RUNS.growing, { status: 'stopped' });
		writing = await startWritingBack();
		twenty = await startTwenty();
		waiting = await startWaiting();
		away.faults.random(1, FAULTS.serverError);
		await world.restart('SIGKILL');
		const finishedAt = new Date().toISOString();
		away.store.patchRun(waiting.busy, { status: 'completed', finished_at: finishedAt });
		startedAt = Date.now();
	});

	afterAll(async () => {
		await deactivateAll();
		expect(webhooksOf(away)).toEqual([]);
		await away.close();
	});

	it('events that Truto sends again start nothing a second time', async () => {
		await twenty.restarted();
	});

	/** Has an execution write back what it read before the trigger was activated again. */
	async function startWritingBack() {
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

		const [lost] = webhooks();
		expect(await send('event-2', { webhookId: lost?.id })).toEqual([200]);
		// An execution that n8n 2.4 finds unfinished after a restart shows no items of the trigger any more.
		expect((await startedBy(workflowId, 2)).ids).toEqual(['event-1', 'event-2']);
		return { workflowId, lost };
	}

	async function storedWebhookId(workflowId: string): Promise<unknown> {
		const stored = await world.n8n.api.call<{ staticData: Record<string, { webhookId?: string }> }>(
			'GET',
			`/workflows/${workflowId}`,
		);
		return stored.staticData['node:Truto Trigger']?.webhookId;
	}

	it('an execution that wrote back what it read before the trigger was activated again does not end the trigger', async () => {
		const { workflowId, lost } = writing;
		// n8n checks its webhooks in the seconds after its start.
		const isLost = () => webhooks().some(({ id }) => id === lost?.id);
		for (let tries = 0; tries < 60 && isLost(); tries++) await delay(500);
		const own = webhooks().find(({ target_url }) => target_url === lost?.target_url);
		expect(await send('event-3', { webhookId: own?.id })).toEqual([200]);
		expect((await startedBy(workflowId, 3)).ids).toEqual(['event-1', 'event-2', 'event-3']);
	});

	/** Has three workflows wait for the Truto that will be away, one with a credential that is then deleted. */
	async function startWaiting() {
		const { api } = world.n8n;
		const data = { apiToken: VALID_TOKEN, baseUrl: away.url };
		const kept = await api.createCredential('Kept', 'trutoApi', data);
		const deleted = await api.createCredential('Deleted', 'trutoApi', data);
		const workflowId = await listen(chain('with', triggerNode(kept, { events: [EVENT] })));
		const without = await listen(chain('without', triggerNode(deleted, { events: [EVENT] })));
		const pollingId = await listen(chain('polling', pollingNode(kept)));
		const busy = away.store.addRun({ status: 'running' }).id;
		await delay(2 * POLL_MS);
		const [own, orphan] = webhooksOf(away);
		await api.call('DELETE', `/credentials/${deleted.id}`);
		return { workflowId, without, pollingId, busy, own, orphan };
	}

	it('while Truto is away for longer than n8n tries to activate a workflow, both triggers lose nothing, and a deleted credential loses no webhook', async () => {
		const { workflowId, without, pollingId, busy, own, orphan } = waiting;
		const sendOwn = async (id: string) => await send(id, { webhookId: own?.id }, away);
		let status: unknown;
		for (let tries = 0; tries < 60 && status !== 200; tries++) {
			await delay(500);
			[status] = await sendOwn('event-1');
		}
		expect(status).toBe(200);
		// n8n tries five times within 15 seconds.
		await delay(startedAt + 40_000 - Date.now());
		expect(await sendOwn('event-2')).toEqual([200]);
		away.faults.clear();
		await delay(10_000);
		expect(await sendOwn('event-3')).toEqual([200]);

		expect((await startedBy(workflowId, 3)).ids).toEqual(['event-1', 'event-2', 'event-3']);
		expect(webhooksOf(away)).toEqual([own, orphan]);
		expect(await polledRuns(world.n8n.api, pollingId)).toEqual([busy]);
		const logs = world.n8n.logs();
		expect(logs).toContain("'Polling' of workflow 'polling'");
		expect(logs).toContain('is active, but Truto is unavailable');
		expect(logs).toContain(`is active, but could not check its webhook ${own?.id}`);
		expect(logs).toContain(`may have left the webhook ${orphan?.id}`);
		expect(logs).not.toContain('may have left a webhook');
		// Nobody can delete it any more but by hand.
		activated.splice(activated.indexOf(without), 1);
		away.store.webhooks.delete(orphan?.id ?? '');
	});
});
