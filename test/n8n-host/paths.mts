import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** npm runs every script in the folder of its package.json. */
export const ROOT = process.cwd();

/** What scripts make and git ignores. */
export const CACHE_FOLDER = join(ROOT, '.cache');

/** The n8n to run: a version, `latest` or `next`, from the environment; undefined for the one of the lockfile. */
export const N8N_VERSION = readVersion(process.env.N8N_VERSION);

export const HOST_FOLDER =
	N8N_VERSION === undefined
		? join(ROOT, 'test', 'n8n-host', 'n8n')
		: join(CACHE_FOLDER, `n8n-${N8N_VERSION}`);

export const NODE_24 = join(ROOT, 'node_modules', 'node', 'bin', 'node');

/** The folder of Node.js 24 that also holds its C++ headers; undefined if the package has none. */
export const NODE_FOLDER = [
	join(ROOT, 'node_modules', 'node', 'node_modules', `node-${process.platform}-${process.arch}`),
	join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`),
].find((folder) => existsSync(join(folder, 'include', 'node', 'node.h')));

/** It becomes part of a path, and of what npm is asked for. */
function readVersion(text = ''): string | undefined {
	if (text === '') return undefined;
	if (/^(\d+\.\d+\.\d+|latest|next)$/.test(text)) return text;
	throw new Error(`N8N_VERSION is neither a version like 2.41.1 nor "latest" or "next": ${text}`);
}
