import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';

import { expect, it } from '@jest/globals';

/** The folders that hold what people read. */
const FOLDERS = ['.', 'docs', 'docs/operations', 'examples', 'examples/templates'];

/** The images that Markdown files show, by their path from the root. */
function shownImages(): string[] {
	return FOLDERS.filter(existsSync).flatMap((folder) =>
		readdirSync(folder)
			.filter((file) => extname(file) === '.md')
			.flatMap((file) => imagesIn(join(folder, file))),
	);
}

function imagesIn(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	const paths = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].map(([, path]) => path ?? '');
	return paths
		.filter((path) => !/^https?:/.test(path))
		.map((path) => normalize(join(dirname(file), path)));
}

it('every image is there, and every image is shown', () => {
	const images = readdirSync('docs/images').map((file) => join('docs/images', file));
	expect(images.length).toBeGreaterThan(5);
	expect([...new Set(shownImages())].sort()).toEqual(images.sort());
});
