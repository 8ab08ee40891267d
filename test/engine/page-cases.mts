import { expect } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, fixedId, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId } from './harness.mts';

/** Runs that the tests add: 117 of 120 records arrived; and one that has been running for three hours. */
export const PARTIAL = fixedId('c0ee', 1);
export const LONG = fixedId('c0ee', 2);

const ACCOUNT = {
	resource: 'integratedAccount',
	operation: 'get',
	integratedAccountId: byId(ACCOUNTS.hubspot),
	simplify: true,
};
const SCHEDULE = {
	resource: 'schedule',
	operation: 'get',
	scheduleId: byId(CRON_TRIGGERS.sixHourly),
};
const SCHEDULES = {
	resource: 'schedule',
	operation: 'getAll',
	simplify: true,
	options: { includeLastRun: true },
};
const JOB = {
	resource: 'syncJob',
	operation: 'get',
	syncJobId: byId(SYNC_JOBS.hris),
	simplify: true,
};
const STATES = {
	resource: 'syncJobState',
	operation: 'getAll',
	specifyState: 'stateKey',
	stateKey: ACCOUNTS.pipedrive,
};
export const STATE_OF_SUNDAY = {
	resource: 'syncJobState',
	operation: 'set',
	specifyState: 'stateKey',
	stateKey: ACCOUNTS.pipedrive,
	key: 'last_synced_at',
	valueType: 'text',
	value: '2026-03-29T08:00:00.000Z',
};
const of = (operation: string, id: string, others: INodeParameters = {}) => ({
	operation,
	syncJobRunId: byId(id),
	...others,
});
const split = (id: string) => of('get', id, { splitResourceStats: true });

/** What a page says, the operation whose first item it is about, and what it gives for that. */
type Case = [page: string, expression: string, item: INodeParameters, value: unknown];

export const ABOUT_ITEMS: Case[] = [
	['integrated-account-get-all', '{{ $json.tenant_id }}', ACCOUNT, 'acme-1'],
	[
		'integrated-account-get',
		'{{ $json.tenant_id }}: {{ $json.reason ?? $json.status }}',
		ACCOUNT,
		'acme-1: active',
	],
	[
		'integrated-account-refresh-credentials',
		'{{ $json.integrated_account_id }}',
		split(PARTIAL),
		'ac000000-0000-4000-8000-000000000001',
	],
	[
		'schedule-delete',
		'{{ $json.sync_job_cron_trigger_id }}',
		SCHEDULES,
		'c4070000-0000-4000-8000-000000000003',
	],
	['schedule-get-all', '{{ $json.is_late }}', SCHEDULES, false],
	[
		'sync-job-check-health',
		"{{ $json.who_acts === 'end_user' }}",
		{ resource: 'syncJob', operation: 'checkHealth' },
		true,
	],
	['sync-job-get-all', "{{ $json.required_arguments === '' }}", JOB, true],
	['sync-job-get', "{{ $json.resources.split(', ')[0] }}", JOB, 'hris/employees'],
	[
		'sync-job-run-diagnose',
		"{{ $json.who_acts !== 'nobody' }}",
		of('diagnose', RUNS.completed),
		false,
	],
	[
		'sync-job-run-diagnose',
		'{{ $json.slack_message }}',
		of('diagnose', RUNS.failed, { options: { slackBlocks: true } }),
		{ text: expect.any(String), blocks: expect.any(Array) },
	],
	['sync-job-run-get-logs', '{{ $json.is_error }}', of('getLogs', RUNS.failed), false],
	[
		'sync-job-run-get-progress',
		'{{ $json.is_finished || $json.is_stuck }}',
		of('getProgress', RUNS.stuck),
		true,
	],
	['sync-job-run-get', '{{ $json.sync_job_run_id }}', split(PARTIAL), PARTIAL],
	[
		'sync-job-run-get',
		'{{ $json.fetched ? Math.round(100 * $json.persisted / $json.fetched) : null }}',
		split(PARTIAL),
		98,
	],
	[
		'sync-job-run-stop',
		'{{ $json.is_running && $json.elapsed_seconds > 7200 }}',
		of('getProgress', LONG),
		true,
	],
	[
		'sync-job-run-wait',
		"{{ $json.status === 'completed' && $json.persisted === $json.fetched }}",
		of('get', PARTIAL, { simplify: true }),
		false,
	],
	['sync-job-state-delete', '{{ $json.key }}', STATES, 'last_synced_at'],
	[
		'sync-job-state-get-all',
		'{{ $json.integrated_account_id }}',
		split(PARTIAL),
		'ac000000-0000-4000-8000-000000000001',
	],
];

/** The same at noon in Berlin on 30 March 2026, a Monday. */
export const ABOUT_TIMES: Case[] = [
	['schedule-activate', '{{ $json.next_runs_local[0] }}', SCHEDULE, '2026-03-30T14:00:00+02:00'],
	[
		'schedule-get',
		'{{ $json.next_run_at_local }}',
		{ ...SCHEDULE, simplify: true },
		'2026-03-30T14:00:00+02:00',
	],
	['schedule-update', '{{ $json.next_runs_local[0] }}', SCHEDULE, '2026-03-30T14:00:00+02:00'],
	[
		'sync-job-run-start',
		"{{ $now.startOf('month').toISO() }}",
		ACCOUNT,
		'2026-03-01T00:00:00.000+01:00',
	],
	[
		'sync-job-state-get',
		"{{ Math.round($now.diff(DateTime.fromISO($json.value), 'hours').hours) }}",
		STATE_OF_SUNDAY,
		26,
	],
];

export const THIRTY_DAYS_AGO = "{{ $now.minus(30, 'days') }}";

/** For a parameter of the page's own operation; readme-expressions.test.mts has those of Get Many. */
export const FOR_PARAMETERS = [
	'schedule-create: 0 {{ $json.hour }} * * *',
	"sync-job-run-get-all: {{ $today.minus(1, 'day') }}",
	'sync-job-run-get-all: {{ $today }}',
	'sync-job-run-get-all: {{ $json.created_at }}',
	`sync-job-state-set: ${THIRTY_DAYS_AGO}`,
];
