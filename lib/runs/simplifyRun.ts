import { textOrNull, type JsonRecord } from '../json';
import { totalCounters } from './resourceStats';
import { durationSeconds, integrationName } from './runContext';

/**
 * The fields of a run that people look at: its ids, integration, status, times and totals.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 * @returns `totals` holds the sum of each numeric counter; it is null where `resource_stats` can't be
 * read, so that one odd run does not hide the rest of a report
 */
export function simplifyRun(run: JsonRecord): JsonRecord {
	return {
		id: textOrNull(run.id),
		sync_job_id: textOrNull(run.sync_job_id),
		integrated_account_id: textOrNull(run.integrated_account_id),
		integration_name: integrationName(run),
		status: textOrNull(run.status),
		created_at: textOrNull(run.created_at),
		updated_at: textOrNull(run.updated_at),
		started_at: textOrNull(run.started_at),
		finished_at: textOrNull(run.finished_at),
		duration_seconds: durationSeconds(run),
		totals: totalCounters(run),
	};
}
