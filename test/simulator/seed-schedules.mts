import { ACCOUNTS, CRON_TRIGGERS, OTHER_ENVIRONMENT_ID, RUNS, SYNC_JOBS } from './constants.mts';
import { RUNS_WEBHOOK_ID } from './seed-v4-runs.mts';
import type { Store } from './store.mts';

const HOUR_MS = 60 * 60 * 1_000;
const DAY_MS = 24 * HOUR_MS;

/** Adds cron triggers, what they did, and the states of the jobs that they start. */
export function seedSchedules(store: Store): void {
	const ago = (ms: number) => new Date(store.clock.now() - ms).toISOString();
	const since = { created_at: ago(30 * DAY_MS), updated_at: ago(30 * DAY_MS) };
	const args = (account: string) => ({
		integrated_account_id: account,
		webhook_id: RUNS_WEBHOOK_ID,
	});
	store.addCronTrigger({
		...since,
		id: CRON_TRIGGERS.sixHourly,
		sync_job_id: SYNC_JOBS.v4Crm,
		integrated_account_id: ACCOUNTS.pipedrive,
		cron_expression: '0 */6 * * *',
		args: { ...args(ACCOUNTS.pipedrive), start_date: '2025-10-01' },
		is_scheduled: true,
	});
	store.addCronTrigger({
		...since,
		id: CRON_TRIGGERS.nightly,
		sync_job_id: SYNC_JOBS.v4Ticketing,
		integrated_account_id: ACCOUNTS.jira,
		cron_expression: '30 2 * * *',
		args: args(ACCOUNTS.jira),
		error_handling: 'ignore',
		is_scheduled: true,
	});
	store.addCronTrigger({
		...since,
		id: CRON_TRIGGERS.unscheduled,
		sync_job_id: SYNC_JOBS.hris,
		integrated_account_id: ACCOUNTS.bamboohr,
		cron_expression: '0 6 * * 1',
	});
	store.addCronTrigger({
		...since,
		id: CRON_TRIGGERS.other,
		sync_job_id: SYNC_JOBS.other,
		environment_id: OTHER_ENVIRONMENT_ID,
	});
	for (let hours = 6; hours <= 48; hours += 6) {
		store.addOtherLog('sync_job_cron_trigger', {
			timestamp: ago(hours * HOUR_MS),
			entity_id: SYNC_JOBS.v4Crm,
			duration: 120,
			integrated_account_id: ACCOUNTS.pipedrive,
		});
	}
	store.addOtherLog('sync_job_cron_trigger', {
		timestamp: ago(144 * 60_000),
		entity_id: SYNC_JOBS.v4Crm,
		duration: 95,
		integrated_account_id: ACCOUNTS.pipedriveExpired,
		integrated_account_needs_reauth: true,
	});
	const cells = [
		[ACCOUNTS.pipedrive, 'last_synced_at', RUNS.v4Completed],
		[ACCOUNTS.pipedriveExpired, 'last_synced_at', null],
		[ACCOUNTS.jira, 'last_synced_at', RUNS.notDelivered],
		[ACCOUNTS.jira, 'comments_cursor', RUNS.notDelivered],
	] as const;
	for (const [state_key, key, sync_job_run_id] of cells) {
		const run = sync_job_run_id ? store.runs.get(sync_job_run_id) : undefined;
		const time = run?.started_at ?? ago(2 * DAY_MS);
		store.setRunState({
			state_key,
			key,
			value: time,
			sync_job_run_id,
			created_at: since.created_at,
			updated_at: run?.finished_at ?? time,
		});
	}
}
