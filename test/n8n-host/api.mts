import { setTimeout as delay } from 'node:timers/promises';

import { readExecution, type Execution, type StoredExecution } from './execution.mts';
import { N8nSession, refused } from './session.mts';
import type { Workflow } from './workflow.mts';

/** Where n8n's editor looks for a list of a resource locator. */
export interface ListSearch {
	methodName: string;
	path: string;
	credentialId: string;
	filter?: string;
	paginationToken?: string;
	parameters?: Record<string, unknown>;
}

/** How far n8n is with a workflow's triggers. */
interface PublicationStatus {
	status: 'in_progress' | 'published' | 'partial' | 'failed' | 'not_published';
	triggers: { status: string; errorMessage: string | null }[];
}

const ENDED = ['success', 'error', 'crashed', 'canceled'];

/** What demo and tests do in n8n. */
export class N8nApi extends N8nSession {
	async createCredential(name: string, type: string, data: Record<string, unknown>) {
		const body = { name, type, data };
		return await this.call<{ id: string; name: string }>('POST', '/credentials', body);
	}

	/** Makes a credential, or gives the one of this name and type new data. */
	async saveCredential(name: string, type: string, data: Record<string, string>) {
		const all = await this.call<{ id: string; name: string; type: string }[]>(
			'GET',
			'/credentials',
		);
		const stored = all.find((one) => one.name === name && one.type === type);
		if (stored === undefined) return await this.createCredential(name, type, data);
		const path = `/credentials/${stored.id}`;
		return await this.call<{ id: string; name: string }>('PATCH', path, { name, type, data });
	}

	/** What the *Test* of a credential answers; n8n before 2.0 tests stored ones only. */
	async testCredential(type: string, data: Record<string, string>) {
		const { id, name } = await this.createCredential('Test', type, data);
		const credentials = { id, name, type, data };
		return await this.call<{ status: string; message: string }>('POST', '/credentials/test', {
			credentials,
		});
	}

	async createWorkflow(workflow: Workflow): Promise<{ id: string; versionId: string }> {
		// n8n 1 has no default for `active`.
		return await this.call('POST', '/workflows', { settings: {}, active: false, ...workflow });
	}

	/** Saves a workflow that starts with a trigger, and activates it; returns its id. */
	async createActive(workflow: Workflow): Promise<string> {
		const { id, versionId } = await this.createWorkflow(workflow);
		await this.activate(id, versionId);
		return id;
	}

	async updateWorkflow(id: string, workflow: Workflow): Promise<{ versionId: string }> {
		const { versionId } = await this.call<{ versionId: string }>('GET', `/workflows/${id}`);
		return await this.call('PATCH', `/workflows/${id}`, { ...workflow, versionId });
	}

	/**
	 * Activates a version of a workflow and waits until its triggers run.
	 *
	 * @throws if a trigger could not be activated, with what the editor would show
	 */
	async activate(id: string, versionId: string): Promise<void> {
		const body = { versionId, name: versionId, description: '' };
		await this.call('POST', `/workflows/${id}/activate`, body);
		const { triggers } = await this.published(id, versionId);
		const failed = triggers.find(({ status }) => status === 'failed');
		if (failed) throw new Error(failed.errorMessage ?? 'The trigger failed');
	}

	/** Deactivates a workflow and waits until its triggers are gone. */
	async deactivate(id: string): Promise<void> {
		await this.call('POST', `/workflows/${id}/deactivate`, {});
		await this.published(id, null);
	}

