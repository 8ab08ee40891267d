import type { JsonRecord } from '../json';
import { runContext } from './runContext';
import { simplifyRun } from './simplifyRun';
import { splitResourceStats, type SplitOptions } from './splitResourceStats';

/** How runs are to be output. */
export interface RunOutput {
	/** Rows of `resource_stats` instead of runs. */
	split?: SplitOptions & {
		/** No row for a run that has no statistics. */
		skipRunsWithoutStats: boolean;
	};
	simplify: boolean;
}

/**
 * The output items of one run.
 *
 * @throws {ExplainedError} where the run's `resource_stats` can't be split
 */
export function outputRun(run: JsonRecord, { split, simplify }: RunOutput): JsonRecord[] {
	if (!split) return [simplify ? simplifyRun(run) : run];
	const rows = splitResourceStats(run, split);
	if (rows.length > 0 || split.skipRunsWithoutStats) return rows;
	return [{ ...runContext(run), resource: null }];
}
