import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';

import type { Execution } from '../n8n-host/execution.mts';
import { chain, type Workflow, type WorkflowNode } from '../n8n-host/workflow.mts';
import type { RunInput } from '../simulator/index.mts';
import { POLL_MS, pollingNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

/** Gives a file's tests a real n8n, and a simulated Truto that begins each test without runs. */
export function usePollingWorld() {
	let world: World;
	const activated: string[] = [];
	/** Executions that have ended. */
	const ended = new Map<string, Execution>();

	beforeAll(async () => {
		world = await startWorld();
	});

	afterAll(async () => {
		await world.close();
	});

	beforeEach(() => {
		world.simulator.store.runs.clear();
		world.simulator.dialect.nestedSyncJob = 'on-get-only';
	});

	afterEach(async () => {
		world.simulator.faults.clear();
		for (const id of activated.splice(0)) await world.n8n.api.deactivate(id);
	});

	/** What the trigger put out in an execution, and what n8n stored of it. */
	async function outputOf({ id, status }: { id: string; status: string }) {
		const execution = ended.get(id) ?? (await ifShown({ id, status }));
		if (execution) ended.set(id, execution);
		const items = execution?.nodes.Polling?.outputs[0] ?? [];
		// n8n makes up an item if it crashed before it had stored the output.
		const ids = items.flatMap(({ json: { sync_job_run_id: run } }) => (run ? [String(run)] : []));
		// A busy n8n still lists an execution as running when it has already recorded the crash.
		return { ids, status: execution?.status ?? status, raw: execution?.raw };
	}

	/** n8n 1, killed before it has stored an execution's data, can't show the execution. */
	async function ifShown({ id, status }: { id: string; status: string }) {
		return await world.n8n.api.waitFor(id).catch((error: Error) => {
			if (status === 'crashed' && error.message.includes('(500)')) return undefined;
			throw error;
		});
	}

	const executions = async (workflowId: string) => {
		const all = await world.n8n.api.executionsOf(workflowId);
		return await Promise.all(all.reverse().map(outputOf));
	};

	/** The ids of the runs that the trigger put out, execution by execution, oldest first. */
	const started = async (workflowId: string): Promise<string[][]> =>
		(await executions(workflowId)).map(({ ids }) => ids);

	return {
		world: () => world,
		addRun: (input: RunInput = {}): string =>
			world.simulator.store.addRun({ status: 'running', ...input }).id,
		end: (...ids: string[]): void => {
			const finishedAt = new Date().toISOString();
			for (const id of ids) {
				world.simulator.store.patchRun(id, { status: 'completed', finished_at: finishedAt });
			}
		},
		/** A workflow that begins with the trigger. */
		flow: (
			name: string,
			...nodes: (Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'>)[]
		) => chain(name, pollingNode(world.credential), ...nodes),
		/** Saves a workflow and activates it, until the test ends. */
		activate: async (workflow: Workflow): Promise<string> => {
			const id = await world.n8n.api.createActive(workflow);
			activated.push(id);
			return id;
		},
		/** Saves a workflow with what has changed, and activates that version. */
		publish: async (id: string, workflow: Workflow): Promise<void> => {
			const { versionId } = await world.n8n.api.updateWorkflow(id, workflow);
			await world.n8n.api.activate(id, versionId);
		},
		/** The executions of a workflow, oldest first. */
		executions,
		started,
		/** Waits until so many runs have started the workflow, and then for two more polls. */
		startedRuns: async (workflowId: string, count: number): Promise<string[][]> => {
			for (const deadline = Date.now() + 150_000; Date.now() < deadline; await delay(250)) {
				if ((await started(workflowId)).flat().length >= count) break;
			}
			await delay(2 * POLL_MS);
			return await started(workflowId);
		},
		until: async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
			for (const deadline = Date.now() + 150_000; !(await isSo()); await delay(100)) {
				if (Date.now() > deadline) throw new Error('Timed out');
			}
		},
	};
}
