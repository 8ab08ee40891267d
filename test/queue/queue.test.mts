import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { Execution, Item } from '../n8n-host/execution.mts';
import { byId, chain, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import { ACCOUNTS, RUNS, SYNC_JOBS, VALID_TOKEN } from '../simulator/index.mts';
import { callWebhook, executionsOf, until } from './executions.mts';
import { sweep, webhookStart } from './sweep.mts';
import { testTriggers } from './triggers.mts';
import { startQueueWorld, type QueueWorld } from './world.mts';

jest.setTimeout(400_000);

let world: QueueWorld;

beforeAll(async () => {
	world = await startQueueWorld({ workers: 2, simulator: { allowHttpWebhooks: true } });
});

afterAll(async () => {
	await world.close();
});

beforeEach(() => {
	world.simulator.clearRequests();
	world.simulator.rateLimit.rule = { requests: 500, windowMs: 10_000 };
	world.simulator.rateLimit.reset();
});

const api = () => world.cluster.main.api;

const trutoItems = (execution: Execution): Item[] => execution.nodes.Truto?.outputs.flat() ?? [];

const idsOf = (items: Item[]) => items.map(({ json }) => json.id);

const workersOf = (executionIds: string[]) =>
	new Set(executionIds.map((id) => world.cluster.workers.of(id)?.userFolder));

const split = { syncJobRunId: byId(RUNS.fiveResources), splitResourceStats: true };

/** What {@link split} gives, as the simulator has it. */
const FIVE_ROWS = [
	['crm/contacts', 500],
	['crm/accounts', 400],
	['crm/deals', 300],
	['crm/notes', 200],
	['crm/users', 100],
].map(([resource, fetched]) => ({
	sync_job_run_id: RUNS.fiveResources,
	status: 'completed',
	resource,
	fetched,
}));

describe('the node in queue mode', () => {
	it('runs on a worker', async () => {
		const execution = await api().run(
			chain('split', manualTrigger(), trutoNode(split, world.credential)),
		);
		expect(trutoItems(execution).map(({ json }) => json)).toMatchObject(FIVE_ROWS);
		expect(world.cluster.workers.running).toContain(world.cluster.workers.of(execution.id));
	});

	it('runs on a worker after a call to the webhook process', async () => {
		const workflowId = await api().createActive(
			chain('hook', webhookStart('hook', 'lastNode'), trutoNode(split, world.credential)),
		);
		expect(await callWebhook(world.cluster, 'hook')).toMatchObject(FIVE_ROWS);
		const [execution] = await executionsOf(api(), workflowId);
		expect(execution?.status).toBe('success');
		expect(world.cluster.workers.running).toContain(world.cluster.workers.of(execution?.id ?? ''));
	});

	it('gives 1,000 items once, although the workers do not know of each other’s requests', async () => {
		// Also a slow machine gets to this limit.
		world.simulator.rateLimit.rule = { requests: 250, windowMs: 10_000 };
		const ids = world.simulator.store.addManyRuns(1000);
		const startedAt = Date.now();
		const executionIds: string[] = [];
		for (let start = 0; start < ids.length; start += 100) {
			const slice = ids.slice(start, start + 100);
			executionIds.push(await api().start(sweep('sweep', slice, world.credential)));
		}
		const executions: Execution[] = [];
		for (const id of executionIds) executions.push(await api().waitFor(id, 240_000));
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		const { statuses } = world.simulator.requestCounts();
		console.log(`1,000 items took ${seconds} s; answers by status:`, statuses);

		expect(executions.map(({ status }) => status)).toEqual(Array(10).fill('success'));
		expect(executions.flatMap((execution) => idsOf(trutoItems(execution)))).toEqual(ids);
		expect(statuses['200']).toBe(1000);
		// Else the workers did not get in each other's way, and nothing was shown.
		expect(statuses['429']).toBeGreaterThan(0);
		expect(workersOf(executionIds).size).toBe(2);
	});

	it('waits for 10 runs on both workers', async () => {
		const runIds: string[] = [];
		for (let count = 0; count < 10; count++) runIds.push(await startRun());
		const executionIds: string[] = [];
		for (const runId of runIds) {
			const wait = { operation: 'wait', syncJobRunId: byId(runId), pollInterval: 2 };
			executionIds.push(
				await api().start(chain('wait', manualTrigger(), trutoNode(wait, world.credential))),
			);
		}
		const executions = await Promise.all(executionIds.map(async (id) => await api().waitFor(id)));
		const runs = executions.flatMap((execution) => trutoItems(execution).map(({ json }) => json));
		expect(runs.map(({ id, status }) => [id, status])).toEqual(
			runIds.map((id) => [id, 'completed']),
		);
		expect(workersOf(executionIds).size).toBe(2);
	});
});

/** Starts a run at Truto, which takes 24 s. */
async function startRun(): Promise<string> {
	const answer = await fetch(`${world.simulator.url}/sync-job-run`, {
		method: 'POST',
		headers: { Authorization: `Bearer ${VALID_TOKEN}`, 'Content-Type': 'application/json' },
		body: JSON.stringify({
			sync_job_id: SYNC_JOBS.hris,
			integrated_account_id: ACCOUNTS.bamboohr,
		}),
	});
	return ((await answer.json()) as { id: string }).id;
}

describe('a worker that crashes in mid-sweep', () => {
	const ITEMS = 100;

	/** Starts four sweeps, none of which is done with its first requests, and kills a worker in the middle. */
	async function crash(path: string, ids: string[]) {
		const { cluster, simulator, credential } = world;
		const parameters = { options: { requestsPerTenSeconds: 0.8 * ITEMS } };
		const start = webhookStart(path, 'onReceived');
		const workflow = sweep('crash', ids, credential, { start, parameters });
		const workflowId = await api().createActive(workflow);
		for (let count = 0; count < 4; count++) await callWebhook(cluster, path);
		let executionIds: string[] = [];
		await until('the workers are at work', async () => {
			executionIds = (await executionsOf(api(), workflowId)).map(({ id }) => id);
			const assigned = executionIds.filter((id) => cluster.workers.of(id));
			return assigned.length === 4 && simulator.requests.length > ITEMS;
		});
		// On a busy machine, a worker may have ended one before the other has begun.
		const before = await executionsOf(api(), workflowId);
		const running = before.filter(({ status }) => status !== 'success').map(({ id }) => id);
		const victim = cluster.workers.of(running[0] ?? '');
		if (!victim) throw new Error('No worker to kill');
		await cluster.workers.kill(victim);
		const lost = running.filter((id) => cluster.workers.of(id) === victim);
		return { workflowId, victim, lost, kept: executionIds.filter((id) => !lost.includes(id)) };
	}

	it('fails its executions, which n8n does not repeat; no item comes twice', async () => {
		const ids = world.simulator.store.addManyRuns(ITEMS);
		const { workflowId, victim, lost, kept } = await crash('crash', ids);
		await world.cluster.workers.restart(victim);

		// Two parts of n8n find the lost executions, and either may be first: the queue, which gives them up, and
		// the worker's recovery from its event log, which says that they crashed.
		for (const id of lost) {
			const execution = await api().waitFor(id);
			expect(['error', 'crashed']).toContain(execution.status);
			expect(execution.error?.message).toMatch(/failed to be processed too many|did not finish/);
			expect(trutoItems(execution)).toEqual([]);
		}
		expect(kept).not.toEqual([]);
		for (const id of kept) expect(idsOf(trutoItems(await api().waitFor(id)))).toEqual(ids);
		// Nobody took up what the crash left.
		expect(world.simulator.requests.length).toBeLessThan(4 * ITEMS);

		// "Retry" has nothing to start from where the queue gave the execution up. Otherwise it gives everything,
		// and so does a new execution.
		const retry = await api().call<{ id: string }>('POST', `/executions/${lost[0]}/retry`, {});
		const retried = await api().waitFor(retry.id);
		if (retried.status !== 'error') expect(idsOf(trutoItems(retried))).toEqual(ids);
		await callWebhook(world.cluster, 'crash');
		const again = (await executionsOf(api(), workflowId)).at(-1);
		expect(idsOf(trutoItems(await api().waitFor(again?.id ?? '')))).toEqual(ids);
	});
});

describe('the triggers in queue mode', () => {
	testTriggers(() => world);
});
