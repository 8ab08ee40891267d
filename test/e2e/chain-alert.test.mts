import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { PUBLIC_URL, startChain, type Chain } from '../chain/index.mts';
import { fillIn, until } from '../chain/template.mts';
import { failureLog, signatureFor } from '../simulator/index.mts';
import { withEditor } from './browser.mts';

jest.setTimeout(180_000);

let chain: Chain;

beforeAll(async () => {
	chain = await startChain();
});

afterAll(async () => {
	await chain.close();
});

/** Opens it in the editor, as a person would who wonders what ran, and takes its picture. */
async function showLastExecution(workflowId: string): Promise<void> {
	const { api, url } = chain.n8n;
	const [execution] = await api.executionsOf(workflowId);
	expect((await api.waitFor(execution?.id ?? '')).status).toBe('success');
	await withEditor(url, async ({ page, part, shot }) => {
		await page.goto(`${url}/workflow/${workflowId}/executions/${execution?.id}`);
		const successes = part('canvas-node-status-success');
		await successes.nth(3).waitFor();
		expect(await successes.count()).toBe(4);
		// n8n's checklist for what goes into production lies above the canvas.
		await page.keyboard.press('Escape');
		// The canvas moves for a moment.
		await page.waitForTimeout(1000);
		await shot('template-failed-sync-alert');
	});
}

describe('Failed sync alert', () => {
	it('tells Slack the likely cause and the first error, for what the trigger gives', async () => {
		const { store } = chain.simulator;
		const { id } = store.addRun({ status: 'failed' });
		const run = store.runs.get(id);
		store.addLog({ ...failureLog('auth'), sync_job_run_id: id, timestamp: run?.created_at });
		const workflow = fillIn(chain.choices, 'failed-sync-alert.json', {});
		// The editor gives one to each node that has webhooks.
		const nodes = workflow.nodes.map((node) => ({ ...node, webhookId: node.id }));
		const { api, url } = chain.n8n;
		const workflowId = await api.createActive({ ...workflow, nodes });
		const [webhook] = store.webhooks.values();
		const created_at = new Date().toISOString();
		const event = { id: 'e', event: 'sync_job_run:failed', created_at, payload: run };
		const body = JSON.stringify(event);
		// As a reverse proxy at the public address would hand it on.
		const { pathname } = new URL(webhook?.target_url ?? '');
		const answer = await fetch(`${url}${pathname}`, {
			method: 'POST',
			headers: {
				'Content-Type': 'application/json',
				'X-Truto-Signature': signatureFor(body, webhook?.secret ?? ''),
			},
			body,
		});
		expect([answer.status, webhook?.target_url]).toEqual([200, `${PUBLIC_URL}${pathname}`]);
		await until('the alert', () => chain.slack.messages.length > 0);
		await showLastExecution(workflowId);
		await api.deactivate(workflowId);
		expect(store.webhooks.size).toBe(0);
		expect(chain.slack.messages.map(({ text }) => text.split('\n'))).toEqual([
			[
				`*Truto sync failed:* hubspot, run ${id}`,
				'Likely cause: auth',
				expect.stringMatching(/^First error: .*401/),
				expect.stringMatching(/^• .+: 1 errors$/),
			],
		]);
	});
});
