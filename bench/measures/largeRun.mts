import { join } from 'node:path';
import { PerformanceObserver, type PerformanceEntry } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

import { buildSync } from 'esbuild';

import type { JsonRecord } from '../../lib/json';
import type { splitResourceStats } from '../../lib/runs/splitResourceStats';
import type { readRun } from '../../lib/truto/run';
import { ROOT } from '../../test/n8n-host/paths.mts';
import { median, type Result } from '../result.mts';

/** What the bench takes of the package. */
interface Parts {
	readRun: typeof readRun;
	splitResourceStats: typeof splitResourceStats;
}

type Split = (run: JsonRecord) => JsonRecord[];

const SIZES = [10_000, 100_000];
const ROUNDS = 15;
const GOAL = 2;
const FLAT_WITHIN = 0.5;

interface Measured {
	splitMs: number;
	/** Of it, what V8's garbage collection took: it moves the parsed run and the rows, as all stay alive. */
	collectionMs: number;
	parseMs: number;
}

/** The split itself, without n8n, against parsing the same body. */
export async function measureLargeRun(): Promise<Result[]> {
	const split = loadSplit();
	const measured: Measured[] = [];
	for (const size of SIZES) measured.push(await measureSize(split, size));
	const perResource = (ms: 'splitMs' | 'collectionMs') =>
		measured.map((one, index) => (one[ms] / (SIZES[index] ?? 1)) * 1000);
	const micros = perResource('splitMs');
	const [small = Number.NaN, large = Number.NaN] = micros;
	const inWords = (values: number[]) => values.map((value) => value.toFixed(2)).join(' and ');
	const results = measured.map(({ splitMs, parseMs }, index) => ({
		measure: `${SIZES[index]} resources`,
		measured: `${(splitMs / parseMs).toFixed(2)} x, ${splitMs.toFixed(1)} / ${parseMs.toFixed(1)} ms`,
		goal: `<= ${GOAL} x`,
		met: splitMs / parseMs <= GOAL,
	}));
	return [
		...results,
		{
			measure: 'per resource',
			measured: `${inWords(micros)} µs, of it ${inWords(perResource('collectionMs'))} garbage collection`,
			goal: `<= ${1 + FLAT_WITHIN} x apart`,
			met: large / small <= 1 + FLAT_WITHIN,
		},
	];
}

/** Bundled as the package is: Node.js can't load TypeScript that is written for a bundler. */
function loadSplit(): Split {
	const { outputFiles } = buildSync({
		stdin: {
			contents: `export * from './truto/run'; export * from './runs/splitResourceStats';`,
			resolveDir: join(ROOT, 'lib'),
		},
		bundle: true,
		write: false,
		format: 'cjs',
		platform: 'node',
	});
	const module = { exports: {} as Parts };
	new Function('module', 'exports', outputFiles[0]?.text ?? '')(module, module.exports);
	const parts = module.exports;
	return (run) => parts.splitResourceStats(parts.readRun(run), { splitBy: 'resource' });
}

async function measureSize(split: Split, resources: number): Promise<Measured> {
	const names = Array.from({ length: resources }, (_, index) => `crm/resource_${index}`);
	const stats = names.map((name, index) => [
		name,
		{ list: { fetched: index * 31, persisted: index * 30 } },
	]);
	const body = JSON.stringify({ id: 'x', resource_stats: Object.fromEntries(stats) as object });
	const collections: PerformanceEntry[] = [];
	const observer = new PerformanceObserver((list) => collections.push(...list.getEntries()));
	observer.observe({ entryTypes: ['gc'] });
	const rounds: { startedAt: number; parsedAt: number; endedAt: number }[] = [];
	for (let round = 0; round < ROUNDS; round++) {
		const startedAt = performance.now();
		const run = JSON.parse(body) as JsonRecord;
		const parsedAt = performance.now();
		const rows = split(run);
		rounds.push({ startedAt, parsedAt, endedAt: performance.now() });
		if (rows.length !== resources) throw new Error('The split lost rows');
	}
	// The observer hears of them later.
	await delay(100);
	observer.disconnect();
	const collectionsOf = ({ parsedAt, endedAt }: (typeof rounds)[number]) =>
		collections
			.filter(({ startTime }) => startTime >= parsedAt && startTime < endedAt)
			.reduce((sum, { duration }) => sum + duration, 0);
	return {
		splitMs: median(rounds.map(({ parsedAt, endedAt }) => endedAt - parsedAt)),
		collectionMs: median(rounds.map(collectionsOf)),
		parseMs: median(rounds.map(({ startedAt, parsedAt }) => parsedAt - startedAt)),
	};
}
