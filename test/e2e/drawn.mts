import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { BROWSER, SCREENSHOTS } from './browser.mts';

/**
 * Takes a picture of what arrived somewhere.
 *
 * @param html with an element `#picture`
 */
export async function takePicture(name: string, html: string): Promise<void> {
	const browser = await chromium.launch({
		executablePath: BROWSER,
		args: ['--no-sandbox', '--disable-gpu'],
	});
	try {
		const page = await browser.newPage({ deviceScaleFactor: 2 });
		await page.setContent(html);
		mkdirSync(SCREENSHOTS, { recursive: true });
		await page.locator('#picture').screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
	} finally {
		await browser.close();
	}
}
