import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** npm runs every script in the folder of its package.json. */
export const ROOT = process.cwd();

export const HOST_FOLDER = join(ROOT, 'test', 'n8n-host', 'n8n');

/** What scripts make and git ignores. */
export const CACHE_FOLDER = join(ROOT, '.cache');

export const NODE_24 = join(ROOT, 'node_modules', 'node', 'bin', 'node');

/** The folder of Node.js 24 that also holds its C++ headers; undefined where the package has none. */
export const NODE_FOLDER = [
	join(ROOT, 'node_modules', 'node', 'node_modules', `node-${process.platform}-${process.arch}`),
	join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`),
].find((folder) => existsSync(join(folder, 'include', 'node', 'node.h')));
