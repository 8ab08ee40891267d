import { setTimeout as delay } from 'node:timers/promises';

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { CHANNEL, startChain, type Chain } from '../chain/index.mts';
import type { Cell } from '../chain/grid.mts';
import { readTemplates } from '../n8n-host/examples.mts';
import { byId, type Workflow } from '../n8n-host/workflow.mts';
import type { ResourceStats } from '../simulator/index.mts';

jest.setTimeout(180_000);

const HEADER = [
	'reported_at',
	'run_id',
	'integration',
	'run_status',
	'run_created_at',
	'resource',
	'fetched',
	'persisted',
];

let chain: Chain;

beforeAll(async () => {
	chain = await startChain();
});

afterAll(async () => {
	await chain.close();
});

beforeEach(() => {
	chain.simulator.store.runs.clear();
	chain.slack.messages.length = 0;
	chain.sheets.reset();
});

/** A template with everything chosen, and some parameters of its nodes changed. */
function template(file: string, changes: Record<string, Record<string, unknown>>): Workflow {
	const found = readTemplates(chain.choices).find((example) => example.file === file);
	if (!found) throw new Error(`There is no template ${file}`);
	const nodes = found.workflow.nodes.map((node) => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
	}));
	return { ...found.workflow, nodes };
}

function counts(fetched: number, persisted = fetched) {
	return { list: { fetched, persisted } };
}

function addRun(stats: ResourceStats, status = 'completed', hoursAgo = 1): string {
	const createdAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
	const run = { status, resource_stats: stats, created_at: createdAt };
	return chain.simulator.store.addRun(run).id;
}

async function until(what: string, isSo: () => boolean, timeoutMs = 40_000): Promise<void> {
	for (const deadline = Date.now() + timeoutMs; !isSo(); await delay(50)) {
		if (Date.now() > deadline) throw new Error(`In vain waited for: ${what}`);
	}
}

/** The sheet's rows below the header, as objects. */
function sheetRows(): Record<string, Cell | undefined>[] {
	return chain.sheets.grid.rows
		.slice(1)
		.map((row) => Object.fromEntries(HEADER.map((name, index) => [name, row[index]])));
}

describe('Daily sync report', () => {
	it('runs by its schedule: rows under the right columns, one header, the text in Slack', async () => {
		const { n8n, simulator, slack, sheets } = chain;
		const first = addRun({ 'crm/contacts': counts(120, 118), 'crm/accounts': counts(40) });
		const failed = addRun({ 'crm/contacts': counts(31) }, 'failed', 2);
		// Failed before it had counted anything: no row, but in the message.
		const early = addRun({}, 'failed', 3);
		addRun({ 'crm/contacts': counts(9999) }, 'completed', 25);

		const everySixSeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 6 }] } };
		const workflow = template('daily-sync-report.json', { 'Every Day': everySixSeconds });
		const { id, versionId } = await n8n.api.createWorkflow(workflow);
		await n8n.api.activate(id, versionId);
		await until('the first report', () => slack.messages.length >= 1);
		simulator.store.patchRun(first, { resource_stats: { 'crm/contacts': counts(200, 190) } });
		await until('the second report', () => slack.messages.length >= 2);
		await n8n.api.deactivate(id);

		expect(sheets.grid.rows[0]).toEqual(HEADER);
		expect(sheets.written.filter((range) => range.endsWith('!1:1'))).toHaveLength(1);
		const row = (run_id: string, resource: string, fetched: number, persisted = fetched) => ({
			...{ run_id, resource, fetched, persisted },
			run_status: run_id === failed ? 'failed' : 'completed',
			integration: 'hubspot',
			reported_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
			run_created_at: simulator.store.runs.get(run_id)?.created_at,
		});
		expect(sheetRows()).toEqual([
			row(first, 'crm/contacts', 120, 118),
			row(first, 'crm/accounts', 40),
			row(failed, 'crm/contacts', 31),
			row(first, 'crm/contacts', 200, 190),
			row(failed, 'crm/contacts', 31),
		]);
		const failures = ['*Failed*', `• hubspot, run ${failed}`, `• hubspot, run ${early}`];
		const title = '*Truto syncs of the last day:* 3 runs, 2 failed';
		const texts = slack.messages.map(({ text }) => text.split('\n'));
		expect(texts.slice(0, 2)).toEqual([
			[
				title,
				'*Records per resource*',
				'• crm/contacts: 151 fetched, 149 persisted',
				'• crm/accounts: 40 fetched, 40 persisted',
				...failures,
			],
			[title, '*Records per resource*', '• crm/contacts: 231 fetched, 221 persisted', ...failures],
		]);
		expect(slack.messages.every(({ channel }) => channel === CHANNEL)).toBe(true);
	});
});

