import { setTimeout as delay } from 'node:timers/promises';

import {
	afterAll,
	afterEach,
	beforeAll,
	beforeEach,
	describe,
	expect,
	it,
	jest,
} from '@jest/globals';

import { chain, type Workflow, type WorkflowNode } from '../n8n-host/workflow.mts';
import type { RunInput } from '../simulator/index.mts';
import { POLL_MS, pollingNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

let world: World;
let active: string | undefined;

beforeAll(async () => {
	world = await startWorld({ simulator: { dialect: { nestedSyncJob: 'on-get-only' } } });
});

afterAll(async () => {
	await world.close();
});

beforeEach(() => {
	world.simulator.store.runs.clear();
});

afterEach(async () => {
	if (active !== undefined) await world.n8n.api.deactivate(active);
	active = undefined;
});

type Node = Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'>;

function flow(...nodes: Node[]): Workflow {
	return chain('polling', pollingNode(world.credential), ...nodes);
}

async function activate(workflow = flow()): Promise<string> {
	active = await world.n8n.api.createActive(workflow);
	return active;
}

const addRun = (input: RunInput = {}): string =>
	world.simulator.store.addRun({ status: 'running', ...input }).id;

function end(id: string, status = 'completed'): void {
	const finishedAt = new Date().toISOString();
	world.simulator.store.patchRun(id, { status, finished_at: finishedAt });
}

const restart: World['restart'] = async (...how) => await world.restart(...how);

/** What the trigger put out: the runs' ids, execution by execution, oldest first. */
async function started(id: string): Promise<string[][]> {
	const executions = await world.n8n.api.executionsOf(id);
	return await Promise.all(
		executions.reverse().map(async (execution) => {
			const ended = await ifShown(execution);
			const items = ended?.nodes.Polling?.outputs[0] ?? [];
			// n8n makes up an item if it crashed before it had stored the output.
			return items.flatMap(({ json: { sync_job_run_id: run } }) => (run ? [String(run)] : []));
		}),
	);
}

/** n8n 1, killed before it has stored an execution's data, can't show the execution. */
async function ifShown({ id, status }: { id: string; status: string }) {
	return await world.n8n.api.waitFor(id).catch((error: Error) => {
		if (status === 'crashed' && error.message.includes('(500)')) return undefined;
		throw error;
	});
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
	for (const deadline = Date.now() + 60_000; !(await isSo()); await delay(100)) {
		if (Date.now() > deadline) throw new Error('Timed out');
	}
}

/** Waits until so many runs have started the workflow, and then for two more polls. */
async function startedRuns(id: string, count: number): Promise<string[][]> {
	for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(250)) {
		if ((await started(id)).flat().length >= count) break;
	}
	await delay(2 * POLL_MS);
	return await started(id);
}

describe('a workflow that polls', () => {
	it('starts once for each run that ends, and 100 that end at once start it once', async () => {
		end(addRun());
		const busy = addRun();
		const id = await activate();
		expect(await started(id)).toEqual([]);
		end(busy, 'failed');
		expect(await startedRuns(id, 1)).toEqual([[busy]]);
		const runs = Array.from({ length: 100 }, () => addRun());
		for (const run of runs) end(run);
		const executions = await startedRuns(id, 101);
		expect(executions.flat().sort()).toEqual([busy, ...runs].sort());
		// All changed between two polls, if not just during one.
		expect(executions.length).toBeLessThanOrEqual(3);
	});

	it.each(['SIGTERM', 'SIGKILL'] as const)(
		'loses and doubles nothing when n8n is restarted (%s)',
		async (signal) => {
			const [before, during] = [addRun(), addRun()];
			const id = await activate();
			end(before);
			expect(await startedRuns(id, 1)).toEqual([[before]]);
			let brief = '';
			await restart(signal, () => {
				end(during);
				brief = addRun({ status: 'completed' });
			});
			const executions = await startedRuns(id, 3);
			expect(executions.flat().sort()).toEqual([before, during, brief].sort());
			expect(executions).toHaveLength(2);
		},
	);

	it('loses and doubles nothing when n8n is killed again and again around a poll', async () => {
		const id = await activate();
		const runs: string[] = [];
		for (let round = 0; round < 3; round++) {
			const run = addRun();
			runs.push(run);
			end(run);
			// At the next poll, which comes at an even second.
			await delay(POLL_MS - (Date.now() % POLL_MS) + 20 + round * 30);
			await restart('SIGKILL');
		}
		// What n8n was given in vain comes with the next run.
		const last = addRun();
		runs.push(last);
		end(last);
		const executions = await startedRuns(id, runs.length);
		const ids = executions.flat();
		expect(new Set(ids).size).toBe(ids.length);
		// A crashed execution has stored the runs that it was given, often several, but no output.
		const all = await world.n8n.api.executionsOf(id);
		const crashed = all.filter(({ status }) => status === 'crashed');
		const given = await Promise.all(crashed.map(async (one) => (await ifShown(one))?.raw));
		if (given.includes(undefined)) return;
		expect(runs.filter((run) => !ids.includes(run) && !given.join().includes(run))).toEqual([]);
	});

	it('doubles nothing when an execution puts old static data back', async () => {
		const [first, second] = [addRun(), addRun()];
		const wait = {
			name: 'Wait',
			type: 'n8n-nodes-base.wait',
			typeVersion: 1.1,
			parameters: {
				amount: `={{ $json.sync_job_run_id === '${first}' ? 20 : 1 }}`,
				unit: 'seconds',
			},
		};
		const code = {
			name: 'Count',
			type: 'n8n-nodes-base.code',
			typeVersion: 2,
			parameters: {
				jsCode:
					"const data = $getWorkflowStaticData('global'); data.count = (data.count ?? 0) + 1; return $input.all();",
			},
		};
		const id = await activate(flow(wait, code));
		end(first);
		await until(async () => (await world.n8n.api.executionsOf(id)).length === 1);
		end(second);
		expect(await startedRuns(id, 2)).toEqual([[first], [second]]);
		await restart('SIGKILL');
		// The poll finds the second run anew, and the execution sees that it has been there.
		await until(async () => (await world.n8n.api.executionsOf(id)).length === 3);
		expect(await started(id)).toEqual([[first], [second], []]);
	});
});

describe('Fetch Test Event', () => {
	it('gives the latest run that ended', async () => {
		end(addRun());
		await delay(5);
		const last = addRun();
		end(last);
		const execution = await world.n8n.api.run(flow());
		expect(execution.error).toBeUndefined();
		expect(execution.nodes.Polling?.outputs[0]?.map(({ json }) => json.sync_job_run_id)).toEqual([
			last,
		]);
	});

	it('says so if there is none', async () => {
		addRun();
		const execution = await world.n8n.api.run(flow());
		expect(execution.error?.message).toBe(
			'No sync job run was found that would start the workflow',
		);
	});
});
