import { describe, expect, it } from '@jest/globals';

import { FAULTS, RUNS, type Simulator } from '../simulator/index.mts';
import { byId, runTruto, type TrutoResult, type TrutoTest } from './harness.mts';
import { timersLeftBy } from './live-timers.mts';
import { sweep } from './sweep.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

interface Stopped {
	result: TrutoResult;
	/** From the stop to the end of the execution, in milliseconds. */
	tookMs: number;
	/** How many requests the simulator had got when it was stopped. */
	sent: number;
}

/** Runs the node and stops the execution a moment after `when` holds. */
async function runAndStop(test: TrutoTest, when: (simulator: Simulator) => boolean) {
	const stop = new AbortController();
	const stopped: Omit<Stopped, 'result'> & { at: number } = { at: 0, tookMs: 0, sent: 0 };
	const poll = setInterval(() => {
		if (!when(truto())) return;
		clearInterval(poll);
		setTimeout(() => {
			stopped.at = performance.now();
			stopped.sent = truto().requests.length;
			stop.abort();
		}, 100);
	}, 5);
	const result = await runTruto({ ...test, signal: stop.signal }).finally(() => {
		clearInterval(poll);
	});
	if (stopped.at === 0) throw new Error('The execution was over before it could be stopped');
	return { ...stopped, result, tookMs: performance.now() - stopped.at };
}

describe('stopping an execution', () => {
	it.each<[string, number, () => void, (simulator: Simulator) => boolean]>([
		[
			'waits for a place in the rate limit',
			600,
			() => undefined,
			({ requests }) => requests.filter(({ status }) => status === 200).length >= 480,
		],
		[
			'waits to try again',
			3,
			() => {
				truto().faults.forPath('/sync-job-run', FAULTS.tooManyRequests);
			},
			({ requests }) => requests.filter(({ status }) => status === 429).length === 3,
		],
		[
			'waits for answers',
			3,
			() => {
				truto().faults.forPath('/sync-job-run', FAULTS.hang);
			},
			({ requests }) => requests.length === 3,
		],
	])('that %s ends it at once, leaves no timer and sends no more', async (_, count, set, when) => {
		set();
		const test = sweep(truto(), count);
		let stopped: Stopped | undefined;

		const timers = await timersLeftBy(async () => {
			stopped = await runAndStop(test, when);
		});

		expect(stopped?.tookMs).toBeLessThan(1_000);
		expect(stopped?.result.rows).toEqual([]);
		expect(stopped?.result.execution.status).toBe('canceled');
		expect(timers).toEqual([]);
		await new Promise((resolve) => setTimeout(resolve, 700));
		expect(truto().requests).toHaveLength(stopped?.sent ?? -1);
	});

	it('stops waiting items even if On Error says to continue', async () => {
		truto().faults.forPath('/sync-job-run', FAULTS.tooManyRequests);
		const test = { ...sweep(truto(), 3), onError: 'continueRegularOutput' as const };

		const { result, tookMs } = await runAndStop(test, ({ requests }) => requests.length === 3);

		expect(tookMs).toBeLessThan(1_000);
		expect(result.execution.status).toBe('canceled');
	});

	it('does not hold up the next one', async () => {
		await runAndStop(sweep(truto(), 300), ({ requests }) => requests.length > 100);

		const { rows, durationMs } = await runTruto({
			simulator: truto(),
			parameters: { syncJobRunId: byId(RUNS.completed) },
		});

		expect(rows).toHaveLength(1);
		expect(durationMs).toBeLessThan(1_000);
	});
});
