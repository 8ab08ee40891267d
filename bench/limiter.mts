import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { buildSync } from 'esbuild';

import { CACHE_FOLDER, ROOT } from '../test/n8n-host/paths.mts';

// npm run bench:limiter, or with another constant: npm run bench:limiter -- --set KEPT_MS=30000 --quick
const { values } = parseArgs({
	options: {
		set: { type: 'string', multiple: true, default: [] },
		quick: { type: 'boolean', default: false },
	},
});
const settings = Object.fromEntries(
	values.set.map((one) => {
		const [name = '', value] = one.split('=');
		return [name, Number(value)];
	}),
);
const outfile = join(CACHE_FOLDER, 'limiter-table.mjs');
buildSync({
	entryPoints: [join(ROOT, 'bench', 'limiterTable.mts')],
	outfile,
	bundle: true,
	external: ['n8n-workflow'],
	format: 'esm',
	platform: 'node',
});
const args = [outfile, JSON.stringify(settings), ...(values.quick ? ['quick'] : [])];
execFileSync(process.execPath, args, { stdio: 'inherit' });
