import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';

import { buildSync } from 'esbuild';

import { CACHE_FOLDER, NODE_24, ROOT } from '../../test/n8n-host/paths.mts';
import { VALID_TOKEN } from '../../test/simulator/constants.mts';
import { startSimulatorProcess } from '../host.mts';
import { times } from '../commandLine.mts';
import type { Result } from '../result.mts';
import { sharedTokenResult, type SharedToken, type Swept } from '../sharedToken.mts';

const RUNS = times(2_000, 500);

const DOCUMENTED = { limit: 500, runs: RUNS };
/** A limit that the default settings don't expect. */
const LOWER = { processes: 2, limit: 100, runs: 500 };

const CASES: SharedToken[] = [
	...[1, 2, 4].flatMap((processes) => [
		{ ...DOCUMENTED, processes },
		{ ...DOCUMENTED, processes, answerMs: 150 },
	]),
	{ ...DOCUMENTED, processes: 2, window: 'fixed' as const },
	{ ...DOCUMENTED, processes: 4, window: 'fixed' as const },
	LOWER,
	{ ...LOWER, answerMs: 150 },
].slice(0, times(10, 4));
const WINDOW_MS = 10_000;

/** Between the starts of two cases: starting keeps the machine busy. */
const STAGGER_MS = 3_000;

/** All at once would wait for the machine's cores more than for the limit. */
const ROUNDS = [
	CASES.filter(({ processes }) => processes <= 2),
	CASES.filter(({ processes }) => processes > 2),
];

/**
 * Several processes that know nothing of each other use one token: each with the package's client and
 * default settings, without n8n around it. They wait for the limit most of the time, so several cases run side
 * by side, each with a simulator of its own.
 */
export async function measureProcesses(): Promise<Result[]> {
	const client = bundleClient();
	const results: Result[] = [];
	for (const round of ROUNDS) results.push(...(await measureRound(client, round)));
	return results;
}

async function measureRound(client: string, round: SharedToken[]): Promise<Result[]> {
	return await Promise.all(
		round.map(async (one, index) => {
			await delay(index * STAGGER_MS);
			return await measureCase(client, one);
		}),
	);
}

function bundleClient(): string {
	const outfile = join(CACHE_FOLDER, 'bench-client.cjs');
	buildSync({
		stdin: {
			contents: `export { TrutoClient } from './lib/transport/client';
export { openAccess } from './lib/transport/access';`,
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

async function measureCase(client: string, one: SharedToken): Promise<Result> {
	const { processes, limit, window = 'sliding', runs, answerMs = 0 } = one;
	const simulator = await startSimulatorProcess(`${limit}/${WINDOW_MS}`, {
		rateLimitWindow: window,
	});
	try {
		const ids = await simulator.addRuns(runs, 3);
		if (answerMs > 0) await simulator.delayAnswers(answerMs);
		const idsFile = join(CACHE_FOLDER, `bench-ids-${runs}.json`);
		writeFileSync(idsFile, JSON.stringify(ids));
		const swept = await Promise.all(
			Array.from({ length: processes }, async () => await sweep(client, simulator.url, idsFile)),
		);
		const { statuses } = await simulator.counts();
		return sharedTokenResult(one, swept, statuses);
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