/** Names that a sheet could take for formulas, and one that Slack could take for a mention. */
const ODD_NAMES = ['=1+2', '+A1', '-A1', '@A1', '=IMPORTXML("https://example.com")', '<!channel>'];

async function reportOddNames(cellFormat?: string): Promise<Cell[]> {
	addRun(Object.fromEntries(ODD_NAMES.map((name) => [name, counts(1)])));
	const workflow = template('daily-sync-report.json', {
		'Append to Sheet': cellFormat ? { options: { cellFormat } } : {},
	});
	const execution = await chain.n8n.api.run(workflow);
	expect(execution.error).toBeUndefined();
	return sheetRows().map(({ resource }) => resource ?? null);
}

describe('names that begin like a formula', () => {
	it('stay text in the sheet, and call nobody in Slack', async () => {
		expect(await reportOddNames()).toEqual(ODD_NAMES);
		expect(chain.slack.messages[0]?.text).toContain('• &lt;!channel&gt;: 1 fetched');
	});

	it("would become formulas with the Google Sheets node's own default", async () => {
		expect(await reportOddNames('USER_ENTERED')).toEqual([
			...ODD_NAMES.slice(0, 5).map((formula) => ({ formula })),
			'<!channel>',
		]);
	});
});

describe('Daily sync report without any run', () => {
	it('still tells Slack, and leaves the sheet alone', async () => {
		const execution = await chain.n8n.api.run(template('daily-sync-report.json', {}));
		expect(execution.error).toBeUndefined();
		expect(chain.slack.messages.map(({ text }) => text)).toEqual([
			'*Truto syncs of the last day:* 0 runs, 0 failed',
		]);
		expect(chain.sheets.grid.rows).toEqual([]);
	});
});

describe('Start and report', () => {
	/** Runs the template with a sync whose runs end so after a moment. */
	async function startAndReport(status: string) {
		const { store } = chain.simulator;
		const job = store.addSyncJob({
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 200 },
				{ status, afterMs: 1000 },
			],
		});
		const workflow = template('start-and-report.json', {
			'Start Sync': {
				syncJobId: byId(job.id),
				integratedAccountId: byId(store.addIntegratedAccount().id),
			},
			'Wait for End': { pollInterval: 2 },
		});
		return await chain.n8n.api.run(workflow);
	}

	it('puts the rows of the run that it started into the sheet', async () => {
		const execution = await startAndReport('completed');
		expect(execution.error).toBeUndefined();
		const started = execution.nodes['Start Sync']?.outputs[0]?.[0]?.json.id;
		const rows = sheetRows();
		expect(chain.sheets.grid.rows[0]).toEqual(HEADER);
		expect(rows.length).toBeGreaterThan(0);
		for (const row of rows) {
			expect(row).toMatchObject({ run_id: started, run_status: 'completed' });
			expect(typeof row.fetched).toBe('number');
		}
		expect(chain.slack.messages).toEqual([]);
	});

	it('tells Slack why a run failed, and leaves the sheet alone', async () => {
		await startAndReport('failed');
		expect(chain.slack.messages).toHaveLength(1);
		expect(chain.slack.messages[0]?.text).toMatch(
			/^\*Truto sync failed\*\nSync job run \S+ failed: ./,
		);
		expect(chain.slack.messages[0]?.text).toContain('Likely cause:');
		expect(chain.sheets.grid.rows).toEqual([]);
	});
});

describe('what n8n asked for', () => {
	it('went to Truto under its default address', async () => {
		const execution = await chain.n8n.api.run(template('daily-sync-report.json', {}));
		expect(execution.status).toBe('success');
		const hosts = chain.simulator.requests.map(({ headers }) => headers.host);
		expect(new Set(hosts)).toEqual(new Set(['api.truto.one']));
	});
});
