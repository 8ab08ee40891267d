import { expect } from '@jest/globals';

import type { N8nInstance } from '../n8n-host/n8n.mts';
import type { Workflow } from '../n8n-host/workflow.mts';
import type { Editor } from './browser.mts';

/**
 * Executes a workflow in the editor, as a person would, and takes its picture.
 *
 * @param succeeding how many nodes must have succeeded in the end
 */
export async function executeOnCanvas(
	{ api, url }: N8nInstance,
	{ page, part, shot }: Editor,
	workflow: Workflow,
	succeeding: number,
	picture: string,
): Promise<void> {
	const { id } = await api.createWorkflow(workflow);
	await page.goto(`${url}/workflow/${id}`);
	await part('execute-workflow-button').click();
	const successes = part('canvas-node-status-success');
	await successes.nth(succeeding - 1).waitFor();
	// Zooms to fit, and moves there.
	await page.keyboard.press('1');
	await page.waitForTimeout(1000);
	expect(await successes.count()).toBe(succeeding);
	await page.locator('.el-notification__closeBtn').click();
	await page.waitForTimeout(500);
	await shot(picture);
}
