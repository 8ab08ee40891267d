import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { shownImages } from '../../scripts/shown-images.mts';

it('every image that is shown is there, and every image is shown', () => {
	const images = readdirSync('docs/images').map((file) => join('docs/images', file));
	expect(images.length).toBeGreaterThan(5);
	expect(shownImages()).toEqual(images.sort());
});
