import { join } from 'node:path';

import { buildSync } from 'esbuild';

import { ROOT } from '../../test/n8n-host/paths.mts';
import { median, type Result } from '../result.mts';

type Split = (run: object, options: { splitBy: string }) => object[];

const SIZES = [10_000, 100_000];
const ROUNDS = 15;
const GOAL = 2;
const FLAT_WITHIN = 0.5;

/** The split itself, without n8n, against parsing the same body. */
export function measureLargeRun(): Promise<Result[]> {
	const split = loadSplit();
	const measured = SIZES.map((size) => measureSize(split, size));
	const [small, large] = measured.map(({ splitMs }, index) => splitMs / (SIZES[index] ?? 1));
	const growth = (large ?? Number.NaN) / (small ?? Number.NaN);
	const results = measured.map(({ splitMs, parseMs }, index) => ({
		measure: `split of a run of ${SIZES[index]} resources against JSON.parse of its body`,
		measured: `${(splitMs / parseMs).toFixed(2)} x (${splitMs.toFixed(1)} ms against ${parseMs.toFixed(1)} ms)`,
		goal: `<= ${GOAL} x`,
		met: splitMs / parseMs <= GOAL,
	}));
	return Promise.resolve([
		...results,
		{
			measure: `split time per resource at ${SIZES.join(' and ')} resources`,
			measured: `${((small ?? 0) * 1000).toFixed(2)} and ${((large ?? 0) * 1000).toFixed(2)} µs`,
			goal: `flat (at most ${1 + FLAT_WITHIN} x)`,
			met: growth <= 1 + FLAT_WITHIN,
		},
	]);
}

/** Bundled as the package is: Node.js can't load TypeScript that is written for a bundler. */
function loadSplit(): Split {
	const { outputFiles } = buildSync({
		entryPoints: [join(ROOT, 'lib', 'runs', 'splitResourceStats.ts')],
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
	});
	const module = { exports: {} as { splitResourceStats: Split } };
	new Function('module', 'exports', outputFiles[0]?.text ?? '')(module, module.exports);
	return module.exports.splitResourceStats;
}

function measureSize(split: Split, resources: number): { splitMs: number; parseMs: number } {
	const names = Array.from({ length: resources }, (_, index) => `crm/resource_${index}`);
	const stats = names.map((name, index) => [
		name,
		{ list: { fetched: index * 31, persisted: index * 30 } },
	]);
	const body = JSON.stringify({ id: 'x', resource_stats: Object.fromEntries(stats) as object });
	const splits: number[] = [];
	const parses: number[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const startedAt = performance.now();
		const run = JSON.parse(body) as object;
		const parsedAt = performance.now();
		const rows = split(run, { splitBy: 'resource' });
		splits.push(performance.now() - parsedAt);
		parses.push(parsedAt - startedAt);
		if (rows.length !== resources) throw new Error('The split lost rows');
	}
	return { splitMs: median(splits), parseMs: median(parses) };
}
