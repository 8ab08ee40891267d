import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import type { INodeTypeDescription } from 'n8n-workflow';
import { format, resolveConfig } from 'prettier';

import { pagesOf, renewed } from './docs/pages.mts';

// Writes the tables of parameters in docs/ anew, from the nodes as they are built.
const ROOT = process.cwd();
execFileSync('npx', ['gulp', 'build', '--silent'], { cwd: ROOT, stdio: 'inherit' });
const nodes = createRequire(import.meta.url)(join(ROOT, 'dist', 'index.js')) as Record<
	string,
	new () => { description: INodeTypeDescription }
>;
const [truto, ...triggers] = ['Truto', 'TrutoTrigger', 'TrutoPollingTrigger'].flatMap((name) => {
	const Node = nodes[name];
	return Node === undefined ? [] : [new Node().description];
});
if (truto === undefined) throw new Error('dist/index.js has no node Truto');
for (const page of pagesOf(truto, triggers)) {
	const path = join(ROOT, page.file);
	const options = await resolveConfig(path);
	writeFileSync(path, await format(renewed(ROOT, page), { ...options, filepath: path }));
}
