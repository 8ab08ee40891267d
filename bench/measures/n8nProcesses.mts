import {
	startBenchHost,
	startSimulatorProcess,
	type BenchHost,
	type SimulatorProcess,
} from '../host.mts';
import { times } from '../commandLine.mts';
import type { Result } from '../result.mts';
import { sharedTokenResult, type Swept } from '../sharedToken.mts';
import { time, trutoWorkflow } from '../workflows.mts';

const PROCESSES = 2;
const RUNS = times(1_000, 500);
const LIMIT = 500;
const WINDOW_MS = 10_000;

/**
 * Several whole processes of n8n that know nothing of each other use one token: each runs a workflow with
 * *Get* and its default settings.
 */
export async function measureN8nProcesses(): Promise<Result[]> {
	const simulator = await startSimulatorProcess(`${LIMIT}/${WINDOW_MS}`);
	const hosts: BenchHost[] = [];
	try {
		// One after the other, as the first start packs the package.
		for (let index = 0; index < PROCESSES; index++) hosts.push(await startBenchHost(simulator));
		const ids = await simulator.addRuns(RUNS, 3);
		// The first execution of an n8n loads the nodes.
		for (const host of hosts) await sweep(simulator, host, ids.slice(0, 1));
		await simulator.reset();
		const swept = await Promise.all(hosts.map(async (host) => await sweep(simulator, host, ids)));
		const { statuses } = await simulator.counts();
		return [sharedTokenResult({ processes: PROCESSES, limit: LIMIT, runs: RUNS }, swept, statuses)];
	} finally {
		for (const host of hosts) await host.stop();
		simulator.stop();
	}
}

async function sweep(simulator: SimulatorProcess, host: BenchHost, ids: string[]): Promise<Swept> {
	const workflow = trutoWorkflow({ simulator, host, ids }, false, LIMIT);
	const truto = workflow.nodes.at(-1);
	// Failed items are counted, not the end of the sweep.
	if (truto) truto.onError = 'continueRegularOutput';
	const { nodesMs, rows } = await time(host, workflow);
	return {
		seconds: nodesMs / 1000,
		failed: rows.filter(({ error }) => error !== undefined).length,
	};
}
