import { startBenchHost, startSimulatorProcess } from '../host.mts';
import type { Result } from '../result.mts';
import { time, trutoWorkflow } from '../workflows.mts';

const RUNS = 2_000;
const ANSWER_MS = [0, 150, 400, 1_000];
const TRUTO_LIMIT = 500;
const WINDOW_MS = 10_000;
/** What the limiter lets a sweep have of it: the rest is for others. */
const SWEEP_LIMIT = 484;
const GOAL = 0.95;

/**
 * Sweeps where Truto takes its time: the number of requests in flight must not be what bounds them. The
 * limiter can't know when on its way a request is counted, so a place is taken for the window and the time of
 * the answer: that is the bound without a 429.
 */
export async function measureSlowAnswers(): Promise<Result[]> {
	const simulator = await startSimulatorProcess(`${TRUTO_LIMIT}/${WINDOW_MS}`);
	const host = await startBenchHost(simulator);
	const ids = await simulator.addRuns(RUNS, 3);
	const results: Result[] = [];
	try {
		for (const ms of ANSWER_MS) {
			await simulator.reset();
			if (ms > 0) await simulator.delayAnswers(ms);
			const { nodesMs } = await time(
				host,
				trutoWorkflow({ simulator, host, ids }, false, TRUTO_LIMIT),
			);
			const { maxConcurrent, statuses } = await simulator.counts();
			const rate = (RUNS / nodesMs) * WINDOW_MS;
			const bound = (SWEEP_LIMIT * WINDOW_MS) / (WINDOW_MS + ms);
			results.push({
				measure: `${RUNS} runs at ${ms} ms`,
				measured: `${Math.round(rate)} per 10 s, ${maxConcurrent} in flight at most, ${statuses['429'] ?? 0} 429`,
				goal: `>= ${Math.round(GOAL * bound)} per 10 s, 0 429`,
				met: rate >= GOAL * bound && statuses['429'] === undefined,
			});
		}
	} finally {
		await host.stop();
		simulator.stop();
	}
	return results;
}
