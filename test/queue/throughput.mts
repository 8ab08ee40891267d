import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { ENVIRONMENT_ID, VALID_TOKEN } from '../simulator/index.mts';
import { callWebhook, until } from './executions.mts';
import { sweep, webhookStart } from './sweep.mts';
import { startQueueWorld, type QueueWorld } from './world.mts';

// npm run bench:queue -- --executions 40 --runs 100 --workers 1,2,4
// npm run bench:queue -- --executions 20 --runs 200 --workers 2 --shared-token --limit 250
const { values } = parseArgs({
	options: {
		/** One token for all, and Truto's limit for it; else a token for each execution, and no limit. */
		'shared-token': { type: 'boolean', default: false },
		/** The node's option *Requests per 10 Seconds*. */
		limit: { type: 'string', default: '500' },
		executions: { type: 'string', default: '40' },
		/** Runs that each execution gets. */
		runs: { type: 'string', default: '100' },
		/** The numbers of workers to measure with, rising. */
		workers: { type: 'string', default: '1,2,4' },
	},
});
const executions = Number(values.executions);
const runs = Number(values.runs);
const workerCounts = values.workers.split(',').map(Number);

const isShared = values['shared-token'];
const options = { requestsPerTenSeconds: Number(values.limit) };

/** With a token for each execution, no limit of Truto or of the node slows n8n down. */
const tokens = Array.from({ length: executions }, (_, index) => `token-${index}`);

/** One workflow for each execution; returns the paths that start them. */
async function makeWorkflows({ cluster, simulator }: QueueWorld): Promise<string[]> {
	const { api } = cluster.main;
	const ids = simulator.store.addManyRuns(runs);
	const paths: string[] = [];
	for (const token of tokens) {
		const data = { apiToken: isShared ? VALID_TOKEN : token, baseUrl: simulator.url };
		const credential = await api.createCredential(token, 'trutoApi', data);
		const start = webhookStart(token, 'onReceived');
		await api.createActive(sweep(token, ids, credential, { start, parameters: { options } }));
		paths.push(token);
	}
	return paths;
}

/** Starts all at once by the webhook process, and measures until the last one has ended. */
async function measure(
	{ cluster, simulator }: QueueWorld,
	paths: string[],
): Promise<{ seconds: number; refused: number }> {
	// Asking the REST API would slow down what is measured.
	const finished = () =>
		cluster.workers.running.reduce(
			(sum, worker) => sum + countOf('Worker finished', worker.logs()),
			0,
		);
	const before = finished();
	simulator.clearRequests();
	simulator.rateLimit.reset();
	const startedAt = performance.now();
	await Promise.all(paths.map(async (path) => await callWebhook(cluster, path)));
	await until('all have ended', () => finished() - before === paths.length, 600_000);
	const seconds = (performance.now() - startedAt) / 1000;
	const { statuses } = simulator.requestCounts();
	if (statuses['200'] !== paths.length * runs) {
		throw new Error(`Not every run was got once: ${JSON.stringify(statuses)}`);
	}
	return { seconds, refused: statuses['429'] ?? 0 };
}

function countOf(text: string, logs: string): number {
	return logs.split(text).length - 1;
}

const world = await startQueueWorld({
	workers: workerCounts[0] ?? 1,
	simulator: {
		rateLimit: isShared ? undefined : false,
		recordRequests: false,
		environments: Object.fromEntries(
			[VALID_TOKEN, ...tokens].map((token) => [token, ENVIRONMENT_ID]),
		),
	},
});
try {
	const paths = await makeWorkflows(world);
	const rows: Record<string, number>[] = [];
	for (const workers of workerCounts) {
		while (world.cluster.workers.running.length < workers) await world.cluster.workers.add();
		// A worker's first executions load the nodes.
		await measure(world, paths);
		const { seconds, refused } = await measure(world, paths);
		rows.push({
			workers,
			'429 responses': refused,
			seconds: round(seconds),
			'executions/s': round(executions / seconds),
			'runs/s': round((executions * runs) / seconds),
		});
	}
	console.log(`
${executions} executions of ${runs} runs each, ${isShared ? `one token for all, ${values.limit} requests per 10 seconds and worker` : 'with a token each, so that no rate limit counts'}.
n8n's processes, PostgreSQL, Redis and the simulated Truto share this machine's ${cpus().length} cores.`);
	console.table(rows);
} finally {
	await world.close();
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}
