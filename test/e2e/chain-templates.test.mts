import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { drawSheet, drawSlack } from '../chain/draw.mts';
import { startChain, type Chain } from '../chain/index.mts';
import { fillIn, sheetRows, startAndWait } from '../chain/template.mts';
import { readExamples } from '../n8n-host/examples.mts';
import { failureLog } from '../simulator/index.mts';
import { seedHealth } from '../simulator/seed-health.mts';
import { withEditor } from './browser.mts';
import { executeOnCanvas } from './canvas.mts';
import { takePicture } from './drawn.mts';

jest.setTimeout(300_000);

const NO_MESSAGE = { channel: '', text: 'Nothing arrived' };

let chain: Chain;

beforeAll(async () => {
	chain = await startChain((toolAnswers) => {
		const [runs, diagnosis] = toolAnswers;
		if (runs === undefined) return { tool: 'List_Runs', input: { status: 'failed' } };
		const id = /"sync_job_run_id":\s*"([^"]+)"/.exec(runs)?.[1];
		if (diagnosis === undefined) return { tool: 'Diagnose_a_Run', input: { sync_job_run_id: id } };
		return { answer: `I looked: ${diagnosis}` };
	});
});

afterAll(async () => {
	await chain.close();
});

beforeEach(() => {
	const { store } = chain.simulator;
	store.runs.clear();
	store.integratedAccounts.clear();
	chain.slack.messages.length = 0;
	chain.sheets.reset();
});

const rows = () => sheetRows(chain.sheets);
const texts = () => chain.slack.messages.map(({ text }) => text);

describe('Start and report', () => {
	async function startAndReport(status: string, changes = {}) {
		const parameters = startAndWait(chain.simulator.store, status);
		Object.assign(parameters['Wait for End'] ?? {}, changes);
		return await chain.n8n.api.run(fillIn(chain.choices, 'start-and-report.json', parameters));
	}

	it('puts the rows of the run that it started into the sheet', async () => {
		const execution = await startAndReport('completed');
		expect(execution.error).toBeUndefined();
		const started = execution.nodes['Start Sync']?.outputs[0]?.[0]?.json.id;
		expect(rows()).toEqual([
			{
				reported_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
				tenant_id: 'acme-1',
				sync_job_label: 'HubSpot CRM to warehouse',
				integration_name: 'hubspot',
				status: 'completed',
				resource: 'crm/contacts',
				fetched: expect.any(Number),
				persisted: expect.any(Number),
				duration_seconds: expect.any(Number),
				integrated_account_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				sync_job_run_id: started,
			},
		]);
		expect(texts()).toEqual([]);
		await takePicture('sheet-start-and-report', drawSheet(chain.sheets.grid, 2, 8));
	});

	it('tells Slack why a run failed, and leaves the sheet alone', async () => {
		await startAndReport('failed');
		expect(texts()).toEqual([
			expect.stringMatching(/^\*A Truto sync did not complete\*\nSync job run \S+ failed: ./),
		]);
		expect(texts()[0]).toContain(' Customer: acme-1. Sync job: HubSpot CRM to warehouse. ');
		expect(chain.sheets.grid.rows).toEqual([]);
		const [message] = chain.slack.messages;
		await takePicture('slack-start-and-report', drawSlack(message ?? NO_MESSAGE));
	});

	it('tells Slack if a run did not end in time', async () => {
		await startAndReport('running', { timeout: 0.05 });
		expect(texts()).toEqual([
			expect.stringMatching(/^\*A Truto sync did not complete\*\nSync job run \S+ .*0.05/),
		]);
	});
});

