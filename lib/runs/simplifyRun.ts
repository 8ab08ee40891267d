import { textOrNull, type JsonRecord } from '../json';
import { accountId, syncJobId } from '../truto/references';
import { utcTime } from '../truto/timestamp';
import { totalCounters } from './resourceStats';
import { durationSeconds, runLabel } from './runContext';

/**
 * The fields of a run that people look at, flat: at most 10, as n8n's guideline for *Simplify* says.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 * @returns `label` is the sync job's label, or the integration if it has none; `fetched` and `persisted`
 * are the sums over all resources, null if the run hasn't counted them or they can't be read
 */
export function simplifyRun(run: JsonRecord): JsonRecord {
	const totals = totalCounters(run);
	return {
		sync_job_run_id: textOrNull(run.id),
		status: textOrNull(run.status),
		label: runLabel(run),
		fetched: totals?.fetched ?? null,
		persisted: totals?.persisted ?? null,
		started_at: utcTime(run.started_at),
		finished_at: utcTime(run.finished_at),
		duration_seconds: durationSeconds(run),
		sync_job_id: syncJobId(run),
		integrated_account_id: accountId(run),
	};
}
