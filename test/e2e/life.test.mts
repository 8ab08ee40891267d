import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { readExamples } from '../n8n-host/examples.mts';
import { byId, chain, manualTrigger, trutoNode, type Workflow } from '../n8n-host/workflow.mts';
import { ACCOUNTS, RUNS, scaledClock, SYNC_JOBS } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

/** The simulator's time runs faster, so that a run ends within a few polls. */
const TIMES_FASTER = 4;

let world: World;

beforeAll(async () => {
	world = await startWorld({ simulator: { clock: scaledClock(TIMES_FASTER) } });
});

afterAll(async () => {
	await world.close();
});

const truto = (name: string, parameters: Record<string, unknown>, settings = {}) => ({
	...trutoNode(parameters, world.credential, settings),
	name,
});

const startParameters = (syncJobId: string) => ({
	operation: 'start',
	syncJobId: byId(syncJobId),
	integratedAccountId: byId(ACCOUNTS.hubspot),
	specifyArgs: 'json',
	args: '{}',
});

const waitParameters = {
	operation: 'wait',
	syncJobRunId: byId('={{ $json.id }}'),
	pollInterval: 2,
};

describe('Start -> Wait for Completion -> Get', () => {
	it('follows a run through created, running, rate_limited, running and completed', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'life',
				manualTrigger(),
				truto('Start Sync', startParameters(SYNC_JOBS.rateLimited)),
				truto('Wait', { ...waitParameters }),
				truto('Records', {
					syncJobRunId: byId('={{ $json.id }}'),
					splitResourceStats: true,
				}),
			),
		);
		expect(execution.error).toBeUndefined();
		expect(execution.nodes['Start Sync']?.outputs[0]?.[0]?.json.status).toBe('created');
		expect(execution.nodes.Wait?.outputs[0]?.[0]?.json.status).toBe('completed');
		const rows = execution.nodes.Records?.outputs[0] ?? [];
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.every(({ json }) => json.run_status === 'completed')).toBe(true);
		expect(rows.every(({ json }) => typeof json.fetched === 'number')).toBe(true);
	});

	it('sends a failed run to the error output, with the reason from its logs', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'failing life',
				manualTrigger(),
				truto('Start Sync', startParameters(SYNC_JOBS.failing)),
				truto('Wait', waitParameters, { onError: 'continueErrorOutput' }),
			),
		);
		const [good, bad] = execution.nodes.Wait?.outputs ?? [];
		expect(good).toEqual([]);
		expect(bad?.[0]?.json.error).toMatch(/^Sync job run \S+ failed: (?!its logs do not say why)./);
		expect(bad?.[0]?.json.message).toContain('Likely cause:');
	});

	it('starts and waits in one node', async () => {
		const execution = await world.n8n.api.run(
			chain(
				'start and wait',
				manualTrigger(),
				truto('Truto', {
					...startParameters(SYNC_JOBS.hris),
					waitForCompletion: true,
					pollInterval: 2,
					splitResourceStats: true,
				}),
			),
		);
		expect(execution.error).toBeUndefined();
		expect(execution.nodes.Truto?.outputs[0]?.[0]?.json).toMatchObject({ run_status: 'completed' });
	});

	it('names missing arguments, and refuses two destinations, before anything is started', async () => {
		world.simulator.clearRequests();
		const missing = await world.n8n.api.run(
			chain('args', manualTrigger(), truto('Truto', startParameters(SYNC_JOBS.crm))),
		);
		const both = await world.n8n.api.run(
			chain(
				'both',
				manualTrigger(),
				truto('Truto', {
					...startParameters(SYNC_JOBS.hris),
					webhookId: 'w',
					daemonGroupKey: 'd',
				}),
			),
		);
		expect(missing.error?.message).toMatch(/arguments that are not given: \w+/);
		expect(both.error?.message).toContain('one destination');
		expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('ends within a second when the execution is cancelled', async () => {
		const id = await world.n8n.api.start(
			chain(
				'cancelled',
				manualTrigger(),
				truto('Truto', { operation: 'wait', syncJobRunId: byId(RUNS.growing), pollInterval: 60 }),
			),
		);
		await new Promise((resolve) => setTimeout(resolve, 1500));
		const stoppedAt = Date.now();
		await world.n8n.api.stopExecution(id);
		const execution = await world.n8n.api.waitFor(id);
		expect(execution.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(1000);
	});
});

describe('Get Many', () => {
	it('gives all of 1,234 runs, in pages', async () => {
		world.simulator.store.addManyRuns(1234, { status: 'stopped' });
		world.simulator.clearRequests();
		const execution = await world.n8n.api.run(
			chain(
				'many',
				manualTrigger(),
				truto('Truto', {
					operation: 'getAll',
					returnAll: true,
					filters: { status: ['stopped', 'created'], createdAfter: '2000-01-01' },
					simplify: true,
				}),
			),
		);
		const runs = execution.nodes.Truto?.outputs[0] ?? [];
		expect(new Set(runs.map(({ json }) => json.id)).size).toBe(runs.length);
		expect(runs.filter(({ json }) => json.status === 'stopped').length).toBeGreaterThanOrEqual(
			1234,
		);
		expect(world.simulator.requests.length).toBe(Math.ceil(runs.length / 100));
	});

	it('asks for no more than the limit: 60 in pages of 50 are requests of 50 and 10', async () => {
		world.simulator.clearRequests();
		const execution = await world.n8n.api.run(
			chain(
				'limited',
				manualTrigger(),
				truto('Truto', { operation: 'getAll', limit: 60, options: { pageSize: 50 } }),
			),
		);
		expect(execution.nodes.Truto?.outputs[0]).toHaveLength(60);
		expect(world.simulator.requests.map(({ query }) => String(query.limit))).toEqual(['50', '10']);
	});
});

describe('the examples', () => {
	it('run as they are', async () => {
		for (const { file, workflow } of readExamples(world.credential)) {
			const execution = await world.n8n.api.run(workflow);
			const lastNode = Object.values(execution.nodes).at(-1);
			expect([file, execution.status, execution.error?.message]).toEqual([
				file,
				'success',
				undefined,
			]);
			expect(lastNode?.outputs.flat().length).toBeGreaterThan(0);
		}
	});
});

describe('as a tool of an AI agent', () => {
	it('lists its operations and runs Get Progress from tool arguments', async () => {
		const types = (await world.n8n.api.nodeTypes()) as {
			name: string;
			properties?: { name: string; options?: { value: string; description?: string }[] }[];
		}[];
		const tool = types.find(({ name }) => name === 'n8n-nodes-truto.trutoTool');
		const operations = tool?.properties?.filter(({ name }) => name === 'operation') ?? [];
		// n8n adds "Custom API Call" of its own to every node.
		const options = operations
			.flatMap((property) => property.options ?? [])
			.filter(({ value }) => !value.startsWith('__'));
		expect(new Set(options.map(({ value }) => value))).toEqual(
			new Set(['get', 'getAll', 'start', 'wait', 'getProgress', 'getLogs', 'delete']),
		);
		expect(options.every(({ description }) => (description ?? '').length > 20)).toBe(true);

		const runId = "={{ $fromAI('sync_job_run_id', 'The ID of the sync job run', 'string') }}";
		const input = { sync_job_run_id: RUNS.stuck };
		const workflow = chain('tool', manualTrigger(), {
			name: 'Agent',
			type: '@n8n/n8n-nodes-langchain.toolExecutor',
			parameters: {
				// By the tool's name; older n8n wants it as it is.
				query: JSON.stringify({ ...input, Truto: input }),
				toolName: 'Truto',
			},
		});
		workflow.nodes.push({
			...truto('Truto', { operation: 'getProgress', syncJobRunId: byId(runId) }),
			type: 'n8n-nodes-truto.trutoTool',
			typeVersion: 1,
			position: [220, 200],
			parameters: { resource: 'syncJobRun', operation: 'getProgress', syncJobRunId: byId(runId) },
		});
		const connections = workflow.connections as Record<string, unknown>;
		connections.Truto = { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] };
		const execution = await world.n8n.api.run(workflow as Workflow);
		expect(execution.error).toBeUndefined();
		expect(JSON.stringify(execution.nodes.Agent?.outputs)).toContain('is_stuck');
	});
});
