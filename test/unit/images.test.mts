import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { shownImages } from '../../scripts/shown-images.mts';

it('every image that is shown is there, and every image is shown', () => {
	const images = readdirSync('docs/images').map((file) => join('docs/images', file));
	expect(images.length).toBeGreaterThan(5);
	expect(shownImages()).toEqual(images.sort());
});

it('the README shows images by addresses that npm can show', () => {
	const addresses = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
	expect(addresses.length).toBeGreaterThan(1);
	for (const [, address] of addresses) expect(address).toMatch(/^https:\/\//);
});
