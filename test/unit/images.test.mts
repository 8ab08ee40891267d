import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from '@jest/globals';

import { shownImages } from '../../scripts/shown-images.mts';

it('every image that is shown is there, and every image is shown', () => {
	const images = readdirSync('docs/images').map((file) => join('docs/images', file));
	expect(images.length).toBeGreaterThan(5);
	expect(shownImages()).toEqual(images.sort());
});

/** What arrives at people, as a test draws it. */
const ARRIVES = /^(slack|sheet|mail)-(.+)\.png$/;

it('each template ends in a picture of what arrives, which a test takes', () => {
	const files = readdirSync('test/e2e').filter((file) => file.startsWith('chain'));
	const tests = files.map((file) => readFileSync(join('test/e2e', file), 'utf8')).join('\n');
	const pictures = readdirSync('docs/images').filter((image) => ARRIVES.test(image));
	const names = pictures.map((image) => ARRIVES.exec(image)?.[2]);
	const templates = readdirSync('examples/templates').map((file) => file.replace('.json', ''));
	// What its last nodes are is left to people.
	expect(templates.filter((name) => !names.includes(name))).toEqual(['wait-for-a-long-sync']);
	const taken = pictures.filter((image) => tests.includes(`'${image.replace('.png', '')}'`));
	expect(taken).toEqual(pictures);
});

it('the README begins with what arrives, and shows the panel later', () => {
	const readme = readFileSync('README.md', 'utf8');
	const images = [...readme.matchAll(/docs\/images\/([\w-]+\.\w+)/g)].map(
		([, image]) => image ?? '',
	);
	expect(images.slice(0, 3)).toEqual([
		'slack-failed-sync-alert.png',
		'slack-daily-sync-report.png',
		'sheet-daily-sync-report.png',
	]);
	expect(images.slice(3).filter((image) => ARRIVES.test(image))).toEqual([]);
});

it('the README shows images by addresses that npm can show', () => {
	const addresses = [...readFileSync('README.md', 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)];
	expect(addresses.length).toBeGreaterThan(1);
	for (const [, address] of addresses) expect(address).toMatch(/^https:\/\//);
});
