import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { Truto } from '../../nodes/Truto/Truto.node';
import { TrutoTrigger } from '../../nodes/TrutoTrigger/TrutoTrigger.node';
import { pagesOf, upToDate } from '../../scripts/docs/pages.mts';

const ROOT = process.cwd();
const pages = pagesOf(new Truto().description, [new TrutoTrigger().description]);

describe('the documents', () => {
	it.each(pages)('$file lists the parameters as they are', async (page) => {
		expect(readFileSync(join(ROOT, page.file), 'utf8')).toBe(await upToDate(ROOT, page));
	});
});
