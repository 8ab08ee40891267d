import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import {
	addRunUntil,
	counts,
	DAILY_HEADER,
	midnight,
	yesterday,
	yesterdayInWords,
	ZONE,
} from '../chain/daily.mts';
import type { Cell } from '../chain/grid.mts';
import { CHANNEL, startChain, type Chain } from '../chain/index.mts';
import { fillIn, sheetRows, until, type Changes } from '../chain/template.mts';
import {
	ACCOUNTS,
	fixedId,
	SYNC_JOBS,
	type ResourceStats,
	type RunInput,
} from '../simulator/index.mts';

jest.setTimeout(180_000);

const FILE = 'daily-sync-report.json';
const NOON_YESTERDAY = midnight(1) + 12 * 3_600_000;

let chain: Chain;

beforeAll(async () => {
	chain = await startChain();
	const { store } = chain.simulator;
	store.addSyncJob({ id: SYNC_JOBS.crm, label: 'HubSpot CRM to warehouse' });
	store.addSyncJob({ id: SYNC_JOBS.v4Files, label: 'Files', default_runtime_version: 4 });
	store.addIntegratedAccount({ id: ACCOUNTS.hubspot, tenant_id: 'acme-1' });
	store.addIntegratedAccount({ id: ACCOUNTS.drive, tenant_id: 'adventure-works' });
});

afterAll(async () => {
	await chain.close();
});

beforeEach(() => {
	chain.simulator.store.runs.clear();
	chain.slack.messages.length = 0;
	chain.sheets.reset();
	chain.simulator.speak({ nestedSyncJob: 'everywhere' });
});

const template = (changes: Changes = {}) =>
	fillIn(chain.choices, FILE, changes, { timezone: ZONE });
const rows = () => sheetRows(chain.sheets);
const text = () => chain.slack.messages[0]?.text.split('\n');
const addRun = (end: number | null, stats: ResourceStats | null, input?: RunInput) =>
	addRunUntil(chain.simulator.store, end, stats, input);

async function report(changes?: Changes): Promise<void> {
	const execution = await chain.n8n.api.run(template(changes));
	expect(execution.error).toBeUndefined();
}