describe('Accounts that need reconnecting, weekly', () => {
	const weekly = () => fillIn(chain.choices, 'weekly-accounts-to-reconnect.json', {});

	const integration = (name: string, label: string) => ({ id: name, name, category: 'crm', label });

	beforeEach(() => {
		const { store } = chain.simulator;
		store.addIntegratedAccount({ tenant_id: 'acme-1' });
		store.addIntegratedAccount({
			tenant_id: 'northwind-traders',
			created_at: '2026-03-02T00:00:00.000Z',
			status: 'needs_reauth',
			last_error: 'invalid_grant: the refresh token has expired',
		});
		// The owner of the job has to act.
		store.addIntegratedAccount({ tenant_id: 'globex-7', status: 'post_install_error' });
		store.addIntegratedAccount({
			tenant_id: 'contoso-ltd',
			created_at: '2026-03-01T00:00:00.000Z',
			integration: integration('jira', 'Jira'),
			last_forbidden_error: {
				resource: 'ticketing/tickets',
				method: 'list',
				missing_scopes: ['read:jira-work'],
				occurred_at: new Date().toISOString(),
			},
		});
	});

	it('lists those accounts, with the reason, in the sheet and in Slack', async () => {
		const execution = await chain.n8n.api.run(weekly());
		expect(execution.error).toBeUndefined();
		const reasons = [
			'The credentials have expired or were revoked: the customer has to reconnect (invalid_grant: the refresh token has expired)',
			'The customer has to reconnect and grant the missing permissions: read:jira-work',
		];
		const [northwind, contoso] = [
			{ tenant_id: 'northwind-traders', integration_name: 'hubspot', status: 'needs_reauth' },
			{ tenant_id: 'contoso-ltd', integration_name: 'jira', status: 'active' },
		];
		const common = {
			report_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			who_acts: 'end_user',
			integrated_account_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
		};
		expect(rows()).toEqual([
			{ ...common, ...northwind, reason: reasons[0] },
			{ ...common, ...contoso, reason: reasons[1] },
		]);
		expect(texts()).toEqual([
			[
				'*Truto accounts that need reconnecting:* 2',
				`• northwind-traders, hubspot: ${reasons[0]}`,
				`• contoso-ltd, jira: ${reasons[1]}`,
			].join('\n'),
		]);
		const [message] = chain.slack.messages;
		await takePicture('slack-weekly-accounts-to-reconnect', drawSlack(message ?? NO_MESSAGE));
		await takePicture('sheet-weekly-accounts-to-reconnect', drawSheet(chain.sheets.grid, 3, 6));
	});

	it('takes no name for a formula, a link or a mention', async () => {
		chain.simulator.store.addIntegratedAccount({
			tenant_id: '<!channel>',
			integration: integration('=HYPERLINK("https://example.com")', 'x'),
			status: 'needs_reauth',
			last_error: 'Ask <https://evil.example|your admin> & wait',
		});
		await chain.n8n.api.run(weekly());
		expect(rows()).toContainEqual(
			expect.objectContaining({
				tenant_id: '<!channel>',
				integration_name: '=HYPERLINK("https://example.com")',
			}),
		);
		expect(texts()[0]).toContain('•  !channel , ');
		expect(texts()[0]).not.toMatch(/[<>]/);
	});

	it('sends nothing if all accounts work', async () => {
		const { integratedAccounts } = chain.simulator.store;
		for (const [id, account] of integratedAccounts) {
			if (account.tenant_id !== 'acme-1') integratedAccounts.delete(id);
		}
		const execution = await chain.n8n.api.run(weekly());
		expect(execution.error).toBeUndefined();
		expect([texts(), chain.sheets.grid.rows]).toEqual([[], []]);
	});
});

describe('Ask an AI agent', () => {
	it('finds the failed run with one tool and its cause with another', async () => {
		const { store } = chain.simulator;
		store.addRun({ status: 'completed' });
		const { id } = store.addRun({ status: 'failed' });
		store.addLog({ ...failureLog('auth'), sync_job_run_id: id });
		const found = readExamples(chain.choices).find(({ file }) => file === 'ask-an-ai-agent.json');
		if (!found) throw new Error('The example is gone');
		// Else only people who are signed in may chat.
		const nodes = found.workflow.nodes.map((node) =>
			node.name === 'When Asked' ? { ...node, parameters: { public: true, options: {} } } : node,
		);
		const { api, url } = chain.n8n;
		const workflowId = await api.createActive({ ...found.workflow, nodes });
		const answer = await fetch(`${url}/webhook/truto-agent/chat`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ action: 'sendMessage', sessionId: 's', chatInput: 'What failed?' }),
		});
		const { output } = (await answer.json()) as { output?: string };
		await api.deactivate(workflowId);
		expect(chain.openAi.offered.sort()).toEqual([
			'Check_Health',
			'Diagnose_a_Run',
			'List_Accounts_to_Reconnect',
			'List_Runs',
		]);
		expect(chain.openAi.toolAnswers).toHaveLength(2);
		expect(chain.openAi.toolAnswers[0]).not.toContain('completed');
		expect(output).toMatch(new RegExp(`^I looked: .*"cause":\\s*"auth".*${id}`, 's'));
	});
});

describe('in the editor', () => {
	it('the templates run on the canvas', async () => {
		const { n8n, simulator, choices } = chain;
		seedHealth(simulator.store, 12);
		simulator.store.addIntegratedAccount({ status: 'needs_reauth' });
		await withEditor(n8n, async (editor) => {
			const daily = fillIn(choices, 'daily-sync-report.json', {});
			await executeOnCanvas(n8n, editor, daily, 6, 'template-daily-sync-report');
			const changes = startAndWait(simulator.store, 'completed');
			const start = fillIn(choices, 'start-and-report.json', changes);
			await executeOnCanvas(n8n, editor, start, 5, 'template-start-and-report');
			const long = fillIn(choices, 'wait-for-a-long-sync.json', {
				...startAndWait(simulator.store, 'completed'),
				Wait: { amount: 2, unit: 'seconds' },
			});
			await executeOnCanvas(n8n, editor, long, 7, 'template-wait-for-a-long-sync');
			const weekly = fillIn(choices, 'weekly-accounts-to-reconnect.json', {});
			await executeOnCanvas(n8n, editor, weekly, 8, 'template-weekly-accounts-to-reconnect');
		});
	});
});
