import { ACCOUNTS, OTHER_ENVIRONMENT_ID, RUNS, SYNC_JOBS, fixedId } from './constants.mts';
import { counters, manyResources, odd, oddNames } from './seed-stats.mts';
import type { Store } from './store.mts';
import type { RunInput } from './types.mts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const SYNC_JOB_OF_CAUSE = {
	sync_job_id: SYNC_JOBS.crm,
	integrated_account_id: ACCOUNTS.hubspot,
};

/** Adds the runs that have a name in RUNS. */
export function seedNamedRuns(store: Store): void {
	const now = store.clock.now();
	const iso = (ago: number) => new Date(now - ago).toISOString();
	// A run that took a minute and ended a minute after that many minutes ago.
	const span = (minutesAgo: number) => ({
		created_at: iso(minutesAgo * MINUTE_MS),
		started_at: iso(minutesAgo * MINUTE_MS - SECOND_MS),
		updated_at: iso(minutesAgo * MINUTE_MS - MINUTE_MS),
		finished_at: iso(minutesAgo * MINUTE_MS - MINUTE_MS),
	});
	const unfinished = (minutesAgo: number, updatedMsAgo: number) => ({
		...span(minutesAgo),
		updated_at: iso(updatedMsAgo),
		finished_at: null,
	});
	const completed = (minutesAgo: number, input: RunInput): RunInput => ({
		...span(minutesAgo),
		status: 'completed',
		...input,
	});
	const runs: RunInput[] = [
		completed(60, {
			id: RUNS.completed,
			args: { since: '2026-01-01T00:00:00.000Z', page_size: 100 },
			webhook_id: fixedId('3b00', 1),
			resource_stats: {
				'crm/contacts': { list: { fetched: 120, persisted: 118 } },
				'crm/accounts': { list: { fetched: 40, persisted: 40 } },
				'crm/notes': { list: { fetched: 9, persisted: 9 }, get: { fetched: 3, persisted: 3 } },
			},
		}),
		...failedRuns((minutesAgo) => ({ ...span(minutesAgo), status: 'failed' })),
		{
			...unfinished(3, 5 * SECOND_MS),
			id: RUNS.running,
			status: 'running',
			resource_stats: counters({ 'crm/contacts': 800, 'crm/accounts': 120 }),
		},
		{
			...unfinished(0, 0),
			id: RUNS.created,
			status: 'created',
			started_at: null,
			sync_job_id: SYNC_JOBS.hris,
			integrated_account_id: ACCOUNTS.bamboohr,
		},
		{
			...unfinished(8, 2 * MINUTE_MS),
			id: RUNS.rateLimited,
			status: 'rate_limited',
			sync_job_id: SYNC_JOBS.rateLimited,
			integrated_account_id: ACCOUNTS.salesforce,
			resource_stats: counters({ 'crm/contacts': 2_000 }),
		},
		{
			...span(300),
			id: RUNS.stopped,
			status: 'stopped',
			resource_stats: counters({ 'crm/contacts': 77 }),
		},
		{
			id: RUNS.growing,
			created_at: iso(65 * SECOND_MS),
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 5_000 },
			],
		},
		{ ...unfinished(1, 50 * SECOND_MS), id: RUNS.noStats, status: 'running', resource_stats: null },
		{
			...unfinished(2, 80 * SECOND_MS),
			id: RUNS.emptyStats,
			status: 'running',
			resource_stats: {},
		},
		{ ...unfinished(4, 3 * MINUTE_MS), id: RUNS.absentStats, status: 'running' },
		completed(90, { id: RUNS.oddNames, resource_stats: oddNames() }),
		completed(2 * 24 * 60 + 1, {
			id: RUNS.oddStatsArray,
			resource_stats: odd([{ fetched: 1 }, 2, 'three']),
		}),
		completed(2 * 24 * 60 + 2, { id: RUNS.oddStatsString, resource_stats: odd('pending') }),
		completed(2 * 24 * 60 + 3, { id: RUNS.oddStatsNumber, resource_stats: odd(42) }),
		completed(94, {
			id: RUNS.bareNumbers,
			sync_job_id: SYNC_JOBS.proxy,
			integrated_account_id: ACCOUNTS.salesforce,
			resource_stats: odd({
				contacts: { list: 42, get: { fetched: 3, persisted: 3, skipped: 1 } },
			}),
		}),
		completed(95, {
			id: RUNS.fiveResources,
			resource_stats: counters({
				'crm/contacts': 500,
				'crm/accounts': 400,
				'crm/deals': 300,
				'crm/notes': 200,
				'crm/users': 100,
			}),
		}),
		completed(96, {
			id: RUNS.twoResources,
			resource_stats: counters({ 'crm/contacts': 20, 'crm/accounts': 10 }),
		}),
		{
			...unfinished(30, 10 * MINUTE_MS),
			id: RUNS.stuck,
			status: 'running',
			resource_stats: counters({ 'crm/contacts': 12 }),
		},
		{ ...unfinished(15, MINUTE_MS), id: RUNS.unknownStatus, status: 'waiting_for_quota' },
		completed(97, {
			id: RUNS.completedWithErrors,
			error_handling: 'ignore',
			resource_stats: { 'crm/contacts': { list: { fetched: 50, persisted: 47 } } },
		}),
		completed(10, {
			id: RUNS.other,
			sync_job_id: SYNC_JOBS.other,
			integrated_account_id: ACCOUNTS.other,
			environment_id: OTHER_ENVIRONMENT_ID,
		}),
	];
	for (const run of runs) store.addRun(run);
	Reflect.deleteProperty(store.runs.get(RUNS.absentStats) ?? {}, 'resource_stats');
	store.addRun(completed(98, { id: RUNS.large, resource_stats: manyResources(500) }));
}

function failedRuns(base: (minutesAgo: number) => RunInput): RunInput[] {
	const contacts = counters({ 'crm/contacts': 31 });
	return [
		{ ...base(120), ...SYNC_JOB_OF_CAUSE, id: RUNS.failed, resource_stats: contacts },
		{
			...base(121),
			id: RUNS.failedMapping,
			sync_job_id: SYNC_JOBS.ticketing,
			integrated_account_id: ACCOUNTS.zendesk,
			args: { organization_ids: ['1'] },
			resource_stats: counters({ 'ticketing/tickets': 40 }),
		},
		{ ...base(122), ...SYNC_JOB_OF_CAUSE, id: RUNS.failedRateLimit, resource_stats: contacts },
		{
			...base(123),
			id: RUNS.failedUpstream,
			sync_job_id: SYNC_JOBS.hris,
			integrated_account_id: ACCOUNTS.bamboohr,
			resource_stats: {},
		},
		{
			...base(124),
			...SYNC_JOB_OF_CAUSE,
			id: RUNS.failedDelivery,
			webhook_id: fixedId('3b00', 1),
			resource_stats: counters({ 'crm/deals': 100 }),
		},
		{
			...base(125),
			...SYNC_JOB_OF_CAUSE,
			id: RUNS.failedManyLogs,
			error_handling: 'ignore',
			resource_stats: contacts,
		},
		{ ...base(126), ...SYNC_JOB_OF_CAUSE, id: RUNS.failedNoLogs, resource_stats: null },
	];
}
