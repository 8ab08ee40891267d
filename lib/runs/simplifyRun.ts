import type { JsonRecord } from '../json';
import type { Run } from '../truto/run';
import { totalCounters } from './resourceStats';
import { durationSeconds } from './runContext';

/**
 * The fields of a run that people look at, flat: at most 10, as n8n's guideline for *Simplify* says.
 *
 * @returns `label` is the sync job's label, or the integration if it has none; `fetched` and `persisted`
 * are the sums over all resources, null if the run hasn't counted them or they can't be read
 */
export function simplifyRun(run: Run): JsonRecord {
	const totals = totalCounters(run);
	return {
		sync_job_run_id: run.id,
		status: run.status,
		label: run.label,
		fetched: totals?.fetched ?? null,
		persisted: totals?.persisted ?? null,
		started_at: run.startedAt.text,
		finished_at: run.finishedAt.text,
		duration_seconds: durationSeconds(run),
		sync_job_id: run.syncJobId,
		integrated_account_id: run.integratedAccountId,
	};
}
