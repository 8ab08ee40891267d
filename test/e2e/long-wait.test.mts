import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { fillIn } from '../chain/template.mts';
import type { Execution } from '../n8n-host/execution.mts';
import { byId, type Workflow } from '../n8n-host/workflow.mts';
import { failureLog, FAULTS } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(600_000);

let world: World;

beforeAll(async () => {
	world = await startWorld();
});

afterAll(async () => {
	await world.close();
});

const FILE = 'wait-for-a-long-sync.json';

/** A webhook in place of the manual trigger: production executions are what a restart meets. */
function withWebhook(workflow: Workflow, path: string): Workflow {
	const nodes = workflow.nodes.map((node) =>
		node.name === 'Start'
			? {
					...node,
					type: 'n8n-nodes-base.webhook',
					typeVersion: 2,
					parameters: { path, httpMethod: 'GET' },
					webhookId: path,
				}
			: node,
	);
	return { ...workflow, nodes };
}

/** The template with a sync that goes on until the test ends it, and with so many rounds at the most. */
function template(path: string, rounds?: number): Workflow {
	const { store } = world.simulator;
	const job = store.addSyncJob({
		run_script: [
			{ status: 'created', afterMs: 0 },
			{ status: 'running', afterMs: 100 },
		],
	});
	const account = store.addIntegratedAccount();
	const workflow = fillIn({ truto: world.credential }, FILE, {
		'Start Sync': { syncJobId: byId(job.id), integratedAccountId: byId(account.id) },
		// The shortest wait for which n8n puts an execution to sleep in its database.
		Wait: { amount: 66, unit: 'seconds' },
	});
	const text = JSON.stringify(workflow);
	const changed =
		rounds === undefined
			? text
			: text.replace('"rightValue":144', `"rightValue":${String(rounds)}`);
	return withWebhook(JSON.parse(changed) as Workflow, path);
}

interface Started {
	workflowId: string;
	executionId: string;
	runId: string;
}

async function start(path: string, rounds?: number): Promise<Started> {
	const workflowId = await world.n8n.api.createActive(template(path, rounds));
	const known = new Set(world.simulator.store.runs.keys());
	await fetch(`${world.n8n.url}/webhook/${path}`);
	await until(async () => (await statusOf(workflowId)) === 'waiting');
	const [execution] = await world.n8n.api.executionsOf(workflowId);
	const runId = [...world.simulator.store.runs.keys()].find((id) => !known.has(id));
	if (!execution || runId === undefined) throw new Error('The workflow has started no sync');
	return { workflowId, executionId: execution.id, runId };
}

const statusOf = async (workflowId: string) =>
	(await world.n8n.api.executionsOf(workflowId))[0]?.status;

async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
	for (const deadline = Date.now() + 240_000; !(await isSo()); await delay(250)) {
		if (Date.now() > deadline) throw new Error('Timed out');
	}
}

/** While it starts, n8n shows an execution that waits as crashed for a moment. */
async function endOf({ workflowId, executionId }: Started): Promise<Execution> {
	await until(async () => ['success', 'error'].includes((await statusOf(workflowId)) ?? ''));
	return await world.n8n.api.waitFor(executionId);
}

const outputOf = (execution: Execution, node: string) =>
	execution.nodes[node]?.outputs[0]?.map(({ json }) => json);

const progressRequests = (runId: string) =>
	world.simulator.requests.filter(({ path }) => path === `/sync-job-run/${runId}`).length;

describe('Wait for a long sync', () => {
	it('goes on after n8n was killed and restarted, and ends with records or a diagnosis', async () => {
		const { store } = world.simulator;
		const completed = await start('completed');
		const failed = await start('failed');
		const endless = await start('endless', 1);
		const gone = await start('gone');
		world.simulator.faults.forPath(`/sync-job-run/${completed.runId}`, FAULTS.unprocessable, 1);
		const finished_at = new Date().toISOString();

		await world.restart('SIGKILL', () => {
			store.patchRun(failed.runId, { status: 'failed', finished_at });
			store.removeRun(gone.runId);
			store.addLog({ ...failureLog('auth'), sync_job_run_id: failed.runId });
		});
		expect(await diagnosisOf(failed)).toMatchObject({ verdict: 'failed', cause: 'auth' });
		expect(await diagnosisOf(endless)).toMatchObject({ verdict: 'running' });

		const { error } = await endOf(gone);
		expect(error?.message).toContain(`Sync job run ${gone.runId} was not found in Truto (404)`);

		// The first round could not read it: it sleeps a second time.
		await until(() => progressRequests(completed.runId) > 0);
		await until(async () => (await statusOf(completed.workflowId)) === 'waiting');
		await world.restart('SIGTERM', () => {
			const resource_stats = { 'crm/contacts': { list: { fetched: 7, persisted: 6 } } };
			store.patchRun(completed.runId, { status: 'completed', finished_at, resource_stats });
		});
		const execution = await endOf(completed);
		expect([execution.status, execution.error]).toEqual(['success', undefined]);
		expect(outputOf(execution, 'Records')).toEqual([
			expect.objectContaining({ resource: 'crm/contacts', fetched: 7, persisted: 6 }),
		]);
		expect(execution.nodes.Diagnose).toBeUndefined();
		// Two rounds, and Records: a restart repeats none and starts no second run.
		expect(progressRequests(completed.runId)).toBe(3);
		const starts = world.simulator.requests.filter(({ method }) => method === 'POST');
		expect(starts.map(({ path }) => path)).toEqual(Array(4).fill('/sync-job-run'));
	});

	it('shows nothing of the simulated Truto to those who import it', () => {
		const { nodes } = fillIn({ truto: { id: 'truto', name: 'Truto' } }, FILE, {});
		expect(JSON.stringify(nodes)).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
		const starting = nodes.find(({ name }) => name === 'Start Sync');
		const empty = { __rl: true, mode: 'list', value: '' };
		expect(starting?.parameters).toMatchObject({ syncJobId: empty, integratedAccountId: empty });
	});
});

async function diagnosisOf(started: Started) {
	const execution = await endOf(started);
	expect([execution.status, execution.error]).toEqual(['success', undefined]);
	const [diagnosis] = outputOf(execution, 'Diagnose') ?? [];
	expect(diagnosis?.sync_job_run_id).toBe(started.runId);
	return diagnosis;
}
