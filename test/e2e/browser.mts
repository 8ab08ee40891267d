import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium, selectors, type Browser, type Locator, type Page } from 'playwright-core';

import type { N8nInstance } from '../n8n-host/n8n.mts';
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

/** A browser that is signed in to n8n. Calls of its own to the outside are off. */
export async function openEditor({ url, api }: N8nInstance): Promise<Editor> {
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
	page.setDefaultTimeout(90_000);
	// On a busy machine, the editor alone takes more than half a minute to load.
	page.setDefaultNavigationTimeout(90_000);
	const cookies = api.session.split('; ').map((cookie) => cookie.split('='));
	const session = cookies.map(([name = '', value = '']) => ({ name, value, url }));
	await page.context().addCookies(session);
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

/** Waits for what n8n says in a corner for a while, such as that something has succeeded, and closes it. */
export async function closeToasts(page: Page): Promise<void> {
	const toasts = page.locator('.el-notification__closeBtn');
	await toasts.first().waitFor();
	await toasts.evaluateAll((buttons: { click(): void }[]) => {
		for (const button of buttons) button.click();
	});
	await toasts.first().waitFor({ state: 'detached' });
}

/** Uses an editor and closes it, even if the use fails: an open browser would keep Jest from ending. */
export async function withEditor(
	n8n: N8nInstance,
	use: (editor: Editor) => Promise<void>,
): Promise<void> {
	const editor = await openEditor(n8n);
	try {
		await use(editor);
	} catch (error) {
		await editor.shot('failed');
		throw error;
	} finally {
		await editor.close();
	}
}
