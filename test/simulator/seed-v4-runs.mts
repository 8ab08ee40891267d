import { ACCOUNTS, RUNS, SYNC_JOBS, fixedId } from './constants.mts';
import { counters } from './seed-stats.mts';
import type { Store } from './store.mts';
import type { ResourceStats, RunInput } from './types.mts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** The webhook and the data store that the seeded runs name. */
export const RUNS_WEBHOOK_ID = fixedId('3b00', 1);
export const RUNS_DATASTORE_ID = fixedId('d5a0', 1);

/** Adds the runs of V4 jobs: by node name, as the store keeps them, are the stats. */
export function seedV4Runs(store: Store): void {
	const now = store.clock.now();
	const iso = (msAgo: number) => new Date(now - msAgo).toISOString();
	// Took three minutes, or is under way and was last updated some minutes ago.
	const took = (status: string, minutesAgo: number) => ({
		status,
		created_at: iso(minutesAgo * MINUTE_MS),
		started_at: iso(minutesAgo * MINUTE_MS - 2 * SECOND_MS),
		updated_at: iso((minutesAgo - 3) * MINUTE_MS),
		finished_at: iso((minutesAgo - 3) * MINUTE_MS),
	});
	const goesOn = (status: string, minutesAgo: number, updatedMsAgo: number) => ({
		...took(status, minutesAgo),
		updated_at: iso(updatedMsAgo),
		finished_at: null,
	});
	const runs: RunInput[] = [
		{ id: RUNS.v4Completed, ...crm(ACCOUNTS.pipedrive), ...took('completed', 360) },
		{
			id: RUNS.v4Running,
			...crm(ACCOUNTS.pipedrive, { 'list-contacts': 640 }),
			...goesOn('running', 2, 4 * SECOND_MS),
		},
		{
			id: RUNS.v4Stuck,
			...tickets(ACCOUNTS.jira, counters({ 'list-tickets': 350 })),
			...goesOn('running', 40, 12 * MINUTE_MS),
		},
		{
			id: RUNS.failedReauth,
			...crm(ACCOUNTS.pipedriveExpired, { 'list-contacts': 200 }),
			...took('failed', 144),
		},
		{
			id: RUNS.v4FailedMapping,
			...crm(ACCOUNTS.pipedrive, { 'list-contacts': 100 }),
			...took('failed', 720),
		},
		{
			id: RUNS.v4FailedUpstream,
			...tickets(ACCOUNTS.jira, counters({ 'list-tickets': 50 })),
			...took('failed', 1_500),
		},
		{
			id: RUNS.failedScopes,
			...tickets(ACCOUNTS.jiraNoScopes, null),
			...took('failed', 290),
		},
		{
			id: RUNS.notDelivered,
			...tickets(ACCOUNTS.jira, counters({ 'list-tickets': 120, 'list-comments': 310 })),
			...took('completed', 480),
		},
		{
			id: RUNS.notStored,
			...files(ACCOUNTS.drive, counters({ 'list-folders': 12, 'list-files': 230 })),
			...took('completed', 500),
		},
		{
			id: RUNS.dropped,
			...crm(ACCOUNTS.pipedrive),
			...took('completed', 1_080),
			resource_stats: {
				'list-contacts': { list: { fetched: 410, persisted: 0 } },
				'list-deals': { list: { fetched: 37, persisted: 37 } },
			},
		},
		{
			id: RUNS.nothingFetched,
			...files(ACCOUNTS.notion, counters({ 'list-folders': 0, 'list-files': 0 })),
			...took('completed', 1_440),
		},
		{
			id: RUNS.v4RateLimited,
			...tickets(ACCOUNTS.jira, counters({ 'list-tickets': 900 })),
			...goesOn('rate_limited', 12, 8 * MINUTE_MS),
		},
	];
	for (const run of runs) store.addRun(run);
}

const DEFAULT_CRM = { 'list-contacts': 1_240, 'list-deals': 87 };

function crm(account: string, fetched: Record<string, number> = DEFAULT_CRM): RunInput {
	return {
		sync_job_id: SYNC_JOBS.v4Crm,
		integrated_account_id: account,
		args: {
			integrated_account_id: account,
			webhook_id: RUNS_WEBHOOK_ID,
			start_date: '2025-10-01',
			stage: 'open',
		},
		webhook_id: RUNS_WEBHOOK_ID,
		resource_stats: counters(fetched),
	};
}

function tickets(account: string, resource_stats: ResourceStats | null): RunInput {
	return {
		sync_job_id: SYNC_JOBS.v4Ticketing,
		integrated_account_id: account,
		args: { integrated_account_id: account, webhook_id: RUNS_WEBHOOK_ID },
		webhook_id: RUNS_WEBHOOK_ID,
		resource_stats,
	};
}

function files(account: string, resource_stats: ResourceStats): RunInput {
	return {
		sync_job_id: SYNC_JOBS.v4Files,
		integrated_account_id: account,
		args: { integrated_account_id: account, datastore_id: RUNS_DATASTORE_ID },
		resource_stats,
	};
}
