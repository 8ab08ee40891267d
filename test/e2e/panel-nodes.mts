import { chain, manualTrigger, type Workflow } from '../n8n-host/workflow.mts';
import type { Chosen } from './panel-rows.mts';
import type { World } from './world.mts';

/** A workflow with a Truto node as the editor adds one: everything is as it is by default. */
export function workflowWith(
	{ credential }: World,
	parameters: Record<string, unknown> = {},
): Workflow {
	return chain('Truto', manualTrigger(), {
		name: 'Truto',
		type: 'n8n-nodes-truto.truto',
		parameters,
		credentials: { trutoApi: credential },
	});
}

/** The values of lists, named as the node's lists name them. */
export async function fromLists(
	{ n8n, credential }: World,
	chosen: Record<string, Chosen> = {},
): Promise<Record<string, unknown>> {
	const entries = Object.entries(chosen).map(async ([parameter, { method, id }]) => {
		const { results } = await n8n.api.call<{ results: { name: string; value: string }[] }>(
			'POST',
			'/dynamic-node-parameters/resource-locator-results',
			{
				nodeTypeAndVersion: { name: 'n8n-nodes-truto.truto', version: 1 },
				credentials: { trutoApi: credential },
				...{ methodName: method, path: `parameters.${parameter}`, filter: id },
				currentNodeParameters: {},
			},
		);
		const found = results.find(({ value }) => value === id);
		if (!found) throw new Error(`${method} does not find ${id}`);
		return [parameter, { __rl: true, mode: 'list', value: id, cachedResultName: found.name }];
	});
	return Object.fromEntries(await Promise.all(entries)) as Record<string, unknown>;
}