describe('Daily sync report', () => {
	it('runs by its schedule: rows under the right columns, one header, the text in Slack', async () => {
		const { n8n, simulator, slack, sheets } = chain;
		const stats = { 'crm/contacts': counts(120, 118), 'crm/accounts': counts(40) };
		const first = addRun(NOON_YESTERDAY, stats);
		const everyTenSeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] } };
		const id = await n8n.api.createActive(template({ 'Every Day': everyTenSeconds }));
		await until('the first report', () => slack.messages.length >= 1);
		simulator.store.patchRun(first, { resource_stats: { 'crm/contacts': counts(200, 190) } });
		await until('the second report', () => slack.messages.length >= 2);
		await n8n.api.deactivate(id);

		expect(sheets.grid.rows[0]).toEqual(DAILY_HEADER);
		expect(sheets.written.filter((range) => range.endsWith('!1:1'))).toHaveLength(1);
		const run = {
			report_date: yesterday(),
			tenant_id: 'acme-1',
			sync_job_label: 'HubSpot CRM to warehouse',
			integration_name: 'hubspot',
			status: 'completed',
			started_at: new Date(NOON_YESTERDAY - 3_600_000).toISOString(),
			finished_at: new Date(NOON_YESTERDAY).toISOString(),
			duration_seconds: 3600,
			sync_job_run_id: first,
		};
		expect(rows()).toEqual([
			{ ...run, resource: 'crm/contacts', fetched: 120, persisted: 118 },
			{ ...run, resource: 'crm/accounts', fetched: 40, persisted: 40 },
			{ ...run, resource: 'crm/contacts', fetched: 200, persisted: 190 },
		]);
		expect(text()).toEqual([
			`*Truto syncs of ${yesterdayInWords()}:* 1 ended, 0 failed`,
			'*Records per resource*',
			'• crm/contacts: 120 fetched, 118 persisted',
			'• crm/accounts: 40 fetched, 40 persisted',
		]);
		expect(slack.messages.every(({ channel }) => channel === CHANNEL)).toBe(true);
		const hosts = simulator.requests.map(({ headers }) => headers.host);
		expect(new Set(hosts)).toEqual(new Set(['api.truto.one']));
	});

	it("has each run on the day of its end, by the workflow's clock", async () => {
		const stats = { 'crm/contacts': counts(1) };
		addRun(midnight(1) - 1, stats);
		const atBegin = addRun(midnight(1), stats);
		const atEnd = addRun(midnight(0) - 1, stats);
		addRun(midnight(0), stats);
		// Begun two days before its end.
		const long = addRun(NOON_YESTERDAY, stats, {
			created_at: new Date(midnight(2) + 1).toISOString(),
		});
		addRun(null, stats, { status: 'running' });
		addRun(null, null, { status: 'created', started_at: null });
		await report();
		expect(
			rows()
				.map(({ sync_job_run_id: id }) => id)
				.sort(),
		).toEqual([atBegin, atEnd, long].sort());
		expect(text()?.[0]).toContain('3 ended, 0 failed');
		expect(text()?.at(-1)).toBe('Still going: 2. They are reported once they have ended.');
	});

	it('has failed runs without statistics, and V4 runs without an account of their own', async () => {
		const early = addRun(NOON_YESTERDAY, null, { status: 'failed' });
		const v4 = addRun(
			NOON_YESTERDAY - 1,
			{ 'list-files': counts(7) },
			{
				sync_job_id: SYNC_JOBS.v4Files,
				integrated_account_id: null as unknown as string,
				args: { integrated_account_id: ACCOUNTS.drive },
			},
		);
		// Its account and its sync job are gone.
		const orphan = addRun(NOON_YESTERDAY - 2, {}, { integrated_account_id: fixedId('ac00', 77) });
		await report();
		expect(rows()).toMatchObject([
			{ sync_job_run_id: early, status: 'failed', resource: null, tenant_id: 'acme-1' },
			{ sync_job_run_id: v4, resource: 'list-files', tenant_id: 'adventure-works' },
			{ sync_job_run_id: orphan, resource: null, tenant_id: null },
		]);
		expect(text()).toEqual([
			`*Truto syncs of ${yesterdayInWords()}:* 3 ended, 1 failed`,
			'*Failed*',
			`• HubSpot CRM to warehouse for acme-1, run ${early}`,
			'*Records per resource*',
			'• list-files: 7 fetched, 7 persisted',
		]);
	});

	it('names the sync job even if Truto leaves it out of lists', async () => {
		chain.simulator.speak({ nestedSyncJob: 'on-get-only' });
		addRun(NOON_YESTERDAY, { 'crm/contacts': counts(1) });
		await report();
		expect(rows()).toMatchObject([
			{ sync_job_label: 'HubSpot CRM to warehouse', integration_name: 'hubspot' },
		]);
	});

	it('comes without tenants if the token may not read accounts', async () => {
		const { faults } = chain.simulator;
		faults.forPath('/integrated-account', { kind: 'status', status: 403 });
		addRun(NOON_YESTERDAY, { 'crm/contacts': counts(1) });
		await report();
		faults.clear();
		expect(rows()).toMatchObject([{ tenant_id: null, sync_job_label: 'HubSpot CRM to warehouse' }]);
	});

	it('still tells Slack on a day without runs, and leaves the sheet alone', async () => {
		await report();
		expect(text()).toEqual([`*Truto syncs of ${yesterdayInWords()}:* 0 ended, 0 failed`]);
		expect(chain.sheets.grid.rows).toEqual([]);
	});
});

describe('a sheet that people keep', () => {
	it('gets the rows by the names of its columns, in whatever order those are', async () => {
		const { grid } = chain.sheets;
		const header = ['note', 'persisted', 'resource', 'fetched'];
		grid.write(1, [header, ['mine', 1, 'crm/notes', 2]], 'RAW');
		addRun(NOON_YESTERDAY, { 'crm/contacts': counts(120, 118) });
		await report();
		expect(grid.rows.map((row) => row.slice(0, 4))).toEqual([
			header,
			['mine', 1, 'crm/notes', 2],
			[null, 118, 'crm/contacts', 120],
		]);
		// The columns that the sheet did not have come after its own.
		expect(grid.rows[0]?.slice(4)).toEqual(DAILY_HEADER.filter((name) => !header.includes(name)));
	});
});

/** Names that a sheet could take for formulas, and one that Slack could take for a mention. */
const ODD_NAMES = ['=1+2', '+A1', '-A1', '@A1', '=IMPORTXML("https://example.com")', '<!channel>'];

async function reportOddNames(cellFormat?: string): Promise<Cell[]> {
	addRun(NOON_YESTERDAY, Object.fromEntries(ODD_NAMES.map((name) => [name, counts(1)])));
	await report({ 'Append to Sheet': cellFormat ? { options: { cellFormat } } : {} });
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
