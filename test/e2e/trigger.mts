import { randomUUID } from 'node:crypto';

import type { WorkflowNode } from '../n8n-host/workflow.mts';

/** The Truto Trigger with an address of its own. */
export function triggerNode(
	credential: { id: string; name: string },
	parameters: Record<string, unknown> = {},
	name = 'Truto Trigger',
): Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'> {
	return {
		name,
		type: 'n8n-nodes-truto.trutoTrigger',
		parameters,
		credentials: { trutoApi: credential },
		// The editor gives one to each node that has webhooks; it is part of the address.
		webhookId: randomUUID(),
	};
}
