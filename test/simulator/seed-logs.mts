import { RUNS } from './constants.mts';
import { errorBody, remoteErrorBody } from './errors.mts';
import { failureLog } from './failure-logs.mts';
import type { FailureCause } from './failure-logs.mts';
import type { Store } from './store.mts';

/** How many log entries RUNS.failedManyLogs has. */
export const MANY_LOGS = 260;

/** Adds log entries that tell why the seeded runs failed. */
export function seedLogs(store: Store): void {
	const causes: [string, FailureCause][] = [
		[RUNS.failed, 'auth'],
		[RUNS.failedMapping, 'mapping'],
		[RUNS.failedRateLimit, 'rateLimit'],
		[RUNS.failedUpstream, 'upstream'],
		[RUNS.failedDelivery, 'delivery'],
	];
	for (const [id, cause] of causes) {
		addSuccess(store, id, 30);
		store.addLog({
			...failureLog(cause),
			sync_job_run_id: id,
			timestamp: afterStart(store, id, 55),
		});
	}
	for (let second = 0; second < 3; second++) addSuccess(store, RUNS.completed, 10 * second);
	for (let index = 0; index < 3; index++) addRecordError(store, RUNS.completedWithErrors, index);
	for (let index = 0; index < MANY_LOGS - 1; index++)
		addRecordError(store, RUNS.failedManyLogs, index);
	store.addLog({
		...failureLog('upstream', { resource: 'crm/contacts' }),
		sync_job_run_id: RUNS.failedManyLogs,
		timestamp: afterStart(store, RUNS.failedManyLogs, 58),
	});
}

function afterStart(store: Store, id: string, seconds: number): string {
	const start = Date.parse(store.runs.get(id)?.created_at ?? '') || store.clock.now();
	return new Date(start + seconds * 1_000).toISOString();
}

function addSuccess(store: Store, id: string, seconds: number): void {
	store.addLog({
		sync_job_run_id: id,
		timestamp: afterStart(store, id, seconds),
		resource: 'crm/contacts',
		num_records: 31,
		fetch_duration: 187,
		webhook_status: 200,
		webhook_successful: true,
		logs: [{ level: 'info', message: 'Fetched 31 records' }],
	});
}

function addRecordError(store: Store, id: string, index: number): void {
	const record = `contact-${String(index + 1)}`;
	const error =
		index % 2 === 0
			? errorBody(422, `Property values were not valid for ${record}`)
			: remoteErrorBody(500, { message: `Cannot read ${record}` });
	store.addLog({
		sync_job_run_id: id,
		sync_job_run_event: 'record_error',
		// Several entries share a timestamp, so that a page can end between them.
		timestamp: afterStart(store, id, 5 + Math.floor(index / 6)),
		resource: 'crm/contacts',
		status: 'error',
		logs: [{ level: 'error', message: `Failed to fetch ${record}`, error }],
	});
}
