import type { JsonRecord } from '../json';
import { shaped, type Shape } from '../shape';
import type { Run } from '../truto/run';
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
export function outputRun(run: Run, { split, shape }: RunOutput): JsonRecord[] {
	if (split) return splitResourceStats(run, split);
	return [shapedRun(run, shape)];
}

/** The output items of a list of runs. A run that can't be split doesn't affect the others. */
export function outputRuns(runs: Run[], { split, shape }: RunOutput): JsonRecord[] {
	if (split) return splitRuns(runs, split);
	return runs.map((run) => shapedRun(run, shape));
}

const NAME_COLUMNS = ['tenant_id', 'sync_job_label', 'integration_name'];

/** Whether the output has the names of customer and sync job: not if it is as Truto sent it. */
export function showsNames({ split, shape }: RunOutput): boolean {
	if (split || shape.kind === 'simplified') return true;
	return shape.kind === 'fields' && shape.fields.some((field) => NAME_COLUMNS.includes(field));
}

/** A run in the chosen form: see {@link shaped}. */
function shapedRun(run: Run, shape: Shape): JsonRecord {
	return shaped(run.raw, shape, () => simplifyRun(run));
}
