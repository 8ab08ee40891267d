import { describe, expect, it } from '@jest/globals';

import { Truto } from '../../nodes/Truto/Truto.node';
import { TrutoPollingTrigger } from '../../nodes/TrutoPollingTrigger/TrutoPollingTrigger.node';
import { TrutoTrigger } from '../../nodes/TrutoTrigger/TrutoTrigger.node';
import { pagesOf, tablesFor, tablesIn } from '../../scripts/docs/pages.mts';

const ROOT = process.cwd();
const pages = pagesOf(new Truto().description, [
	new TrutoTrigger().description,
	new TrutoPollingTrigger().description,
]);

describe('the documents', () => {
	it.each(pages)('$file lists the parameters as they are', (page) => {
		// By "npm run docs".
		expect(tablesIn(ROOT, page)).toBe(tablesFor(page));
	});
});
