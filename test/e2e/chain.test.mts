import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { CHANNEL, startChain, type Chain } from '../chain/index.mts';
import { drawMail, drawSheet, drawSlack } from '../chain/draw.mts';
import { htmlOf, startMail, type MailServer } from '../chain/mail.mts';
import { markupOf } from '../chain/slack-blocks.mts';
import { fillIn, sheetRows, until, type Changes } from '../chain/template.mts';
import { DEFAULT_DIALECT, fixedId, UNLIKELY_DIALECT } from '../simulator/index.mts';
import { customerAccount, HEALTH_CUSTOMERS, seedHealth } from '../simulator/seed-health.mts';
import { takePicture } from './drawn.mts';

jest.setTimeout(300_000);

const NO_MESSAGE = { channel: '', text: 'Nothing arrived' };

let chain: Chain;
let mail: MailServer;

beforeAll(async () => {
	chain = await startChain();
	mail = await startMail();
});

afterAll(async () => {
	await chain.close();
	await mail.close();
});

beforeEach(() => {
	const { store } = chain.simulator;
	chain.simulator.speak(DEFAULT_DIALECT);
	for (const things of [store.runs, store.syncJobs, store.integratedAccounts, store.cronTriggers]) {
		things.clear();
	}
	seedHealth(store, 200);
	chain.slack.messages.length = 0;
	chain.sheets.reset();
});

const ZONE = { timezone: 'Asia/Kathmandu' };
const rows = () => sheetRows(chain.sheets);
const sections = () =>
	(chain.slack.messages[0]?.blocks ?? []).flatMap(({ text }) => (text ? [text.text] : []));

/** A row of the sheet in short. */
const verdicts = () =>
	rows().map((row) => [row.tenant_id, row.sync_job_label, row.health, row.who_acts].join(', '));

const PROBLEMS = [
	'customer-005, HubSpot tickets, reconnect, end_user',
	'customer-003, HubSpot deals, stuck, truto_support',
	'customer-001, HubSpot contacts, failing, job_owner',
	'customer-002, HubSpot tickets, late, job_owner',
];
const UNDER_WAY = [
	'customer-006, HubSpot deals, running, nobody',
	'customer-007, HubSpot contacts, never_ran, nobody',
];

async function report(changes: Changes = {}): Promise<void> {
	const workflow = fillIn(chain.choices, 'daily-sync-report.json', changes, ZONE);
	const execution = await chain.n8n.api.run(workflow);
	expect(execution.error).toBeUndefined();
}

describe('Daily sync report', () => {
	it('runs by its schedule: what is broken in Slack, all 200 customers in the sheet', async () => {
		const { n8n, simulator, slack } = chain;
		const everyTenSeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 10 }] } };
		const id = await n8n.api.createActive(
			fillIn(chain.choices, 'daily-sync-report.json', { 'Every Day': everyTenSeconds }, ZONE),
		);
		await until('the report', () => slack.messages.length >= 1 && rows().length >= 200);
		await n8n.api.deactivate(id);

		expect(slack.messages[0]?.channel).toBe(CHANNEL);
		expect(slack.messages[0]?.text).toBe('5 of 200 syncs need attention');
		const [headline, ...named] = sections();
		expect(headline).toBe('5 of 200 syncs need attention');
		expect(named).toEqual([
			expect.stringMatching(
				/^\*customer-005: HubSpot tickets\* has needed reconnecting since .*\nAsk /,
			),
			expect.stringMatching(
				/^\*customer-003: HubSpot deals\* has been stuck since .*\nSend the run's ID /,
			),
			expect.stringMatching(
				/^\*customer-001: HubSpot contacts\* has been failing since .* \(3 failed runs in a row\)\nUse 'Diagnose' /,
			),
			expect.stringMatching(
				/^\*customer-002: HubSpot tickets\* has been late since .*\nCheck the schedule /,
			),
			expect.stringMatching(
				/^\*customer-004: HubSpot contacts\* has been losing records since .*\nCheck /,
			),
		]);
		const sheet = rows().slice(0, 200);
		expect(sheet[2]).toMatchObject({
			report_date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
			health: 'failing',
			tenant_id: 'customer-001',
			sync_job_label: 'HubSpot contacts',
			failures_in_a_row: 3,
			fetched: 200,
			integrated_account_id: customerAccount(HEALTH_CUSTOMERS.failing),
		});
		const [first, rest] = [verdicts().slice(0, 7), verdicts().slice(7, 200)];
		const losing = 'customer-004, HubSpot contacts, losing_records, job_owner';
		expect(first).toEqual([...PROBLEMS, losing, ...UNDER_WAY]);
		expect(rest.filter((verdict) => verdict.endsWith(', healthy, nobody'))).toHaveLength(193);
		await takePicture('slack-daily-sync-report', drawSlack(slack.messages[0] ?? NO_MESSAGE));
		await takePicture('sheet-daily-sync-report', drawSheet(chain.sheets.grid, 9, 7));
		const hosts = simulator.requests.map(({ headers }) => headers.host);
		expect(new Set(hosts)).toEqual(new Set(['api.truto.one']));
	});

	it('says the same where every doubt about Truto is in its unlikely form', async () => {
		chain.simulator.speak(UNLIKELY_DIALECT);
		await report();

		// The bare numbers of this Truto don't say what they count, so nobody can see what customer-004 loses.
		expect(chain.slack.messages[0]?.text).toBe('4 of 200 syncs need attention');
		const [, ...named] = sections();
		expect(named.map((section) => section.split(/ since | \(/)[0])).toEqual([
			'*customer-005: HubSpot tickets* has needed reconnecting',
			'*customer-003: HubSpot deals* has been stuck',
			'*customer-001: HubSpot contacts* has been failing',
			'*customer-002: HubSpot tickets* has been late',
		]);
		expect(verdicts().slice(0, 7)).toEqual([
			...[...PROBLEMS, ...UNDER_WAY],
			'customer-004, HubSpot contacts, healthy, nobody',
		]);
		expect(verdicts()).toHaveLength(200);
		expect(rows()[2]).toMatchObject({ failures_in_a_row: 3, fetched: null, persisted: null });
	});

	it('comes without customers if the token may not read accounts', async () => {
		const { faults } = chain.simulator;
		faults.forPath('/integrated-account', { kind: 'status', status: 403 });
		await report();
		faults.clear();
		expect(rows()[0]).toMatchObject({ tenant_id: null, sync_job_label: 'HubSpot deals' });
	});

	it('also comes if there is nothing to report, and leaves the sheet alone', async () => {
		const { store } = chain.simulator;
		store.runs.clear();
		store.cronTriggers.clear();
		await report();
		expect(sections()).toEqual(['No syncs were found']);
		expect(chain.sheets.grid.rows).toEqual([]);
	});

	it('gives a sheet that people keep its rows by the names of its columns', async () => {
		const { grid } = chain.sheets;
		const header = ['note', 'health', 'tenant_id'];
		grid.write(1, [header, ['mine', 'healthy', 'globex-7']], 'RAW');
		await report({ Syncs: { filters: { tenantId: 'customer-001' } } });
		expect(grid.rows.map((row) => row.slice(0, 3))).toEqual([
			header,
			['mine', 'healthy', 'globex-7'],
			[null, 'failing', 'customer-001'],
		]);
	});

	it('takes no name for a formula, a link or a mention', async () => {
		const { store } = chain.simulator;
		const names = [
			'=1+2',
			'+A1',
			'-A1',
			'@A1',
			'=IMPORTXML("https://example.com")',
			'<!channel> *x*',
		];
		for (const [index, name] of names.entries()) {
			const id = fixedId('acee', index + 1);
			store.addIntegratedAccount({ id, tenant_id: name });
			store.addRun({ status: 'failed', integrated_account_id: id });
		}
		await report();
		expect(rows().map(({ tenant_id: name }) => name)).toEqual(expect.arrayContaining(names));
		expect(markupOf(chain.slack.messages[0]?.blocks ?? [])).toEqual([]);
		expect(sections().join('\n')).toContain('*&lt;!channel&gt; ∗x∗: ');
	});
});

