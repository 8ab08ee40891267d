import type { Result } from './result.mts';

const WINDOW_SECONDS = 10;

/** Processes that use one token at the same time. */
export interface SharedToken {
	processes: number;
	/** Requests that the simulator takes per 10 seconds. */
	limit: number;
	/** How it counts them, unless its window slides. */
	window?: 'fixed';
	/** Of each process. */
	runs: number;
	/** How long the simulator takes to answer; default 0. */
	answerMs?: number;
}

/** What the sweep of one process took. */
export interface Swept {
	seconds: number;
	failed: number;
}

/** @param statuses how many answers of each status the simulator gave */
export function sharedTokenResult(
	{ processes, limit, window, runs, answerMs = 0 }: SharedToken,
	swept: Swept[],
	statuses: Record<string, number>,
): Result {
	const seconds = swept.map((one) => one.seconds);
	const [slowest, fastest] = [Math.max(...seconds), Math.min(...seconds)];
	const failed = swept.reduce((sum, one) => sum + one.failed, 0);
	const allowed = (processes * runs) / (limit / WINDOW_SECONDS);
	const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0);
	const refused = (statuses['429'] ?? 0) / requests;
	const limited = `${limit} per ${window === 'fixed' ? 'fixed ' : ''}${WINDOW_SECONDS} s`;
	return {
		measure: `${processes} x ${runs} runs, ${limited}, ${answerMs} ms`,
		measured: `${(slowest / allowed).toFixed(2)} x of ${allowed.toFixed(0)} s; ${(100 * refused).toFixed(1)} % 429; ${failed} failed; slowest ${(slowest / fastest).toFixed(2)} x`,
		goal: '<= 1.15 x, slowest <= 1.3 x',
		met: slowest / allowed <= 1.15 && failed === 0 && slowest / fastest <= 1.3,
	};
}
