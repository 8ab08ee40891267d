import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, normalize } from 'node:path';

/** The folders that hold what people read. */
const FOLDERS = ['.', 'docs', 'docs/operations', 'examples', 'examples/templates'];

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
	return paths
		.filter((path) => !/^https?:/.test(path))
		.map((path) => normalize(join(dirname(file), path)));
}
