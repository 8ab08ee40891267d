import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';

/** The folders that hold what people read. */
const FOLDERS = ['.', 'docs', 'docs/operations', 'examples', 'examples/templates'];

/** Where npm and n8n find the images of the README: they don't know the repository's folders. */
const ON_GITHUB = 'https://raw.githubusercontent.com/trutohq/n8n-nodes-truto/main/';

/** The images of this repository that its Markdown files show: each once, by its path from the root. */
export function shownImages(): string[] {
	const files = FOLDERS.filter(existsSync).flatMap((folder) =>
		readdirSync(folder)
			.filter((file) => extname(file) === '.md')
			.map((file) => join(folder, file)),
	);
	return [...new Set(files.flatMap(imagesIn))].sort();
}

function imagesIn(file: string): string[] {
	const text = readFileSync(file, 'utf8');
	const paths = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+)/g)].map(([, path]) => path ?? '');
	return paths.flatMap((path) => {
		if (path.startsWith(ON_GITHUB)) return [path.slice(ON_GITHUB.length)];
		return /^https?:/.test(path) ? [] : [normalize(join(dirname(file), path))];
	});
}
