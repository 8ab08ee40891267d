import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import { OWNER } from '../n8n-host/api.mts';
import { CACHE_FOLDER } from '../n8n-host/paths.mts';

export const SCREENSHOTS = join(CACHE_FOLDER, 'screenshots');

/** n8n's editor in a headless browser, as a person sees it. */
export interface Editor {
	page: Page;
	/** A part of the editor, by the name that n8n gives it for tests. */
	part(name: string): Locator;
	/** Saves what is to be seen as `.cache/screenshots/<name>.png`. */
	shot(name: string): Promise<void>;
	close(): Promise<void>;
}

/** Debian's Chromium, and what GitHub's machines have. */
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/google-chrome'];

export const BROWSER = BROWSERS.find(existsSync);

/** Opens the editor and signs in. Calls of the browser's own to the outside are off. */
export async function openEditor(url: string): Promise<Editor> {
	selectors.setTestIdAttribute('data-test-id');
	const browser: Browser = await chromium.launch({
		executablePath: BROWSER,
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
	const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
	page.setDefaultTimeout(30_000);
	// On a busy machine, the editor alone takes more than half a minute to load.
	page.setDefaultNavigationTimeout(60_000);
	await page.goto(`${url}/signin`);
	await page.locator('input[type=email]').fill(OWNER.email);
	await page.locator('input[type=password]').fill(OWNER.password);
	await page.locator('input[type=password]').press('Enter');
	await page.waitForURL((address) => !address.pathname.includes('signin'));
	return {
		page,
		part: (name) => page.getByTestId(name),
		shot: async (name) => {
			mkdirSync(SCREENSHOTS, { recursive: true });
			await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
		},
		close: async () => await browser.close(),
	};
}

/** Uses an editor and closes it, even if the use fails: an open browser would keep Jest from ending. */
export async function withEditor(
	url: string,
	use: (editor: Editor) => Promise<void>,
): Promise<void> {
	const editor = await openEditor(url);
	try {
		await use(editor);
	} catch (error) {
		await editor.shot('failed');
		throw error;
	} finally {
		await editor.close();
	}
}
