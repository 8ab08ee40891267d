import type { N8nInstance } from '../n8n-host/n8n.mts';
import type { Workflow } from '../n8n-host/workflow.mts';
import { closeToasts, type Editor } from './browser.mts';

/** The panel of a node in n8n's editor, used as a person uses it. */
export class Panel {
	private readonly editor: Editor;
	private readonly n8n: N8nInstance;
	private isNarrow = false;

	constructor(editor: Editor, n8n: N8nInstance) {
		this.editor = editor;
		this.n8n = n8n;
	}

	get output() {
		return this.editor.part('output-panel');
	}

	/**
	 * Opens a workflow, and one of its nodes. The editor stays loaded: on a busy machine, loading it anew takes
	 * 20 seconds.
	 */
	async open(workflow: Workflow, node = 'node-1'): Promise<void> {
		const { id } = await this.n8n.api.createWorkflow(workflow);
		await this.goTo('/home/workflows');
		const asked = this.editor.page.getByText('Leave without saving');
		const home = this.editor.page.getByText('Create workflow').first();
		await asked.or(home).first().waitFor();
		if (await asked.isVisible()) await asked.click();
		await home.waitFor();
		await this.goTo(`/workflow/${id}/${node}`);
		await this.editor.part('tab-params').first().waitFor();
	}

	/** As a link in the editor does. */
	private async goTo(path: string): Promise<void> {
		await this.editor.page.evaluate(
			`history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate', { state: {} }));`,
		);
	}

	/** Makes room for the output: pulls the panel over the input, which is empty. n8n remembers that. */
	async coverInput(): Promise<void> {
		if (this.isNarrow) return;
		const { page, part } = this.editor;
		const handle = await part('panel-drag-button').boundingBox();
		if (!handle) return;
		const y = handle.y + handle.height / 2;
		await page.mouse.move(handle.x + handle.width / 2, y);
		await page.mouse.down();
		await page.mouse.move(300, y, { steps: 5 });
		await page.mouse.move(60, y, { steps: 5 });
		await page.mouse.up();
		this.isNarrow = true;
	}

	/** What a list shows for some words. */
	async search(parameter: string, words: string): Promise<string[]> {
		const { page, part } = this.editor;
		await this.openList(parameter);
		if (words !== '') {
			await page.getByPlaceholder('Search...').fill(words);
			// n8n asks a moment after the last key, and shows the old list until then.
			await page.waitForTimeout(1500);
			await part('rlc-item').first().waitFor();
		}
		return await part('rlc-item').allInnerTexts();
	}

	/** While n8n loads what depends on another choice, it draws the panel anew, and a list may close again. */
	private async openList(parameter: string): Promise<void> {
		const { page, part } = this.editor;
		const input = part(`resource-locator-${parameter}`).getByTestId('rlc-input');
		const first = part('rlc-item').first();
		for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
			if (!(await page.getByPlaceholder('Search...').isVisible())) await input.click();
			const isThere = await first.waitFor({ timeout: 5_000 }).then(
				() => true,
				() => false,
			);
			if (isThere) return;
		}
		await first.waitFor();
	}

	/** Searches a list and takes the first entry that has the words in this order. */
	async choose(parameter: string, words: string): Promise<void> {
		await this.search(parameter, words);
		const entries = this.editor.part('rlc-item');
		await entries.filter({ hasText: words }).first().click();
		await entries.first().waitFor({ state: 'hidden' });
	}

	/** Adds an optional argument of the sync job. */
	async addArgument(name: string): Promise<void> {
		await this.editor.part('add-fields-select').click();
		await this.editor.page.getByText(name, { exact: true }).last().click();
	}

	/** Opens the drop-down of an argument. @returns its choices */
	async argumentChoices(name: string): Promise<string[]> {
		await this.editor.part(`parameter-input-${name}`).getByRole('combobox').click();
		const options = this.editor.page.locator('.el-select-dropdown__item:visible');
		await options.first().waitFor();
		return await options.allInnerTexts();
	}

	async selectArgument(name: string, option: string): Promise<void> {
		await this.argumentChoices(name);
		const options = this.editor.page.locator('.el-select-dropdown__item:visible');
		await options.filter({ hasText: option }).click();
		await options.first().waitFor({ state: 'hidden' });
	}

	/** Executes the step and waits for a text in its output. */
	async execute(shown: string | RegExp): Promise<void> {
		const { page, part } = this.editor;
		await part('node-execute-button').click();
		await this.output.getByText(shown).first().waitFor();
		await closeToasts(page);
	}

	/** The columns of the output that can be seen without scrolling. */
	async columns(): Promise<string[]> {
		const panel = await this.output.boundingBox();
		const heads = await this.output.locator('th').all();
		const columns: string[] = [];
		for (const head of heads) {
			const box = await head.boundingBox();
			if (!panel || !box || box.x + box.width > panel.x + panel.width) break;
			columns.push((await head.innerText()).trim());
		}
		// n8n's last one has no name.
		return columns.filter((name) => name !== '');
	}
}
