import { setTimeout as delay } from 'node:timers/promises';

import type { N8nInstance } from '../n8n-host/n8n.mts';
import { takePeakMemory } from '../n8n-host/memory.mts';
import { chain, trutoNode } from '../n8n-host/workflow.mts';

type NodeInit = Parameters<typeof chain>[1];

/** What the node after the rows has counted. */
export interface Counted {
	/** Of the column *resource*. */
	count: number;
	/** Different values of that column. */
	resources: number;
	/** Of the column *fetched*. */
	fetched: number;
}

/** What a flow of many rows took. */
export interface RowsTaken {
	counted: Counted;
	seconds: number;
	/** Peak resident memory above that of the idle n8n, in bytes. */
	memory: number;
}

/** *Get Many* of all runs, one row for each resource. */
export function allRowsNode(credential: { id: string; name: string }): NodeInit {
	return trutoNode(
		{
			operation: 'getAll',
			returnAll: true,
			splitResourceStats: true,
			options: { requestsPerTenSeconds: 1_000_000 },
		},
		credential,
	);
}

function webhookNode(path: string): NodeInit {
	const parameters = { path, httpMethod: 'POST', responseMode: 'lastNode', options: {} };
	const type = 'n8n-nodes-base.webhook';
	return { name: 'Webhook', type, typeVersion: 2, webhookId: path, parameters };
}

function countNode(): NodeInit {
	const values: [string, string][] = [
		['count', 'resource'],
		['countUnique', 'resource'],
		['sum', 'fetched'],
	];
	return {
		name: 'Summarize',
		type: 'n8n-nodes-base.summarize',
		typeVersion: 1.1,
		parameters: {
			fieldsToSummarize: {
				values: values.map(([aggregation, field]) => ({ aggregation, field })),
			},
			options: {},
		},
	};
}

/**
 * Has a node's rows counted by the next node, in a workflow that n8n does not store: half a million rows are
 * more than a text of V8 can hold.
 */
export async function takeRows(n8n: N8nInstance, path: string, node: NodeInit): Promise<RowsTaken> {
	const settings = { saveDataSuccessExecution: 'none' };
	const workflow = { ...chain(path, webhookNode(path), node, countNode()), settings };
	await n8n.api.createActive(workflow);
	takePeakMemory(n8n.pid);
	await delay(1_000);
	const idle = takePeakMemory(n8n.pid);
	const startedAt = performance.now();
	const answer = await fetch(`${n8n.url}/webhook/${path}`, { method: 'POST' });
	const seconds = (performance.now() - startedAt) / 1000;
	const text = await answer.text();
	const memory = takePeakMemory(n8n.pid) - idle;
	if (answer.status !== 200)
		throw new Error(`n8n answered ${answer.status}: ${text}\n${n8n.logs()}`);
	const sums = JSON.parse(text) as Record<string, number>;
	const { count_resource: count = 0, unique_count_resource: resources = 0 } = sums;
	return { counted: { count, resources, fetched: sums.sum_fetched ?? 0 }, seconds, memory };
}