describe('Morning email', () => {
	it('sends the table', async () => {
		const smtp = { host: '127.0.0.1', port: mail.port, secure: false, disableStartTls: true };
		const credential = await chain.n8n.api.createCredential('Mail', 'smtp', smtp);
		const addresses = { fromEmail: 'n8n@example.com', toEmail: 'ops@example.com' };
		const workflow = fillIn(
			chain.choices,
			'morning-e-mail.json',
			{ 'Send Email': addresses },
			ZONE,
		);
		const nodes = workflow.nodes.map((node) =>
			node.name === 'Send Email' ? { ...node, credentials: { smtp: credential } } : node,
		);
		const execution = await chain.n8n.api.run({ ...workflow, nodes });
		expect(execution.error).toBeUndefined();
		expect(mail.mails).toHaveLength(1);
		expect(mail.mails[0]).toContain('Subject: Truto: 5 of 200 syncs need attention');
		const html = htmlOf(mail.mails[0] ?? '');
		expect(html).toContain('customer-001');
		await takePicture(
			'mail-morning-e-mail',
			drawMail('Truto: 5 of 200 syncs need attention', html),
		);
		expect(html.match(/<tr/g)).toHaveLength(6);
	});
});

describe('Alert once per problem', () => {
	it('says each thing once, and when it is over', async () => {
		const { n8n, simulator, slack } = chain;
		const often = { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } };
		const id = await n8n.api.createActive(
			fillIn(chain.choices, 'alert-once-per-problem.json', { 'Every 15 Minutes': often }, ZONE),
		);
		const heads = () => slack.messages.map(({ text }) => text.split('\n')[0]);
		const before = [
			'*Needs attention:* customer-005, HubSpot tickets (reconnect)',
			'*Needs attention:* customer-003, HubSpot deals (stuck)',
			'*Needs attention:* customer-001, HubSpot contacts (failing)',
			'*Needs attention:* customer-002, HubSpot tickets (late)',
			'*Needs attention:* customer-004, HubSpot contacts (losing records)',
			'*Works again:* customer-008, HubSpot tickets (healthy)',
		];
		await until('the first alerts', () => slack.messages.length >= 6);
		const checks = () => simulator.requests.filter(({ path }) => path === '/sync-job').length;
		const soFar = checks();
		await until('two more checks', () => checks() >= soFar + 3);
		expect(heads()).toEqual(before);

		simulator.store.addRun({
			status: 'completed',
			sync_job_id: [...simulator.store.syncJobs.keys()][0],
			integrated_account_id: customerAccount(HEALTH_CUSTOMERS.failing),
		});
		await until('that it is over', () => slack.messages.length >= 7);
		await n8n.api.deactivate(id);
		expect(heads()).toEqual([...before, '*Works again:* customer-001, HubSpot contacts (healthy)']);
		await takePicture('slack-alert-once-per-problem', drawSlack(slack.messages[2] ?? NO_MESSAGE));
	});
});
