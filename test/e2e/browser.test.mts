import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';

import { byId, chain, manualTrigger, trutoNode } from '../n8n-host/workflow.mts';
import { RUNS } from '../simulator/index.mts';
import { openEditor, type Editor } from './browser.mts';
import { PANEL_ROWS } from './panel-rows.mts';
import { triggerNode } from './trigger.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(180_000);

let world: World;
let editor: Editor;

beforeAll(async () => {
	world = await startWorld({ simulator: { seed: 'month' } });
	editor = await openEditor(world.n8n.url);
});

afterAll(async () => {
	await editor.close();
	await world.close();
});

const output = () => editor.part('output-panel');

/** Opens a workflow with one Truto node, and the node in it. */
async function openNode(name: string, parameters: Record<string, unknown>): Promise<void> {
	const workflow = chain(name, manualTrigger(), trutoNode(parameters, world.credential));
	const { id } = await world.n8n.api.createWorkflow(workflow);
	// The address of a node in the editor; chain() names the second node so.
	await editor.page.goto(`${world.n8n.url}/workflow/${id}/node-1`);
	await editor.part('node-execute-button').waitFor();
}

async function execute(): Promise<void> {
	await editor.part('node-execute-button').click();
	await closeToasts();
}

/** n8n says that a node has been executed: above the output, and only for a while. */
async function closeToasts(): Promise<void> {
	const toasts = editor.page.locator('.el-notification__closeBtn');
	await toasts.first().waitFor();
	await toasts.evaluateAll((buttons: { click(): void }[]) =>
		buttons.forEach((button) => button.click()),
	);
	await toasts.first().waitFor({ state: 'detached' });
}

/** The columns of the output that are to be seen without scrolling. */
async function columnsOnScreen(): Promise<string[]> {
	const panel = await output().boundingBox();
	const heads = await output().locator('th').all();
	const columns: string[] = [];
	for (const head of heads) {
		const box = await head.boundingBox();
		if (!panel || !box || box.x + box.width > panel.x + panel.width) break;
		columns.push((await head.innerText()).trim());
	}
	return columns;
}

describe('the node in the editor', () => {
	it('is found in the panel, filled, executed, and shows its rows', async () => {
		const { page, part } = editor;
		await page.goto(`${world.n8n.url}/workflow/new`);
		await page.getByText('Add first step').waitFor();
		// The shortcut works a moment after the canvas is there.
		await page.waitForTimeout(1500);
		await page.keyboard.press('n');
		await page.waitForTimeout(500);
		await page.keyboard.type('truto');
		await part('item-iterator-item').filter({ hasText: 'Truto' }).first().click();
		// n8n shows the triggers first.
		await page.getByText(/^Actions \(/).click();
		const action = page.getByText('Get a sync job run', { exact: true });
		await action.scrollIntoViewIfNeeded();
		await editor.shot('node-panel');
		await action.click();

		await part('rlc-input').click();
		await page.getByPlaceholder('Search...').fill(RUNS.fiveResources);
		await part('rlc-item')
			.filter({ hasText: RUNS.fiveResources.slice(-8) })
			.click();
		await part('parameter-input-splitResourceStats').locator('.el-switch').first().click();
		await editor.shot('get-filled');
		await execute();
		await output().getByText('crm/contacts').first().waitFor();
		expect(await output().getByText('5 items').count()).toBeGreaterThan(0);
		expect(await columnsOnScreen()).toEqual(
			expect.arrayContaining(['resource', 'methods', 'fetched', 'persisted']),
		);
		await editor.shot('get-split');
	});

	it('lists runs, searches them, and loads more as one scrolls', async () => {
		const many = world.simulator.store.addManyRuns(250, { status: 'stopped' });
		await openNode('list', { syncJobRunId: { __rl: true, mode: 'list', value: '' } });
		const entries = editor.part('rlc-item');
		await editor.part('rlc-input').click();
		await entries.first().waitFor();
		const before = await entries.count();
		for (let tries = 0; tries < 50 && (await entries.count()) === before; tries++) {
			await entries.last().scrollIntoViewIfNeeded();
			await editor.page.waitForTimeout(100);
		}
		expect(await entries.count()).toBeGreaterThan(before);
		await editor.page.getByPlaceholder('Search...').fill('failed');
		await editor.page.waitForTimeout(1500);
		const names = await entries.allInnerTexts();
		expect(names.length).toBeGreaterThan(0);
		expect(names.every((name) => name.includes('failed'))).toBe(true);
		await editor.shot('list-search');
		await editor.page.getByPlaceholder('Search...').fill('no such run');
		await editor.page.getByText('match "no such run"').waitFor();
		for (const id of many) world.simulator.store.removeRun(id);
	});

	it('says so when a run has nothing to split', async () => {
		world.simulator.store.addRun({ id: RUNS.noStats, status: 'running', resource_stats: null });
		await openNode('empty', { syncJobRunId: byId(RUNS.noStats), splitResourceStats: true });
		await execute();
		await output().getByText('hubspot').first().waitFor();
		expect(await columnsOnScreen()).toEqual(expect.arrayContaining(['resource', 'methods']));
		await editor.shot('empty-split');
		world.simulator.store.removeRun(RUNS.noStats);
	});
});

describe('the trigger', () => {
	it('stands on the canvas, and asks which events start the workflow', async () => {
		const { page } = editor;
		const workflow = chain(
			'trigger',
			triggerNode(world.credential),
			trutoNode(
				{ operation: 'diagnose', syncJobRunId: byId('={{ $json.sync_job_run_id }}') },
				world.credential,
			),
		);
		const { id } = await world.n8n.api.createWorkflow(workflow);
		await page.goto(`${world.n8n.url}/workflow/${id}`);
		await page.getByText('Run Completed, Run Failed').waitFor();
		// The canvas fades in.
		await page.waitForTimeout(1000);
		await editor.shot('trigger-canvas');
		await page.goto(`${world.n8n.url}/workflow/${id}/node-0`);
		await page.getByText('Split Resource Stats').waitFor();
		await editor.shot('trigger');
	});

	it('may also ask Truto at regular times', async () => {
		const polling = {
			name: 'Truto Polling Trigger',
			type: 'n8n-nodes-truto.trutoPollingTrigger',
			parameters: {
				pollTimes: { item: [{ mode: 'everyX', unit: 'minutes', value: 5 }] },
				splitResourceStats: true,
			},
			credentials: { trutoApi: world.credential },
		};
		const { id } = await world.n8n.api.createWorkflow(chain('polling', polling));
		await editor.page.goto(`${world.n8n.url}/workflow/${id}/node-0`);
		await editor.page.getByText('Fetch Test Event').first().click();
		await output().getByText('crm/contacts').first().waitFor();
		await closeToasts();
		// n8n's hint about pinning goes with a click.
		await output().getByText('3 items').click();
		await editor.page.getByText('You can pin this output').waitFor({ state: 'hidden' });
		expect(await columnsOnScreen()).toEqual(expect.arrayContaining(['resource', 'fetched']));
		await editor.shot('polling-trigger');
	});
});

describe('each operation shows what it gives', () => {
	it.each(PANEL_ROWS)('$name', async ({ name, parameters, columns, shown }) => {
		await openNode(name, parameters);
		await execute();
		await output().getByText(shown).first().waitFor();
		await editor.shot(name);
		expect(await columnsOnScreen()).toEqual(expect.arrayContaining(columns));
	});
});
