import type { Execution } from '../test/n8n-host/execution.mts';
import {
	byId,
	chain,
	itemsNode,
	manualTrigger,
	trutoNode,
	type Workflow,
} from '../test/n8n-host/workflow.mts';
import { VALID_TOKEN } from '../test/simulator/constants.mts';
import type { BenchHost, SimulatorProcess } from './host.mts';

const START_NODES = ['Start', 'Items'];

/** So high that it does not count if the simulator has no limit. */
const NO_LIMIT = 1_000_000;

/** What two ways of doing the same have in common. */
export interface Task {
	simulator: SimulatorProcess;
	host: BenchHost;
	/** The sync job runs to get, one input item each. */
	ids: string[];
}

/** The Truto node: *Get*, with or without split. */
export function trutoWorkflow({ host, ids }: Task, split: boolean, limit = NO_LIMIT): Workflow {
	return chain(
		'Truto',
		manualTrigger(),
		itemsNode(ids.map((id) => ({ id }))),
		trutoNode(
			{
				syncJobRunId: byId('={{ $json.id }}'),
				splitResourceStats: split,
				options: { requestsPerTenSeconds: limit },
			},
			host.credential,
		),
	);
}

/** How HTTP Request spreads its requests. */
export interface Batching {
	batchSize: number;
	batchInterval: number;
}

/** How the workflow that people build by hand sends its requests. */
export interface ByHand {
	batching?: Batching;
	/** `credential` as people do it; `typed in` costs n8n the least. */
	token?: 'credential' | 'typed in';
}

/** The same by hand: HTTP Request, and if split, Edit Fields and Split Out. */
export function handBuiltWorkflow(
	task: Task,
	split: boolean,
	{ batching, token = 'credential' }: ByHand = {},
): Workflow {
	const authorization = { name: 'Authorization', value: `Bearer ${VALID_TOKEN}` };
	const withCredential = {
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'trutoApi',
	};
	const typedIn = { sendHeaders: true, headerParameters: { parameters: [authorization] } };
	const request = {
		name: 'HTTP Request',
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.3,
		parameters: {
			url: `=${task.simulator.url}/sync-job-run/{{ $json.id }}`,
			...(token === 'credential' ? withCredential : typedIn),
			options: batching ? { batching: { batch: batching } } : {},
		},
		...(token === 'credential' && { credentials: { trutoApi: task.host.credential } }),
	};
	const start = [manualTrigger(), itemsNode(task.ids.map((id) => ({ id })))];
	if (!split) return chain('By hand', ...start, request);
	return chain(
		'By hand, split',
		...start,
		request,
		{
			name: 'Edit Fields',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: {
				assignments: {
					assignments: [{ id: 'rows', name: 'rows', value: ROWS_EXPRESSION, type: 'array' }],
				},
				options: {},
			},
		},
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			typeVersion: 1,
			parameters: { fieldToSplitOut: 'rows', options: {} },
		},
	);
}

/** What people would have to write to get the rows that the Truto node gives. */
const ROWS_EXPRESSION = `={{ Object.entries($json.resource_stats ?? {}).map(([resource, methods]) => ({
	resource,
	methods: Object.keys(methods).join(', '),
	...Object.values(methods).reduce((sums, counters) => {
		for (const [name, value] of Object.entries(counters)) sums[name] = (sums[name] ?? 0) + value;
		return sums;
	}, {}),
	tenant_id: $json.integrated_account?.tenant_id ?? null,
	sync_job_label: $json.sync_job?.label ?? null,
	integration_name: $json.sync_job?.integration_name ?? null,
	status: $json.status,
	started_at: $json.started_at,
	finished_at: $json.finished_at,
	duration_seconds: (Date.parse($json.finished_at) - Date.parse($json.started_at)) / 1000,
	created_at: $json.created_at,
	sync_job_run_id: $json.id,
	sync_job_id: $json.sync_job_id,
	integrated_account_id: $json.integrated_account_id,
})) }}`;

/** What a workflow took. */
export interface Timed {
	execution: Execution;
	/** The sum of n8n's own times of all nodes but those that give the items. */
	nodesMs: number;
	/** The items of the last node. */
	rows: Record<string, unknown>[];
}

/** @throws if the execution did not succeed: a bench of errors would be worth nothing */
export async function time(host: BenchHost, workflow: Workflow): Promise<Timed> {
	const execution = await host.n8n.api.run(workflow, 600_000);
	if (execution.status !== 'success') {
		throw new Error(`${workflow.name}: ${execution.error?.message ?? execution.status}`);
	}
	const nodes = Object.entries(execution.nodes).filter(([name]) => !START_NODES.includes(name));
	const last = nodes.at(-1)?.[1];
	return {
		execution,
		nodesMs: nodes.reduce((sum, [, { executionTime }]) => sum + executionTime, 0),
		rows: last?.outputs[0]?.map(({ json }) => json) ?? [],
	};
}
