import { startBenchHost, startSimulatorProcess } from '../host.mts';
import { times } from '../commandLine.mts';
import { median, type Result } from '../result.mts';
import { time, trutoWorkflow } from '../workflows.mts';

const SIZES = [1, 10, 100, 1_000, 5_000].slice(0, times(5, 4));
const ROUNDS = times(3, 1);
const FLAT_FROM = 100;
const FLAT_WITHIN = 0.2;

/** Whether the time per run grows with the number of runs. */
export async function measureFlatness(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('off');
	const host = await startBenchHost(simulator);
	const ids = await simulator.addRuns(Math.max(...SIZES), 20);
	const perRun = new Map<number, number[]>(SIZES.map((size) => [size, []]));
	try {
		// The first round warms up and does not count.
		for (let round = 0; round <= ROUNDS; round++) {
			for (const size of SIZES) {
				const workflow = trutoWorkflow({ simulator, host, ids: ids.slice(0, size) }, false);
				const { nodesMs } = await time(host, workflow);
				if (round > 0) perRun.get(size)?.push(nodesMs / size);
			}
		}
	} finally {
		await host.stop();
		simulator.stop();
	}
	const medians = SIZES.map((size) => ({ size, ms: median(perRun.get(size) ?? []) }));
	const flat = medians.filter(({ size }) => size >= FLAT_FROM).map(({ ms }) => ms);
	const spread = Math.max(...flat) / Math.min(...flat) - 1;
	return [
		{
			measure: `${SIZES.join(', ')} runs`,
			measured: `${medians.map(({ ms }) => ms.toFixed(2)).join(', ')} ms; ${Math.round(spread * 100)} % apart from ${FLAT_FROM} up`,
			goal: `<= ${FLAT_WITHIN * 100} % apart`,
			met: spread <= FLAT_WITHIN,
		},
	];
}
