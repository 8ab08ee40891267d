import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { Execution, Item } from '../n8n-host/execution.mts';
import { byId, chain, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import { ACCOUNTS, RUNS, SYNC_JOBS, VALID_TOKEN } from '../simulator/index.mts';
import { activate, callWebhook, executionsOf, until } from './executions.mts';
import { sweep, webhookStart } from './sweep.mts';
import { startQueueWorld, type QueueWorld } from './world.mts';

jest.setTimeout(300_000);

let world: QueueWorld;

beforeAll(async () => {
	world = await startQueueWorld({ workers: 2 });
});

afterAll(async () => {
	await world.close();
});

beforeEach(() => {
	world.simulator.clearRequests();
	world.simulator.rateLimit.reset();
});

const api = () => world.cluster.main.api;

const trutoItems = (execution: Execution): Item[] => execution.nodes.Truto?.outputs.flat() ?? [];

const idsOf = (items: Item[]) => items.map(({ json }) => json.id);

const workersOf = (executionIds: string[]) =>
	new Set(executionIds.map((id) => world.cluster.workerOf(id)?.userFolder));

const fiveRows = { syncJobRunId: byId(RUNS.fiveResources), splitResourceStats: true };

describe('the node in queue mode', () => {
	it('runs on a worker', async () => {
		const execution = await api().run(
			chain('split', manualTrigger(), trutoNode(fiveRows, world.credential)),
		);
		const rows = trutoItems(execution).map(({ json }) => json);
		expect(rows).toHaveLength(5);
		expect(rows.every((row) => row.run_id === RUNS.fiveResources)).toBe(true);
		expect(world.cluster.workers).toContain(world.cluster.workerOf(execution.id));
	});

	it('runs on a worker after a call to the webhook process', async () => {
		const workflowId = await activate(
			api(),
			chain('hook', webhookStart('hook', 'lastNode'), trutoNode(fiveRows, world.credential)),
		);
		const rows = (await callWebhook(world.cluster, 'hook')) as Record<string, unknown>[];
		expect(rows).toHaveLength(5);
		expect(rows.every((row) => row.run_id === RUNS.fiveResources)).toBe(true);
		const [execution] = await executionsOf(api(), workflowId);
		expect(execution?.status).toBe('success');
		expect(world.cluster.workers).toContain(world.cluster.workerOf(execution?.id ?? ''));
	});

	it('gives 4,000 items once, although the workers do not know of each other’s requests', async () => {
		const ids = world.simulator.store.addManyRuns(4000);
		const startedAt = Date.now();
		const executionIds: string[] = [];
		for (let start = 0; start < ids.length; start += 200) {
			const slice = ids.slice(start, start + 200);
			executionIds.push(await api().start(sweep('sweep', slice, world.credential)));
		}
		const executions: Execution[] = [];
		for (const id of executionIds) executions.push(await api().waitFor(id, 240_000));
		const seconds = Math.round((Date.now() - startedAt) / 1000);
		const { statuses } = world.simulator.requestCounts();
		console.log(`4,000 items took ${seconds} s; answers by status:`, statuses);

		expect(executions.map(({ status }) => status)).toEqual(Array(20).fill('success'));
		expect(executions.flatMap((execution) => idsOf(trutoItems(execution)))).toEqual(ids);
		expect(statuses['200']).toBe(4000);
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

	/** Starts four sweeps, slow enough to be caught in the middle; returns those of each worker. */
	async function startSweeps(path: string, ids: string[]) {
		const parameters = { options: { requestsPerTenSeconds: ITEMS } };
		const start = webhookStart(path, 'onReceived');
		const workflow = sweep('crash', ids, world.credential, { start, parameters });
		const workflowId = await activate(api(), workflow);
		for (let count = 0; count < 4; count++) await callWebhook(world.cluster, path);
		const [victim] = world.cluster.workers;
		if (!victim) throw new Error('No worker');
		await until('each worker is at work', async () => {
			const executions = await executionsOf(api(), workflowId);
			const assigned = executions.filter(({ id }) => world.cluster.workerOf(id));
			return assigned.length === 4 && world.simulator.requests.length > ITEMS;
		});
		const executions = await executionsOf(api(), workflowId);
		const isLost = ({ id }: { id: string }) => world.cluster.workerOf(id) === victim;
		return {
			victim,
			lost: executions.filter(isLost).map(({ id }) => id),
			kept: executions.filter((execution) => !isLost(execution)).map(({ id }) => id),
		};
	}

	it('costs its executions, which n8n does not repeat; no item comes twice', async () => {
		const ids = world.simulator.store.addManyRuns(ITEMS);
		const { victim, lost, kept } = await startSweeps('crash', ids);
		expect(lost.length).toBeGreaterThan(0);
		await world.cluster.killWorker(victim);
		const restarted = await world.cluster.restartWorker(victim);

		// n8n's recovery from the event log that the worker left behind.
		expect(restarted.logs()).toMatch(/Found unfinished executions: [\d, ]+/);
		for (const id of lost) {
			await until(`execution ${id} is given up`, async () => (await statusOf(id)) === 'error');
			const execution = await api().waitFor(id);
			expect(execution.error?.message).toContain('failed to be processed too many times');
			expect(trutoItems(execution)).toEqual([]);
		}
		for (const id of kept) expect(idsOf(trutoItems(await api().waitFor(id)))).toEqual(ids);
		// Nobody took up what the crash left.
		expect(world.simulator.requests.length).toBeLessThan(4 * ITEMS);
	});
});

async function statusOf(executionId: string): Promise<string> {
	return (await api().call<{ status: string }>('GET', `/executions/${executionId}`)).status;
}
