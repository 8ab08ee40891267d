import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import type { Cell } from '../chain/grid.mts';
import { CHANNEL, startChain, type Chain } from '../chain/index.mts';
import {
	fillIn,
	HEADER,
	sheetRows,
	startAndWait,
	until,
	type Changes,
} from '../chain/template.mts';
import type { ResourceStats } from '../simulator/index.mts';
import { withEditor } from './browser.mts';

jest.setTimeout(180_000);

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

const template = (file: string, changes: Changes = {}) => fillIn(chain.choices, file, changes);
const rows = () => sheetRows(chain.sheets);

function counts(fetched: number, persisted = fetched) {
	return { list: { fetched, persisted } };
}

function addRun(stats: ResourceStats, status = 'completed', hoursAgo = 1): string {
	const createdAt = new Date(Date.now() - hoursAgo * 3_600_000).toISOString();
	const run = { status, resource_stats: stats, created_at: createdAt };
	return chain.simulator.store.addRun(run).id;
}

describe('Daily sync report', () => {
	it('runs by its schedule: rows under the right columns, one header, the text in Slack', async () => {
		const { n8n, simulator, slack, sheets } = chain;
		const first = addRun({ 'crm/contacts': counts(120, 118), 'crm/accounts': counts(40) });
		const failed = addRun({ 'crm/contacts': counts(31) }, 'failed', 2);
		// Failed before it had counted anything: no row, but in the message.
		const early = addRun({}, 'failed', 3);
		addRun({ 'crm/contacts': counts(9999) }, 'completed', 25);

		const everyTenSeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] } };
		const workflow = template('daily-sync-report.json', { 'Every Day': everyTenSeconds });
		const id = await n8n.api.createActive(workflow);
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
		expect(rows()).toEqual([
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

describe('a sheet that people keep', () => {
	it('gets the rows by the names of its columns, in whatever order those are', async () => {
		const { grid } = chain.sheets;
		const header = ['note', 'persisted', 'resource', 'fetched'];
		grid.write(1, [header, ['mine', 1, 'crm/notes', 2]], 'RAW');
		addRun({ 'crm/contacts': counts(120, 118) });
		const execution = await chain.n8n.api.run(template('daily-sync-report.json'));
		expect(execution.error).toBeUndefined();
		expect(grid.rows.map((row) => row.slice(0, 4))).toEqual([
			header,
			['mine', 1, 'crm/notes', 2],
			[null, 118, 'crm/contacts', 120],
		]);
		// The columns that the sheet did not have come after its own.
		expect(grid.rows[0]?.slice(4)).toEqual(HEADER.filter((name) => !header.includes(name)));
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
	return rows().map(({ resource }) => resource ?? null);
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
		const execution = await chain.n8n.api.run(template('daily-sync-report.json'));
		expect(execution.error).toBeUndefined();
		expect(chain.slack.messages.map(({ text }) => text)).toEqual([
			'*Truto syncs of the last day:* 0 runs, 0 failed',
		]);
		expect(chain.sheets.grid.rows).toEqual([]);
	});
});

describe('Start and report', () => {
	async function startAndReport(status: string) {
		const workflow = template('start-and-report.json', startAndWait(chain.simulator.store, status));
		return await chain.n8n.api.run(workflow);
	}

	it('puts the rows of the run that it started into the sheet', async () => {
		const execution = await startAndReport('completed');
		expect(execution.error).toBeUndefined();
		const started = execution.nodes['Start Sync']?.outputs[0]?.[0]?.json.id;
		expect(chain.sheets.grid.rows[0]).toEqual(HEADER);
		expect(rows().length).toBeGreaterThan(0);
		for (const row of rows()) {
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
		const execution = await chain.n8n.api.run(template('daily-sync-report.json'));
		expect(execution.status).toBe('success');
		const hosts = chain.simulator.requests.map(({ headers }) => headers.host);
		expect(new Set(hosts)).toEqual(new Set(['api.truto.one']));
	});
});

describe('in the editor', () => {
	it.each([
		['daily-sync-report', 7],
		['start-and-report', 5],
	])('%s runs on the canvas', async (name, executed) => {
		const { n8n, simulator } = chain;
		addRun({ 'crm/contacts': counts(120, 118), 'crm/accounts': counts(40) });
		addRun({ 'crm/contacts': counts(31) }, 'failed', 2);
		const workflow = template(`${name}.json`, startAndWait(simulator.store, 'completed'));
		const { id } = await n8n.api.createWorkflow(workflow);
		await withEditor(n8n.url, async ({ page, part, shot }) => {
			await page.goto(`${n8n.url}/workflow/${id}`);
			await part('execute-workflow-button').click();
			await part('canvas-node-status-success')
				.nth(executed - 1)
				.waitFor();
			// Zooms to fit, and moves there.
			await page.keyboard.press('1');
			await page.waitForTimeout(1000);
			expect(await part('canvas-node-status-success').count()).toBe(executed);
			await page.locator('.el-notification__closeBtn').click();
			await page.waitForTimeout(500);
			await shot(`template-${name}`);
		});
	});
});
