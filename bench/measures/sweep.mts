import {
	startBenchHost,
	startSimulatorProcess,
	type BenchHost,
	type SimulatorProcess,
} from '../host.mts';
import { times } from '../commandLine.mts';
import { median, range, type Result } from '../result.mts';
import { handBuiltWorkflow, time, trutoWorkflow, type Batching } from '../workflows.mts';

const RUNS = times(2_000, 1_000);
const ROUNDS = times(2, 1);
const TRUTO_LIMIT = 500;
const GOAL = 0.95;

/** What people set by hand: all of Truto's limit at once, spread over seconds, and with a margin. */
const BATCHINGS: Batching[] = [
	{ batchSize: 500, batchInterval: 10_000 },
	{ batchSize: 50, batchInterval: 1_000 },
	{ batchSize: 45, batchInterval: 1_000 },
].slice(0, times(3, 1));

/** How long Truto takes to answer, besides 0 ms. */
const FAR_MS = [150].slice(0, times(1, 0));

/** A sweep, with the 429 responses that it got. */
interface Sweep {
	seconds: number;
	refused: number;
	failed: number;
}

/** Sweeps against Truto's rate limit: what it allows counts, not what the machine can do. */
export async function measureSweep(): Promise<Result[]> {
	const simulator = await startSimulatorProcess('500/10000');
	const host = await startBenchHost(simulator);
	const ids = await simulator.addRuns(RUNS, 3);
	try {
		const task = { simulator, host, ids };
		const ours: Sweep[] = [];
		const byHand = BATCHINGS.map((batching) => ({ batching, sweeps: [] as Sweep[] }));
		for (let round = 0; round < ROUNDS; round++) {
			ours.push(await sweep(host, simulator, trutoWorkflow(task, false, TRUTO_LIMIT)));
			for (const { batching, sweeps } of byHand) {
				const workflow = handBuiltWorkflow(task, false, { batching });
				sweeps.push(await sweep(host, simulator, workflow));
			}
		}
		const results = [ourResult(ours, 0)];
		for (const answerMs of FAR_MS) {
			const far = await sweep(host, simulator, trutoWorkflow(task, false, TRUTO_LIMIT), answerMs);
			results.push(ourResult([far], answerMs));
		}
		return [...results, ...byHand.map(({ batching, sweeps }) => against(ours, batching, sweeps))];
	} finally {
		await host.stop();
		simulator.stop();
	}
}

async function sweep(
	host: BenchHost,
	simulator: SimulatorProcess,
	workflow: Parameters<typeof time>[1],
	answerMs = 0,
): Promise<Sweep> {
	await simulator.reset();
	if (answerMs > 0) await simulator.delayAnswers(answerMs);
	const last = workflow.nodes.at(-1);
	// Failed items are counted, not the end of the sweep.
	if (last) last.onError = 'continueRegularOutput';
	const { nodesMs, rows } = await time(host, workflow);
	const { statuses } = await simulator.counts();
	return {
		seconds: nodesMs / 1000,
		refused: statuses['429'] ?? 0,
		failed: rows.filter(({ error }) => error !== undefined).length,
	};
}

const secondsOf = (sweeps: Sweep[]) => sweeps.map(({ seconds }) => seconds);
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function ourResult(sweeps: Sweep[], answerMs: number): Result {
	const seconds = secondsOf(sweeps);
	const rate = (RUNS / median(seconds)) * 10;
	const refused = sum(sweeps.map((one) => one.refused));
	const failed = sum(sweeps.map((one) => one.failed));
	return {
		measure: `_Get_, ${RUNS} runs, ${answerMs} ms`,
		measured: `${Math.round(rate)} per 10 s (${range(seconds, 1)} s), ${failed} failed, ${refused} 429`,
		goal: `>= ${GOAL * TRUTO_LIMIT} per 10 s, 0 failed, 0 429`,
		met: rate >= GOAL * TRUTO_LIMIT && refused === 0 && failed === 0,
	};
}

/** A setting that met a 429 loses items, so its time does not count. */
function against(ours: Sweep[], { batchSize, batchInterval }: Batching, theirs: Sweep[]): Result {
	const refused = theirs.map((one) => one.refused);
	const spoiled = theirs.filter((one) => one.refused > 0).length;
	const oursSeconds = median(secondsOf(ours));
	const theirSeconds = median(secondsOf(theirs));
	return {
		measure: `HTTP Request, ${batchSize} every ${batchInterval / 1000} s, 0 ms`,
		measured: `${theirSeconds.toFixed(1)} s; ${spoiled} of ${theirs.length} lost items (${range(refused, 0)} each)`,
		goal: 'slower, or loses items',
		met: oursSeconds < theirSeconds || spoiled > 0,
	};
}
