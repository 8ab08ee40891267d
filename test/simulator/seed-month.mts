import { ACCOUNTS, CRON_TRIGGERS, RUNS, SYNC_JOBS, fixedId } from './constants.mts';
import { failureLog } from './failure-logs.mts';
import type { FailureCause } from './failure-logs.mts';
import { seededRandom } from './random.mts';
import { counters } from './seed-stats.mts';
import { RUNS_WEBHOOK_ID } from './seed-v4-runs.mts';
import { seedStore } from './seed.mts';
import type { Store } from './store.mts';
import type { RunInput } from './types.mts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAYS = 30;

/** Of the named runs, those that a customer could have; the others are there for tests. */
const KEPT: ReadonlySet<string> = new Set([
	RUNS.completed,
	RUNS.fiveResources,
	RUNS.failed,
	RUNS.failedMapping,
	RUNS.failedUpstream,
	RUNS.stopped,
	RUNS.growing,
	RUNS.v4Completed,
	RUNS.v4Stuck,
	RUNS.v4RateLimited,
	RUNS.v4FailedMapping,
	RUNS.v4FailedUpstream,
	RUNS.failedReauth,
	RUNS.failedScopes,
	RUNS.notDelivered,
	RUNS.notStored,
	RUNS.dropped,
	RUNS.nothingFetched,
]);

const LABELS: Record<string, string> = {
	[SYNC_JOBS.crm]: 'HubSpot CRM to warehouse',
	[SYNC_JOBS.hris]: 'BambooHR employees, daily',
	[SYNC_JOBS.failing]: 'HubSpot deals, nightly',
	[SYNC_JOBS.rateLimited]: 'Salesforce opportunities, hourly',
	[SYNC_JOBS.proxy]: 'Salesforce contacts, twice a day',
	[SYNC_JOBS.v4Ticketing]: 'Jira tickets, nightly',
};

/**
 * Fills a store with a customer's month, for demos and pictures: the data of `seedStore` without what is odd
 * on purpose, with a label for each sync job, and with the runs that schedules have started.
 */
export function seedMonth(store: Store): void {
	seedStore(store);
	for (const id of Object.values(RUNS)) if (!KEPT.has(id)) store.removeRun(id);
	explainFailures(store);
	addScheduledRuns(store);
	addLateSchedule(store);
	for (const [id, label] of Object.entries(LABELS)) nameSyncJob(store, id, label);
}

/** A failed run of the history says why in its logs, as Truto's do. */
function explainFailures(store: Store): void {
	const causes: Record<string, FailureCause> = {
		[SYNC_JOBS.crm]: 'rateLimit',
		[SYNC_JOBS.ticketing]: 'mapping',
		[SYNC_JOBS.hris]: 'upstream',
	};
	for (const run of store.runs.values()) {
		if (run.status !== 'failed' || store.logs.some((log) => log.sync_job_run_id === run.id))
			continue;
		const cause = causes[run.sync_job_id] ?? 'upstream';
		const timestamp = run.finished_at ?? run.created_at;
		store.addLog({ ...failureLog(cause), sync_job_run_id: run.id, timestamp });
	}
}

/** What the two active schedules have started: Pipedrive every six hours, Jira each night. */
function addScheduledRuns(store: Store): void {
	const now = store.clock.now();
	const random = seededRandom(30);
	const midnight = now - (now % (24 * HOUR_MS));
	const upTo = (most: number) => Math.floor(random() * most);
	let number = 0;
	const add = (time: number, minutes: number, input: RunInput) => {
		if (time > now - 6 * HOUR_MS) return;
		const [created_at, started_at, finished_at] = [0, 2_000, minutes * MINUTE_MS].map((after) =>
			new Date(time + after).toISOString(),
		);
		store.addRun({
			id: fixedId('d100', ++number),
			status: 'completed',
			is_scheduled: true,
			webhook_id: RUNS_WEBHOOK_ID,
			...{ created_at, started_at, finished_at, updated_at: finished_at },
			...input,
		});
	};
	for (let day = 0; day < DAYS; day++) {
		const begin = midnight - day * 24 * HOUR_MS;
		for (const hour of [0, 6, 12, 18]) {
			add(begin + hour * HOUR_MS, 2 + upTo(6), {
				sync_job_id: SYNC_JOBS.v4Crm,
				integrated_account_id: ACCOUNTS.pipedrive,
				resource_stats: counters({ 'list-contacts': upTo(900), 'list-deals': upTo(90) }),
			});
		}
		add(begin + 2.5 * HOUR_MS, 9 + upTo(20), {
			sync_job_id: SYNC_JOBS.v4Ticketing,
			integrated_account_id: ACCOUNTS.jira,
			resource_stats: counters({ 'list-tickets': upTo(700), 'list-comments': upTo(2_000) }),
		});
	}
}

/** Hourly, but its last run was half a day ago. */
function addLateSchedule(store: Store): void {
	const since = new Date(store.clock.now() - 20 * 24 * HOUR_MS).toISOString();
	store.addCronTrigger({
		id: CRON_TRIGGERS.late,
		sync_job_id: SYNC_JOBS.ticketing,
		integrated_account_id: ACCOUNTS.zendesk,
		cron_expression: '0 * * * *',
		args: { organization_ids: ['1'] },
		is_scheduled: true,
		created_at: since,
		updated_at: since,
	});
}

function nameSyncJob(store: Store, id: string, label: string): void {
	const job = store.syncJobs.get(id);
	if (job) job.label = label;
	for (const run of store.runs.values()) {
		if (run.sync_job_id === id) run.sync_job = { ...run.sync_job, label };
	}
}
