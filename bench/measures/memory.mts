import { setTimeout as delay } from 'node:timers/promises';

import type { Workflow } from '../../test/n8n-host/workflow.mts';
import { startBenchHost, startSimulatorProcess, type SimulatorProcess } from '../host.mts';
import { times } from '../commandLine.mts';
import { alternate, range, type Result } from '../result.mts';
import { handBuiltWorkflow, time, trutoWorkflow, type Task } from '../workflows.mts';

const RUNS = times(5_000, 2_000);
const RESOURCES = 20;
const PAIRS = times(3, 1);
const MEGABYTE = 1024 ** 2;

/** The memory of *Get* + split above that of an idle n8n, against the hand-built chain. */
export async function measureMemory(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('off');
	const ids = await simulator.addRuns(RUNS, RESOURCES);
	const { ratio, ratios, ours, theirs } = await alternate(
		PAIRS,
		async () => await peakOf(simulator, ids, (task) => trutoWorkflow(task, true)),
		async () => await peakOf(simulator, ids, (task) => handBuiltWorkflow(task, true)),
	);
	simulator.stop();
	return [
		{
			measure: `${RUNS} runs x ${RESOURCES} resources`,
			measured: `${ratio.toFixed(2)} x (${range(ratios)}), ${(ours / MEGABYTE).toFixed(0)} / ${(theirs / MEGABYTE).toFixed(0)} MB`,
			goal: '<= 1 x',
			met: ratio <= 1,
		},
	];
}

/** In a fresh n8n each time: a heap that has once grown would hide what the next one needs. */
async function peakOf(
	simulator: SimulatorProcess,
	ids: string[],
	build: (task: Task) => Workflow,
): Promise<number> {
	const host = await startBenchHost(simulator);
	await delay(2_000);
	host.takePeakMemory();
	await delay(500);
	const idle = host.takePeakMemory();
	await time(host, build({ simulator, host, ids }));
	const peak = host.takePeakMemory();
	await host.stop();
	return peak - idle;
}
