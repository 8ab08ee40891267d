import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { SIMULATED_CHOICES } from '../n8n-host/example-choices.mts';
import { readExamples } from '../n8n-host/examples.mts';
import { byId, chain, manualTrigger, trutoNode, type Workflow } from '../n8n-host/workflow.mts';
import { RUNS } from '../simulator/index.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

let world: World;

beforeAll(async () => {
	world = await startWorld({ editor: true, simulator: { seed: 'month' } });
});

afterAll(async () => {
	await world.close();
});

/** What the last node of each example gives: how many items, and a part of the first one. */
const GIVES: Record<string, [number, Record<string, unknown>]> = {
	'delete-schedules-of-a-customer.json': [1, { deleted: true }],
	'find-late-schedules.json': [1, { is_late: true, runs: 'every hour', last_run_status: 'failed' }],
	'find-stuck-syncs.json': [
		1,
		{ is_stuck: true, status: 'running', integration_name: 'jira', fetched: 350 },
	],
	'last-run-of-each-sync-job.json': [7, { status: expect.any(String) }],
	'move-syncs-to-the-night.json': [1, { activated: true, cron_expression: '30 2 * * *' }],
	'read-the-logs.json': [2, { resource: 'crm/contacts' }],
	'records-per-resource.json': [5, { resource: 'crm/contacts', fetched: 500, persisted: 500 }],
	'refresh-credentials.json': [1, { tenant_id: 'northwind-traders', needs_attention: false }],
	'runs-of-yesterday.json': [expect.any(Number) as unknown as number, {}],
	'schedule-a-sync.json': [1, { activated: true, runs: 'every day at 02:30 UTC' }],
	'start-and-wait.json': [1, { resource: 'hris/employees', status: 'completed' }],
	'stop-a-run.json': [1, { stopped: true, status_before: 'running' }],
	'sync-again-from-a-date.json': [1, { key: 'last_synced_at' }],
	'sync-everything-again.json': [2, { deleted: true }],
	'what-a-sync-job-takes.json': [
		1,
		{
			sync_job_label: 'Pipedrive to warehouse',
			required_arguments: 'integrated_account_id, start_date',
		},
	],
	'what-is-wrong.json': [1, { verdict: 'failed', cause: 'auth', who_acts: 'end_user' }],
	'whose-sync-is-broken.json': [
		expect.any(Number) as unknown as number,
		{ health: 'reconnect', who_acts: 'end_user' },
	],
};

/** Needs a chat and a model: see chain-agent.test.mts. */
const AGENT = 'ask-an-ai-agent.json';

const all = () => readExamples({ truto: world.credential, parameters: SIMULATED_CHOICES });

describe('the examples', () => {
	it('are all here', () => {
		expect(all().map(({ file }) => file)).toEqual([AGENT, ...Object.keys(GIVES)]);
	});

	it.each(Object.entries(GIVES))(
		'%s runs once its lists are filled in',
		async (file, [count, first]) => {
			const workflow = all().find((example) => example.file === file)?.workflow;
			if (!workflow) throw new Error(`There is no ${file}`);
			const execution = await world.n8n.api.run(workflow);
			expect(execution.error).toBeUndefined();
			const last = workflow.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).at(-1);
			const items = execution.nodes[last?.name ?? '']?.outputs[0] ?? [];
			expect(items.length).toEqual(count);
			expect(items[0]?.json).toMatchObject(first);
		},
	);
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
			new Set([
				...['get', 'getAll', 'start', 'wait', 'getProgress', 'diagnose', 'getLogs', 'stop'],
				...['checkHealth', 'refreshCredentials', 'create', 'update', 'activate', 'delete', 'set'],
			]),
		);
		expect(options.every(({ description }) => (description ?? '').length > 20)).toBe(true);

		const runId = "={{ $fromAI('sync_job_run_id', 'The ID of the sync job run', 'string') }}";
		const input = { sync_job_run_id: RUNS.v4Stuck };
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
			...trutoNode({}, world.credential),
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
