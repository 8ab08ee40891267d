import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { packPackage } from '../../test/n8n-host/pack.mts';
import { NODE_24, ROOT } from '../../test/n8n-host/paths.mts';
import { median, range, type Result } from '../result.mts';

const ROUNDS = 15;
const LOAD_GOAL_MS = 15;
const SIZE_GOAL = 60_000;

/** n8n has loaded n8n-workflow by the time it loads packages. */
const LOADER = `
	require('n8n-workflow');
	const { nodes, credentials } = require('./package.json').n8n;
	const startedAt = performance.now();
	for (const file of [...credentials, ...nodes]) {
		const module = require('./' + file);
		for (const name of Object.keys(module)) new module[name]();
	}
	console.log(performance.now() - startedAt);
`;

/** What the package costs n8n before it does anything. */
export function measurePackage(): Promise<Result[]> {
	const { unpackedSize } = packPackage();
	const times = Array.from({ length: ROUNDS }, () =>
		Number(execFileSync(NODE_24, ['-e', LOADER], { cwd: join(ROOT) }).toString()),
	);
	return Promise.resolve([
		{
			measure: 'load time',
			measured: `${median(times).toFixed(1)} ms (${range(times, 1)})`,
			goal: `<= ${LOAD_GOAL_MS} ms`,
			met: median(times) <= LOAD_GOAL_MS,
		},
		{
			measure: 'unpacked package',
			measured: `${(unpackedSize / 1000).toFixed(1)} kB`,
			goal: `<= ${SIZE_GOAL / 1000} kB`,
			met: unpackedSize <= SIZE_GOAL,
		},
	]);
}
