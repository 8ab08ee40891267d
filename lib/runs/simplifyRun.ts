import type { Run } from '../truto/run';
import { totalCounters } from './resourceStats';
import { runContext, type RunContext } from './runContext';

/**
 * The fields of a run that people look at, flat. They have the same names as in a split.
 *
 * @returns `fetched` and `persisted` are the sums over all resources, null if the run hasn't counted them
 * or they can't be read
 */
export function simplifyRun(
	run: Run,
): RunContext & { fetched: number | null; persisted: number | null } {
	const totals = totalCounters(run);
	const { status, tenant_id, sync_job_label, integration_name, ...rest } = runContext(run);
	return {
		status,
		tenant_id,
		sync_job_label,
		integration_name,
		fetched: totals?.fetched ?? null,
		persisted: totals?.persisted ?? null,
		...rest,
	};
}
