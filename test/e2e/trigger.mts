import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import type { N8nApi } from '../n8n-host/api.mts';
import type { WorkflowNode } from '../n8n-host/workflow.mts';

/** How often {@link pollingNode} asks Truto. */
export const POLL_MS = 1_000;

/** n8n lets no schedule poll more often than once a minute; but a trigger may have several schedules. */
const EVERY_SECOND = {
	item: Array.from({ length: 60 }, (_, index) => ({
		mode: 'custom',
		cronExpression: `${String(index)} * * * * *`,
	})),
};

export function pollingNode(credential: {
	id: string;
	name: string;
}): Partial<WorkflowNode> & Pick<WorkflowNode, 'name' | 'type'> {
	return {
		name: 'Polling',
		type: 'n8n-nodes-truto.trutoPollingTrigger',
		parameters: { pollTimes: EVERY_SECOND },
		credentials: { trutoApi: credential },
	};
}

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

/** The events that the ended executions of a workflow went on with, and how many ended at the trigger. */
export async function startedEvents(api: N8nApi, workflowId: string, count: number) {
	let executions = await api.executionsOf(workflowId);
	for (let tries = 0; tries < 60 && executions.length < count; tries++) {
		await delay(500);
		executions = await api.executionsOf(workflowId);
	}
	const ended = await Promise.all(executions.map(async ({ id }) => await api.waitFor(id)));
	const items = ended.map(({ nodes }) => nodes['Truto Trigger']?.outputs.flat() ?? []);
	return {
		ids: items.flatMap((list) => list.map(({ json }) => String(json.event_id))).sort(),
		withoutOutput: items.filter((list) => list.length === 0).length,
	};
}

/** The runs that the executions of a polling trigger named *Polling* put out, when all of them have ended. */
export async function polledRuns(api: N8nApi, workflowId: string): Promise<unknown[]> {
	const executions = await api.executionsOf(workflowId);
	const ended = await Promise.all(executions.map(async ({ id }) => await api.waitFor(id)));
	return ended.flatMap(({ nodes }) =>
		(nodes.Polling?.outputs.flat() ?? []).map(({ json }) => json.sync_job_run_id),
	);
}
