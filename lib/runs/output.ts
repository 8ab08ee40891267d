import type { JsonRecord } from '../json';
import { shaped, type Shape } from '../shape';
import { simplifyRun } from './simplifyRun';
import { splitResourceStats, splitRuns, type SplitOptions } from './splitResourceStats';

/** How to output runs. */
export interface RunOutput {
	/** Rows of `resource_stats` instead of runs. */
	split?: SplitOptions;
	shape: Shape;
}

/**
 * The output items of one run.
 *
 * @throws {ExplainedError} if the run's `resource_stats` can't be split
 */
export function outputRun(run: JsonRecord, { split, shape }: RunOutput): JsonRecord[] {
	if (split) return splitResourceStats(run, split);
	return [shaped(run, shape, simplifyRun)];
}

/** The output items of a list of runs. A run that can't be split doesn't affect the others. */
export function outputRuns(runs: JsonRecord[], { split, shape }: RunOutput): JsonRecord[] {
	if (split) return splitRuns(runs, split);
	return runs.map((run) => shaped(run, shape, simplifyRun));
}
