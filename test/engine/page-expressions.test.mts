import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, CRON_TRIGGERS, fixedId, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const FOLDER = 'docs/operations';

const truto = useSimulator();

/** Runs that the tests add: 117 of 120 records arrived; and one that has been running for three hours. */
const PARTIAL = fixedId('c0ee', 1);
const LONG = fixedId('c0ee', 2);

beforeEach(() => {
	const { store } = truto();
	const resourceStats = { 'crm/contacts': { list: { fetched: 120, persisted: 117 } } };
	store.addRun({ id: PARTIAL, status: 'completed', resource_stats: resourceStats });
	const threeHoursAgo = new Date(Date.now() - 3 * 3_600_000).toISOString();
	store.addRun({
		id: LONG,
		status: 'running',
		created_at: threeHoursAgo,
		started_at: threeHoursAgo,
		updated_at: new Date().toISOString(),
	});
});

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
const STATE_OF_SUNDAY = {
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

const ABOUT_ITEMS: Case[] = [
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
const ABOUT_TIMES: Case[] = [
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

const THIRTY_DAYS_AGO = "{{ $now.minus(30, 'days') }}";

/** For a parameter of the page's own operation; readme-expressions.test.mts has those of Get Many. */
const FOR_PARAMETERS = [
	'schedule-create: 0 {{ $json.hour }} * * *',
	"sync-job-run-get-all: {{ $today.minus(1, 'day') }}",
	'sync-job-run-get-all: {{ $today }}',
	'sync-job-run-get-all: {{ $json.created_at }}',
	`sync-job-state-set: ${THIRTY_DAYS_AGO}`,
];

/** The lines with expressions in a page's examples. */
function examplesIn(file: string): string[] {
	const blocks = readFileSync(join(FOLDER, file), 'utf8').matchAll(/```text\n([^`]+)```/g);
	const lines = [...blocks].flatMap(([, block = '']) => block.trim().split('\n'));
	return lines.filter((line) => line.includes('{{ '));
}

async function valueOf(expression: string, parameters: INodeParameters): Promise<unknown> {
	const { after, error } = await runTruto({
		simulator: truto(),
		parameters,
		after: { value: `=${expression}` },
		timezone: 'Europe/Berlin',
	});
	expect(error).toBeUndefined();
	const [first]: IDataObject[] = after[0] ?? [];
	return first?.value;
}

describe("the pages' example expressions", () => {
	it('are the ones that are tested here', () => {
		const written = readdirSync(FOLDER).flatMap((file) =>
			examplesIn(file).map((line) => `${file.replace('.md', '')}: ${line}`),
		);
		const tested = [...ABOUT_ITEMS, ...ABOUT_TIMES].map(([page, line]) => `${page}: ${line}`);
		expect(written.sort()).toEqual([...tested, ...FOR_PARAMETERS].sort());
	});

	it.each(ABOUT_ITEMS)('%s: %s', async (_, expression, parameters, value) => {
		expect(await valueOf(expression, parameters)).toEqual(value);
	});

	describe('about times', () => {
		beforeEach(() => {
			jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-03-30T10:00:00.000Z'));
		});
		afterEach(() => {
			jest.restoreAllMocks();
		});

		it.each(ABOUT_TIMES)('%s: %s', async (_, expression, parameters, value) => {
			expect(await valueOf(expression, parameters)).toEqual(value);
		});

		it('set a state back', async () => {
			const { rows } = await runTruto({
				simulator: truto(),
				parameters: { ...STATE_OF_SUNDAY, valueType: 'date', date: `=${THIRTY_DAYS_AGO}` },
				timezone: 'Europe/Berlin',
			});

			expect(rows).toMatchObject([{ value: '2026-02-28T11:00:00.000Z' }]);
		});
	});

	it('give a schedule its hour', async () => {
		const { error } = await runTruto({
			simulator: truto(),
			parameters: {
				resource: 'schedule',
				operation: 'create',
				syncJobId: byId(SYNC_JOBS.hris),
				integratedAccountId: byId(ACCOUNTS.bamboohr),
				cronExpression: '=0 {{ $json.hour }} * * *',
			},
			items: [{ hour: 5 }],
		});
		expect(error).toBeUndefined();
		const created = truto().requests.find(({ method }) => method === 'POST');
		expect(created?.body).toMatchObject({ cron_expression: '0 5 * * *' });
	});
});
