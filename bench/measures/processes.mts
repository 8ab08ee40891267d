import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { buildSync } from 'esbuild';

import { CACHE_FOLDER, NODE_24, ROOT } from '../../test/n8n-host/paths.mts';
import { VALID_TOKEN } from '../../test/simulator/constants.mts';
import { startSimulatorProcess } from '../host.mts';
import { times } from '../quick.mts';
import type { Result } from '../result.mts';

const RUNS = times(2_000, 500);

/** What one row of the table measures. */
interface Case {
	processes: number;
	/** Requests that the simulator takes per 10 seconds. */
	limit: number;
	/** Of each process. */
	runs: number;
}

const CASES: Case[] = [
	{ processes: 1, limit: 500, runs: RUNS },
	{ processes: 2, limit: 500, runs: RUNS },
	{ processes: 4, limit: 500, runs: RUNS },
	// A limit that the default settings don't expect.
	{ processes: 2, limit: 100, runs: 500 },
].slice(0, times(4, 2));
const WINDOW_MS = 10_000;

interface Swept {
	seconds: number;
	failed: number;
}

/**
 * Several processes that know nothing of each other use one token: each with the package's client and
 * default settings, without n8n around it, against a sliding window.
 */
export async function measureProcesses(): Promise<Result[]> {
	const client = bundleClient();
	const results: Result[] = [];
	for (const one of CASES) results.push(await measureCase(client, one));
	return results;
}

function bundleClient(): string {
	const outfile = join(CACHE_FOLDER, 'bench-client.cjs');
	buildSync({
		stdin: {
			contents: `export { TrutoClient } from './lib/api/client';
export { openAccess } from './lib/api/access';`,
			resolveDir: ROOT,
		},
		outfile,
		bundle: true,
		external: ['n8n-workflow'],
		format: 'cjs',
		platform: 'node',
	});
	return outfile;
}

async function measureCase(client: string, one: Case): Promise<Result> {
	const simulator = await startSimulatorProcess(`${one.limit}/${WINDOW_MS}`);
	try {
		const ids = await simulator.addRuns(one.runs, 3);
		const idsFile = join(CACHE_FOLDER, 'bench-ids.json');
		writeFileSync(idsFile, JSON.stringify(ids));
		const swept = await Promise.all(
			Array.from(
				{ length: one.processes },
				async () => await sweep(client, simulator.url, idsFile),
			),
		);
		const { statuses } = await simulator.counts();
		return resultOf(one, swept, statuses);
	} finally {
		simulator.stop();
	}
}

async function sweep(client: string, url: string, ids: string): Promise<Swept> {
	const file = join(ROOT, 'bench', 'sweeper.mts');
	const values = { client, url, token: VALID_TOKEN, ids };
	const args = Object.entries(values).flatMap(([name, value]) => [`--${name}`, value]);
	const { stdout } = await promisify(execFile)(NODE_24, [file, ...args]);
	return JSON.parse(stdout) as Swept;
}

function resultOf(
	{ processes, limit, runs }: Case,
	swept: Swept[],
	statuses: Record<string, number>,
): Result {
	const seconds = swept.map((one) => one.seconds);
	const [slowest, fastest] = [Math.max(...seconds), Math.min(...seconds)];
	const failed = swept.reduce((sum, one) => sum + one.failed, 0);
	const allowed = (processes * runs) / (limit / (WINDOW_MS / 1000));
	const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0);
	const refused = (statuses['429'] ?? 0) / requests;
	return {
		measure: `${processes} process${processes === 1 ? '' : 'es'}, one token of ${limit} requests per 10 s, ${runs} runs each`,
		measured: `${slowest.toFixed(1)} s, ${(slowest / allowed).toFixed(2)} x what the limit allows; ${(100 * refused).toFixed(2)} % answers 429; ${failed} failed; slowest ${(slowest / fastest).toFixed(2)} x the fastest`,
		goal: '<= 1.15 x, <= 1 %, 0 failed, <= 1.3 x',
		met: slowest / allowed <= 1.15 && refused <= 0.01 && failed === 0 && slowest / fastest <= 1.3,
	};
}
