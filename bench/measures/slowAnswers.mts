import { startBenchHost, startSimulatorProcess } from '../host.mts';
import type { Result } from '../result.mts';
import { time, trutoWorkflow } from '../workflows.mts';

const RUNS = 1_500;
const ANSWER_MS = [0, 200, 400, 1_000];
const TRUTO_LIMIT = 500;
const GOAL = 0.95;

/**
 * Sweeps where Truto takes its time: the number of requests in flight must not be what bounds them, as each
 * has to wait for its answer. With it the limiter's `MAX_IN_FLIGHT` was chosen.
 */
export async function measureSlowAnswers(): Promise<Result[]> {
	const simulator = await startSimulatorProcess(`${TRUTO_LIMIT}/10000`);
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
			const rate = (RUNS / nodesMs) * 10_000;
			results.push({
				measure: `sweep of ${RUNS} runs where Truto answers after ${ms} ms`,
				measured: `${Math.round(rate)} per 10 s, ${maxConcurrent} in flight at most, ${statuses['429'] ?? 0} answers 429`,
				goal: `>= ${GOAL * TRUTO_LIMIT} per 10 s, 0 answers 429`,
				met: rate >= GOAL * TRUTO_LIMIT && statuses['429'] === undefined,
			});
		}
	} finally {
		await host.stop();
		simulator.stop();
	}
	return results;
}
