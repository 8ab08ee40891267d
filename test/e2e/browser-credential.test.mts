import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';

import { VALID_TOKEN, WRONG_TOKEN } from '../simulator/index.mts';
import { closeToasts, withEditor } from './browser.mts';
import { startWorld, type World } from './world.mts';

jest.setTimeout(300_000);

/** Of the browser's elements, what the test needs. */
interface Animated {
	getAnimations(options: { subtree: boolean }): { finished: Promise<unknown> }[];
}

let world: World;

beforeAll(async () => {
	world = await startWorld({ editor: true });
});

afterAll(async () => {
	await world.close();
});

it('the credential asks for a token, knows the address of Truto, and says what is wrong', async () => {
	await withEditor(world.n8n, async ({ page, part, shot }) => {
		await page.goto(`${world.n8n.url}/home/credentials/create`);
		await part('new-credential-type-select').click();
		await page.keyboard.type('Truto');
		await part('new-credential-type-select-option').filter({ hasText: 'Truto API' }).click();
		await part('new-credential-type-button').click();
		const dialog = part('credential-edit-dialog');
		await dialog.locator('input[type=password]').fill(VALID_TOKEN);
		const values = await dialog
			.locator('input')
			.evaluateAll((inputs: { value: string }[]) => inputs.map(({ value }) => value));
		expect(values).toContain('https://api.truto.one');
		// The dialog fades in.
		await page.locator('body').evaluate(async (shown: Animated) => {
			const fading = shown.getAnimations({ subtree: true });
			await Promise.allSettled(fading.map(async ({ finished }) => await finished));
		});
		await shot('credential');

		const address = dialog.locator('input[type=text]').first();
		const test = async (url: string, shown: string) => {
			await address.fill(url);
			await part('credential-save-button').click();
			await closeToasts(page);
			await dialog.getByText(shown, { exact: true }).waitFor();
		};
		await dialog.locator('input[type=password]').fill(WRONG_TOKEN);
		await test(world.simulator.url, 'More details');
		await dialog.getByText('More details').click();
		await dialog.getByText(/^Truto did not accept the API token\. It may be mistyped/).waitFor();
		await shot('credential-token');
		await test('http://127.0.0.1:9', 'ECONNREFUSED');
		await test('api.truto.one', 'ERR_INVALID_URL');
		await shot('credential-address');
	});
});
