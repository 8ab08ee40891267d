import { setTimeout as delay } from 'node:timers/promises';

import type { N8nApi } from '../n8n-host/api.mts';
import type { Cluster } from './cluster.mts';

/** What the list of executions shows of a workflow, oldest first. */
export async function executionsOf(api: N8nApi, workflowId: string) {
	return (await api.executionsOf(workflowId)).reverse();
}

/** Calls the URL of an active Webhook node, at the process that takes such calls in queue mode. */
export async function callWebhook({ webhook }: Cluster, path: string): Promise<unknown> {
	// The other processes learn of an activation a moment later.
	for (let tries = 1; ; tries++) {
		const answer = await fetch(`${webhook.url}/webhook/${path}`, { method: 'POST' });
		if (answer.ok) return await answer.json();
		if (tries === 20) throw new Error(`${answer.status} ${await answer.text()}`);
		await delay(250);
	}
}

/** Waits until something is so. */
export async function until(
	what: string,
	isSo: () => boolean | Promise<boolean>,
	timeoutMs = 120_000,
): Promise<void> {
	const deadline = Date.now() + timeoutMs;
	while (!(await isSo())) {
		if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`);
		await delay(200);
	}
}
