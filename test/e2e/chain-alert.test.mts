import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { PUBLIC_URL, startChain, type Chain } from '../chain/index.mts';
import { drawSlack } from '../chain/draw.mts';
import { markupOf } from '../chain/slack-blocks.mts';
import { fillIn, until } from '../chain/template.mts';
import { failureLog, signatureFor, type SyncJobRun } from '../simulator/index.mts';
import { withEditor } from './browser.mts';
import { takePicture } from './drawn.mts';

jest.setTimeout(300_000);

let chain: Chain;
let workflowId: string;

beforeAll(async () => {
	chain = await startChain();
	const workflow = fillIn(chain.choices, 'failed-sync-alert.json', {
		// For the picture of the event. The template does without: Diagnose looks them up.
		'When a Run Fails': { options: { includeNames: true } },
	});
	// The editor gives one to each node that has webhooks.
	const nodes = workflow.nodes.map((node) => ({ ...node, webhookId: node.id }));
	workflowId = await chain.n8n.api.createActive({ ...workflow, nodes });
});

afterAll(async () => {
	await chain.n8n.api.deactivate(workflowId);
	expect(chain.simulator.store.webhooks.size).toBe(0);
	await chain.close();
});

beforeEach(() => {
	chain.slack.messages.length = 0;
});

/** Sends the event as a reverse proxy at the public address would hand it on. */
async function sendFailed(run: SyncJobRun): Promise<void> {
	const [webhook] = chain.simulator.store.webhooks.values();
	const event = {
		id: `event-${run.id}`,
		event: 'sync_job_run:failed',
		created_at: new Date().toISOString(),
		payload: run,
	};
	const body = JSON.stringify(event);
	const { pathname } = new URL(webhook?.target_url ?? '');
	const answer = await fetch(`${chain.n8n.url}${pathname}`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			'X-Truto-Signature': signatureFor(body, webhook?.secret ?? ''),
		},
		body,
	});
	expect([answer.status, webhook?.target_url]).toEqual([200, `${PUBLIC_URL}${pathname}`]);
	await until('the alert', () => chain.slack.messages.length > 0);
}

/** Opens it in the editor, as a person would who wonders what ran, and takes its picture. */
async function showLastExecution(): Promise<void> {
	const { api, url } = chain.n8n;
	const [execution] = await api.executionsOf(workflowId);
	expect((await api.waitFor(execution?.id ?? '')).status).toBe('success');
	await withEditor(chain.n8n, async ({ page, part, shot }) => {
		await page.goto(`${url}/workflow/${workflowId}/executions/${execution?.id}`);
		const successes = part('canvas-node-status-success');
		await successes.nth(2).waitFor();
		expect(await successes.count()).toBe(3);
		// n8n's checklist for what goes into production lies above the canvas.
		await page.keyboard.press('Escape');
		// The canvas moves for a moment.
		await page.waitForTimeout(1000);
		await shot('template-failed-sync-alert');
		// The event, as the trigger gave it.
		await part('canvas-node').filter({ hasText: 'When a Run Fails' }).dblclick();
		await part('output-panel').getByText('sync_job_run:failed').first().waitFor();
		await part('output-panel').getByText('HubSpot contacts').first().waitFor();
		await shot('trigger');
	});
}

/** The texts of the only message. */
function message() {
	const [only, ...others] = chain.slack.messages;
	expect(others).toEqual([]);
	const blocks = only?.blocks ?? [];
	const fields = blocks.flatMap((block) => block.fields ?? []).map(({ text }) => text.split('\n'));
	const sections = blocks.flatMap(({ text }) => (text ? [text.text] : []));
	return { text: only?.text, blocks, sections, fields: Object.fromEntries(fields) as unknown };
}

describe('Failed sync alert', () => {
	it('tells Slack why, who acts and what to do, for what the trigger gives', async () => {
		const { store } = chain.simulator;
		const account = store.addIntegratedAccount({ tenant_id: 'acme-1', status: 'needs_reauth' });
		const job = store.addSyncJob({ label: 'HubSpot contacts', integration_name: 'hubspot' });
		const run = store.addRun({
			status: 'failed',
			sync_job_id: job.id,
			integrated_account_id: account.id,
			resource_stats: { 'crm/contacts': { list: { fetched: 31, persisted: 31 } } },
		});
		store.addLog({
			...failureLog('auth'),
			sync_job_run_id: run.id,
			timestamp: run.created_at,
		});
		await sendFailed(run);
		await showLastExecution();
		const { text, sections, fields, blocks } = message();
		expect(text).toMatch(/^HubSpot contacts for acme-1 failed at crm\/contacts/);
		expect(sections).toEqual([
			expect.stringMatching(
				/^\*HubSpot contacts: failed\*\nAsk the customer \(tenant acme-1\) to reconnect/,
			),
			expect.stringMatching(/^\*First error\*\n>.*401/),
		]);
		expect(fields).toMatchObject({
			'*Customer*': 'acme-1',
			'*Status*': 'failed',
			'*Cause*': 'Authentication',
			'*Who acts*': 'The customer',
			'*Records*': '31 fetched, 31 persisted',
		});
		expect(JSON.stringify(blocks.at(-1))).toContain(run.id);
		await takePicture(
			'slack-failed-sync-alert',
			drawSlack({ channel: '', text: text ?? '', blocks }),
		);
	});

	it('makes no links, mentions or bold type of what Truto sends', async () => {
		const { store } = chain.simulator;
		const evil = '<!channel> *now* <https://evil.example|click> & `rm` _x_';
		const account = store.addIntegratedAccount({ tenant_id: evil, status: 'needs_reauth' });
		const job = store.addSyncJob({ label: evil, integration_name: evil });
		const run = store.addRun({
			status: 'failed',
			sync_job_id: job.id,
			integrated_account_id: account.id,
			resource_stats: { [evil]: { [evil]: { fetched: 1, persisted: 1 } } },
		});
		store.addLog({
			...failureLog('auth', { resource: evil, method: evil, logs: [evil] }),
			integrated_account_needs_reauth: true,
			sync_job_run_id: run.id,
			timestamp: run.created_at,
		});
		await sendFailed(run);
		const { text, blocks, sections } = message();
		expect([text?.match(/<[^>]*>/g), markupOf(blocks)]).toEqual([null, []]);
		expect(sections[0]?.split('\n')[0]).toBe(
			'*&lt;!channel&gt; ∗now∗ &lt;https://evil.example|click&gt; &amp; `rm` _x_: failed*',
		);
		const texts = blocks.flatMap(({ text: one, fields, elements }) => [
			...(one ? [one] : []),
			...(fields ?? []),
			...(elements ?? []),
		]);
		expect(texts.length).toBeGreaterThan(4);
		expect(texts.every(({ verbatim }) => verbatim === true)).toBe(true);
	});
});
