import type { JsonRecord } from '../json';
import { simplifyRun } from './simplifyRun';
import { splitResourceStats, splitRuns, type SplitOptions } from './splitResourceStats';

/** How runs are to be output. */
export interface RunOutput {
	/** Rows of `resource_stats` instead of runs. */
	split?: SplitOptions;
	simplify: boolean;
}

/**
 * The output items of one run.
 *
 * @throws {ExplainedError} where the run's `resource_stats` can't be split
 */
export function outputRun(run: JsonRecord, { split, simplify }: RunOutput): JsonRecord[] {
	if (split) return splitResourceStats(run, split);
	return [simplify ? simplifyRun(run) : run];
}

/** The output items of a list of runs. One that can't be split does not cost the others theirs. */
export function outputRuns(runs: JsonRecord[], { split, simplify }: RunOutput): JsonRecord[] {
	if (split) return splitRuns(runs, split);
	return simplify ? runs.map(simplifyRun) : runs;
}
