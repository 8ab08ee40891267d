import { byId, chain, manualTrigger, trutoNode, type Workflow } from '../n8n-host/workflow.mts';

type Start = ReturnType<typeof manualTrigger>;

/** A workflow that gets many runs, one item each. No Code node: each worker would start a process for it. */
export function sweep(
	name: string,
	ids: string[],
	credential: { id: string; name: string },
	{ parameters = {}, start = manualTrigger() }: { parameters?: object; start?: Start } = {},
): Workflow {
	const jsonOutput = JSON.stringify({ id: ids });
	return chain(
		name,
		start,
		{
			name: 'IDs',
			type: 'n8n-nodes-base.set',
			typeVersion: 3.4,
			parameters: { mode: 'raw', jsonOutput, options: {} },
		},
		{
			name: 'Split Out',
			type: 'n8n-nodes-base.splitOut',
			parameters: { fieldToSplitOut: 'id', options: {} },
		},
		trutoNode({ syncJobRunId: byId('={{ $json.id }}'), ...parameters }, credential),
	);
}

/** A Webhook node that answers at once, or with the items of the last node. */
export function webhookStart(path: string, answer: 'onReceived' | 'lastNode'): Start {
	return {
		name: 'Webhook',
		type: 'n8n-nodes-base.webhook',
		typeVersion: 2,
		webhookId: path,
		parameters: {
			path,
			httpMethod: 'POST',
			responseMode: answer,
			responseData: 'allEntries',
			options: {},
		},
	};
}