	/** n8n answers before it has done what it was asked: it publishes in the background. */
	private async published(id: string, versionId: string | null): Promise<PublicationStatus> {
		for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(50)) {
			const path = `/workflows/${id}/publication-status`;
			const answer = await this.send<PublicationStatus>('GET', path);
			// n8n before 2.40 answers when it has done what it was asked, and has no such route.
			if (answer.status === 404) return { status: 'published', triggers: [] };
			if (answer.status >= 400) throw refused(`GET ${path}`, answer);
			const state = answer.data.data;
			const isDone = versionId === null ? state.status === 'not_published' : true;
			if (state.status !== 'in_progress' && isDone) return state;
		}
		throw new Error(`Workflow ${id} was not published in time`);
	}

	/** Whether n8n takes a workflow for active, with some of its triggers at least. */
	async isActive(id: string): Promise<boolean> {
		return (await this.call<{ active: boolean }>('GET', `/workflows/${id}`)).active;
	}

	/** Starts a workflow by hand and returns the execution's id at once. */
	async start(workflow: Workflow): Promise<string> {
		const { id } = await this.createWorkflow(workflow);
		return await this.startExisting(id, workflow);
	}

	async startExisting(id: string, workflow: Workflow): Promise<string> {
		const trigger = workflow.nodes[0]?.name;
		const stored = await this.call<Record<string, unknown>>('GET', `/workflows/${id}`);
		const { executionId } = await this.call<{ executionId: string }>(
			'POST',
			`/workflows/${id}/run`,
			{ workflowData: stored, triggerToStartFrom: { name: trigger } },
		);
		return executionId;
	}

	/** Runs a workflow by hand to its end. */
	async run(workflow: Workflow, timeoutMs = 120_000): Promise<Execution> {
		return await this.waitFor(await this.start(workflow), timeoutMs);
	}

	async waitFor(executionId: string, timeoutMs = 120_000): Promise<Execution> {
		const deadline = Date.now() + timeoutMs;
		let status = 'unknown';
		for (let pause = 50; Date.now() < deadline; pause = Math.min(500, pause * 1.5)) {
			const stored = await this.call<StoredExecution>('GET', `/executions/${executionId}`);
			({ status } = stored);
			// n8n 1 tells the end before it has stored the data.
			if (ENDED.includes(stored.status) && stored.data !== '[]') return readExecution(stored);
			await delay(pause);
		}
		throw new Error(`Execution ${executionId} did not end within ${timeoutMs} ms: it is ${status}`);
	}

	/**
	 * A workflow's executions, newest first. n8n lists those that run before all that have ended, and one that
	 * ends meanwhile in both places.
	 */
	async executionsOf(workflowId: string): Promise<{ id: string; status: string }[]> {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		const all: { id: string; status: string }[] = [];
		for (let cursor = ''; ; ) {
			const page = await this.call<{ results: typeof all; nextCursor?: string | null }>(
				'GET',
				`/executions?filter=${filter}&limit=100${cursor}`,
			);
			all.push(...page.results);
			if (!page.nextCursor) {
				const byId = new Map(all.map((one) => [Number(one.id), one]));
				return [...byId].sort(([a], [b]) => b - a).map(([, one]) => one);
			}
			cursor = `&cursor=${page.nextCursor}`;
		}
	}

	/** What *Execute workflow* does if a webhook starts it: n8n then waits for one call. */
	async listenForTest(id: string, workflow: Workflow): Promise<boolean> {
		const trigger = workflow.nodes[0]?.name;
		const stored = await this.call<Record<string, unknown>>('GET', `/workflows/${id}`);
		const body = { workflowData: stored, triggerToStartFrom: { name: trigger } };
		const answer = await this.call<{ waitingForWebhook?: boolean }>(
			'POST',
			`/workflows/${id}/run`,
			body,
		);
		return answer.waitingForWebhook === true;
	}

	async stopExecution(executionId: string): Promise<void> {
		await this.call('POST', `/executions/${executionId}/stop`);
	}

	/** What the drop-down of a resource locator lists. */
	async searchList({
		methodName,
		path,
		credentialId,
		filter,
		paginationToken,
		parameters,
	}: ListSearch) {
		return await this.call<{
			results: { name: string; value: string }[];
			paginationToken?: string;
		}>('POST', '/dynamic-node-parameters/resource-locator-results', {
			methodName,
			path,
			filter,
			paginationToken,
			nodeTypeAndVersion: { name: 'n8n-nodes-truto.truto', version: 1 },
			currentNodeParameters: parameters ?? {},
			credentials: { trutoApi: { id: credentialId, name: 'Truto' } },
		});
	}

	async nodeTypes(): Promise<{ name: string; codex?: unknown; iconUrl?: unknown }[]> {
		const answer = await this.http.get('/types/nodes.json');
		return answer.data as { name: string }[];
	}
}
