import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { chain } from '../n8n-host/workflow.mts';
import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { closeToasts, openEditor, type Editor } from './browser.mts';
import { fromLists, workflowWith } from './panel-nodes.mts';
import { PANEL_ROWS } from './panel-rows.mts';
import { Panel } from './panel.mts';
import { triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

let world: World;
let editor: Editor;
let panel: Panel;

beforeAll(async () => {
	world = await startWorld({ editor: true, simulator: { seed: 'month' } });
	editor = await openEditor(world.n8n);
	panel = new Panel(editor, world.n8n);
});

afterAll(async () => {
	await editor.close();
	await world.close();
});

const withTruto = (parameters: Record<string, unknown> = {}) => workflowWith(world, parameters);

describe('somebody new', () => {
	it('finds the node in the panel, and splits a run', async () => {
		const { page, part } = editor;
		await page.goto(`${world.n8n.url}/workflow/new`);
		await page.getByText('Add first step').waitFor();
		// The shortcut works a moment after the canvas is there.
		await page.waitForTimeout(1500);
		await page.keyboard.press('n');
		await page.waitForTimeout(500);
		await page.keyboard.type('failed sync');
		const found = part('item-iterator-item');
		await found.filter({ hasText: 'Truto Polling' }).waitFor();
		expect((await found.allInnerTexts())[0]).toMatch(/^Truto\n/);
		await editor.shot('node-search');
		await found.first().click();
		// n8n shows the triggers first.
		await page.getByText(/^Actions \(/).click();
		const action = page.getByText('Get a sync job run', { exact: true });
		await action.scrollIntoViewIfNeeded();
		await editor.shot('node-panel');
		await action.click();
		await part('node-execute-button').waitFor();
		await panel.coverInput();
		await panel.search('syncJobRunId', RUNS.fiveResources);
		await part('rlc-item').first().click();
		await part('parameter-input-splitResourceStats').locator('.el-switch').first().click();
		// The switch slides, and what belongs to it fades in.
		await page.getByText('Split By').waitFor();
		await page.waitForTimeout(600);
		await editor.shot('get-filled');
		await panel.execute('crm/contacts');
		expect(await panel.columns()).toEqual(
			expect.arrayContaining(['resource', 'methods', 'fetched', 'persisted']),
		);
		await editor.shot('get-split');
	});

	it('finds a failed run by words, and sees why it failed and who acts', async () => {
		await panel.open(withTruto({ operation: 'diagnose' }));
		await panel.coverInput();
		const found = await panel.search('syncJobRunId', 'pipedrive failed');
		expect(found.length).toBeGreaterThan(0);
		expect(found.every((name) => /pipedrive/i.test(name) && /failed/i.test(name))).toBe(true);
		await editor.shot('list-search');
		await panel.search('syncJobRunId', RUNS.failedReauth);
		await editor.part('rlc-item').first().click();
		await panel.execute('end_user');
		expect(await panel.columns()).toEqual(
			expect.arrayContaining(['verdict', 'who_acts', 'next_step']),
		);
		await editor.shot('diagnose');
	});

	it('starts a sync with arguments: true or false is a choice, and nothing is on unasked', async () => {
		const { page, part } = editor;
		await panel.open(withTruto({ operation: 'start' }));
		await panel.coverInput();
		await panel.choose('syncJobId', 'Pipedrive to warehouse');
		await panel.choose('integratedAccountId', 'northwind');
		await page.getByText('start_date *').waitFor();
		await panel.addArgument('datastore_id');
		await panel.selectArgument('datastore_id', 'Warehouse landing zone');
		await panel.addArgument('include_archived');
		expect(await panel.argumentChoices('include_archived')).toEqual(['True', 'False']);
		await editor.shot('boolean-argument');
		await page.keyboard.press('Tab');
		const date = part('resource-mapper-container').getByPlaceholder('Select date and time');
		await date.fill('2025-10-01 00:00:00');
		await date.press('Enter');
		world.simulator.clearRequests();
		await panel.execute('created');
		await editor.shot('start');
		const [post] = world.simulator.requests.filter(({ method }) => method === 'POST');
		expect(post?.body).toMatchObject({
			args: { start_date: '2025-10-01', integrated_account_id: ACCOUNTS.pipedrive },
		});
		expect(post?.body).not.toHaveProperty('args.include_archived');
		expect((await panel.columns())[0]).toBe('status');
	});

	it('who chooses another job cannot start it for the account of the first one', async () => {
		world.simulator.clearRequests();
		await panel.choose('syncJobId', 'BambooHR');
		await panel.execute(
			/^The sync job is for bamboohr, but the integrated account is connected to pipedrive/,
		);
		await editor.shot('other-integration');
		expect(world.simulator.requests.filter(({ method }) => method === 'POST')).toEqual([]);
	});

	it('is told first that Truto refuses an account that is blocked', async () => {
		const chosen = await fromLists(world, {
			syncJobId: { method: 'searchSyncJobs', id: SYNC_JOBS.failing },
			integratedAccountId: { method: 'searchIntegratedAccounts', id: ACCOUNTS.blocked },
		});
		await panel.open(withTruto({ operation: 'start', ...chosen }));
		await panel.coverInput();
		await panel.execute(/^The integrated account is blocked \(503\)/);
		await panel.output.getByText('Truto refused the request.').waitFor();
		await editor.shot('start-blocked');
	});

	it('sets a state back by choosing job, account, entry and date', async () => {
		await panel.open(withTruto({ resource: 'syncJobState', operation: 'set' }));
		await panel.choose('syncJobId', 'Pipedrive to warehouse');
		await panel.choose('integratedAccountId', 'northwind');
		await panel.choose('key', 'last_synced_at');
		const date = editor.part('parameter-input-date').locator('input');
		await date.fill('2026-11-20 00:00:00');
		await date.press('Enter');
		await panel.execute('last_synced_at');
		expect(await panel.columns()).toEqual([
			...['key', 'value_before', 'value', 'updated_at', 'state_key'],
		]);
		await editor.shot('state-set');
		const states = [...world.simulator.store.runStates.values()];
		const state = states.find(({ state_key }) => state_key === ACCOUNTS.pipedrive);
		expect(state?.value).toMatch(/^2026-11-(19|20)T\d\d:00:00\.000Z$/);
	});

	it('is told which filters are empty, and the way out', async () => {
		const filters = { tenantId: '', integrationName: '' };
		await panel.open(withTruto({ resource: 'integratedAccount', operation: 'getAll', filters }));
		await panel.execute("'Integration Name' and 'Tenant ID' are empty");
		await panel.output.getByText('Enter a value or remove the filter.').waitFor();
		await editor.shot('empty-filters');
	});

	it('sees that a run has nothing to split yet', async () => {
		world.simulator.store.addRun({ id: RUNS.noStats, status: 'running', resource_stats: null });
		const chosen = await fromLists(world, {
			syncJobRunId: { method: 'searchSyncJobRuns', id: RUNS.noStats },
		});
		await panel.open(withTruto({ ...chosen, splitResourceStats: true }));
		await panel.execute('hubspot');
		expect(await panel.columns()).toEqual(expect.arrayContaining(['resource', 'methods']));
		await editor.shot('empty-split');
	});

	it('is told what to do if an agent chooses the sync job', async () => {
		const job = { __rl: true, mode: 'id', value: "={{ $fromAI('sync_job') }}" };
		await panel.open(
			chain('Tool', {
				name: 'Start a Sync',
				type: 'n8n-nodes-truto.trutoTool',
				parameters: { operation: 'start', syncJobId: job },
				credentials: { trutoApi: world.credential },
			}),
			'node-0',
		);
		await editor.page.getByText("set 'Specify Arguments' to 'Using JSON'").waitFor();
		await editor.shot('tool');
	});
});

describe('each operation shows what people look for', () => {
	it.each(PANEL_ROWS)('$name', async ({ name, parameters, chosen, columns, shown }) => {
		await panel.open(withTruto({ ...parameters, ...(await fromLists(world, chosen)) }));
		await panel.coverInput();
		await panel.execute(shown);
		await editor.shot(name);
		expect(await panel.columns()).toEqual(expect.arrayContaining(columns));
	});
});

describe('the triggers', () => {
	it('the trigger says what to use without a public address, and shows its events', async () => {
		const { page } = editor;
		const trutoApi = world.credential;
		const workflow = chain('Failed syncs', triggerNode(trutoApi), {
			name: 'Diagnose',
			type: 'n8n-nodes-truto.truto',
			parameters: {
				operation: 'diagnose',
				syncJobRunId: { __rl: true, mode: 'id', value: '={{ $json.sync_job_run_id }}' },
			},
			credentials: { trutoApi },
		});
		await panel.open(workflow, 'node-0');
		await page.getByText('If your n8n has none, use the Truto Polling Trigger').waitFor();
		await editor.part('node-execute-button').click();
		const toast = page.locator('.el-notification');
		await toast.getByText('use the Truto Polling Trigger, or set').waitFor();
		// It slides in.
		await page.waitForTimeout(600);
		await editor.shot('trigger-refused');
		await closeToasts(page);
		await editor.part('ndv-close-button').click();
		await page.getByText('Run Completed, Run Failed').waitFor();
		// The canvas fades in.
		await page.waitForTimeout(1000);
		await editor.shot('trigger-canvas');
	});

	it('the polling trigger fetches a run, and its subtitle names its events', async () => {
		const polling = {
			name: 'Truto Polling Trigger',
			type: 'n8n-nodes-truto.trutoPollingTrigger',
			parameters: {
				pollTimes: { item: [{ mode: 'everyX', unit: 'minutes', value: 5 }] },
				splitResourceStats: true,
			},
			credentials: { trutoApi: world.credential },
		};
		await panel.open(chain('Ended syncs', polling), 'node-0');
		await editor.page.getByText('Fetch Test Event').first().click();
		await panel.output.getByText('crm/contacts').first().waitFor();
		expect(await panel.columns()).toEqual(expect.arrayContaining(['resource', 'fetched']));
		// n8n's hint about pinning goes with a click, and its toast after a moment.
		await panel.output.getByText('items').first().click();
		await editor.page.waitForTimeout(6000);
		await editor.shot('polling-trigger');
		await editor.part('ndv-close-button').click();
		await editor.page.getByText('Run Completed, Run Failed').waitFor();
	});
});
