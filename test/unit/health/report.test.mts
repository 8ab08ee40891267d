import { describe, expect, test } from '@jest/globals';

import { healthRow, worstFirst, type HealthRow } from '../../../lib/health/healthRow.ts';
import { reportOf } from '../../../lib/health/report/report.ts';
import { seenRun } from '../../../lib/health/seenRun.ts';
import { isOfSync, syncsOf } from '../../../lib/health/syncsOf.ts';
import { readRun } from '../../../lib/truto/run.ts';
import { readSyncJob } from '../../../lib/truto/syncJob.ts';
import { acme, EVERY_SIX_HOURS, failed, losing, NOW, run, sync } from './syncs.mts';

const rules = { now: NOW, periodHours: 24 };
const healthy = healthRow(sync([run(1)]), rules);
const failing = healthRow(sync([failed(1), failed(7)]), rules);
const report = (rows: HealthRow[]) =>
	reportOf({ rows, periodHours: 24, timeZone: 'UTC', now: NOW }) as {
		text: string;
		html: string;
		slack_message: {
			text: string;
			blocks: { text?: { text: string }; elements?: { text: string }[] }[];
		};
		unhealthy: unknown[];
	};
const times = (count: number, row: HealthRow) => Array<HealthRow>(count).fill(row);

describe('The columns', () => {
	test('count the period, and compare it with the one before', () => {
		const of = sync(
			[run(1), failed(5), losing(23), run(25, { fetched: 400 }), run(47), run(49, { fetched: 9 })],
			{ schedules: [EVERY_SIX_HOURS] },
		);

		expect(healthRow(of, rules)).toEqual({
			health: 'healthy',
			since: '2026-04-01T11:00:00.000Z',
			who_acts: 'nobody',
			next_step: 'Nothing to do.',
			tenant_id: 'acme',
			sync_job_label: 'HubSpot CRM to warehouse',
			integration_name: 'hubspot',
			last_success_at: '2026-04-01T11:30:00.000Z',
			hours_since_success: 0.5,
			last_run_status: 'completed',
			last_run_at: '2026-04-01T11:00:00.000Z',
			failures_in_a_row: 0,
			runs: 3,
			completed: 2,
			failed: 1,
			fetched: 300,
			persisted: 200,
			dropped: 100,
			fetched_before: 500,
			fetched_change_percent: -40,
			schedule: 'every 6 hours',
			next_run_at: '2026-04-01T18:00:00.000Z',
			sync_job_run_id: 'run-1',
			sync_job_id: 'job',
			integrated_account_id: 'account',
		});
	});

	test.each<[string, Parameters<typeof sync>[1], string | null]>([
		['of the job, by its name', {}, 'hubspot'],
		['of the account, if the job is over several', { job: null }, 'hubspot'],
		['unknown', { job: null, account: null }, null],
	])('have the integration %s', (_title, given, expected) => {
		expect(healthRow(sync([run(1)], given), rules).integration_name).toBe(expected);
	});

	test('are null for what is unknown', () => {
		const of = sync([], { job: null, account: null, schedules: [] });

		expect(healthRow(of, rules)).toMatchObject({
			tenant_id: null,
			sync_job_label: null,
			integration_name: null,
			last_success_at: null,
			hours_since_success: null,
			last_run_status: null,
			last_run_at: null,
			runs: 0,
			fetched: null,
			fetched_before: null,
			fetched_change_percent: null,
			schedule: null,
			next_run_at: null,
			sync_job_run_id: null,
		});
	});

	test.each([
		[0, 100, null],
		[100, 150, 50],
		[100, 0, -100],
		[null, 5, null],
		[5, null, null],
	])('before %p, now %p: %p percent', (before, current, percent) => {
		const of = sync([run(1, { fetched: current }), run(30, { fetched: before })]);

		expect(healthRow(of, rules).fetched_change_percent).toBe(percent);
	});

	test('have no negative hours if the clock of Truto is ahead', () => {
		const of = sync([run(-0.2, { finishedAt: NOW + 9 * 60_000 })]);

		expect(healthRow(of, rules)).toMatchObject({
			last_success_at: '2026-04-01T12:09:00.000Z',
			hours_since_success: 0,
			last_run_at: '2026-04-01T12:12:00.000Z',
			runs: 1,
		});
	});

	test('come with the worst one first, then by customer', () => {
		const named = (row: HealthRow, tenant: string | null) => ({ ...row, tenant_id: tenant });
		const rows = [
			named(healthy, 'b'),
			named(failing, 'c'),
			named(healthy, 'a'),
			named(failing, null),
		];

		expect(worstFirst(rows).map(({ health, tenant_id }) => [health, tenant_id])).toEqual([
			['failing', null],
			['failing', 'c'],
			['healthy', 'a'],
			['healthy', 'b'],
		]);
	});
});

describe('The syncs', () => {
	const seen = { readSince: 0, schedules: [], jobs: new Map(), accounts: new Map() };
	const keys = (syncs: ReturnType<typeof syncsOf>) =>
		syncs.map(({ syncJobId, integratedAccountId, runs }) => [
			syncJobId,
			integratedAccountId,
			runs.map(({ id }) => id),
		]);

	test('are pairs of job and account, whose runs come newest first and once', () => {
		const runs = [
			run(3),
			run(1),
			run(3),
			run(2, { integratedAccountId: 'ACCOUNT' }),
			run(4, { integratedAccountId: null }),
			run(5, { createdAt: Number.NaN }),
		];

		expect(keys(syncsOf({ ...seen, runs }))).toEqual([
			['job', 'account', ['run-1', 'run-2', 'run-3', 'run-5']],
			['job', null, ['run-4']],
		]);
	});

	test('are also known by their schedules, jobs and accounts', () => {
		const schedule = { ...EVERY_SIX_HOURS, syncJobId: 'Job', integratedAccountId: 'account' };
		const job = readSyncJob({ id: 'JOB', label: 'CRM' });
		const [only] = syncsOf({
			...seen,
			runs: [],
			schedules: [schedule],
			jobs: new Map([['job', job]]),
			accounts: new Map([['account', acme()]]),
		});

		expect([only?.job?.label, only?.account?.tenantId, only?.schedules]).toEqual([
			'CRM',
			'acme',
			[schedule],
		]);
	});

	test.each([
		['job', 'account', true],
		['JOB', 'Account', true],
		['job', null, false],
		['other', 'account', false],
	])('a run of %p and %p: %p', (syncJobId, integratedAccountId, expected) => {
		expect(isOfSync({ syncJobId, integratedAccountId }, sync([]))).toBe(expected);
	});
});

describe('What is kept of a run', () => {
	const stats = {
		'crm/contacts': { list: { fetched: 5, persisted: 0 } },
		users: { list: { fetched: 3, persisted: 0 } },
	};
	const resources = [
		{ resource: 'crm/contacts', persist: true },
		{ resource: 'users', persist: false },
	];
	const raw = {
		id: 'r',
		status: 'completed',
		created_at: '2026-04-01 10:00:00',
		resource_stats: stats,
	};

	test.each([
		['of the run', readRun({ ...raw, resources }), null],
		['of its job', readRun(raw), readSyncJob({ resources })],
	])('has a resource that is left out on purpose, by the resources %s', (_, of, job) => {
		expect(seenRun(of, job)).toMatchObject({
			createdAt: Date.parse('2026-04-01T10:00:00Z'),
			fetched: 8,
			persisted: 0,
			dropped: 5,
			losing: 'crm/contacts',
		});
	});

	test('is no loss while a run has not completed', () => {
		expect(seenRun(readRun({ ...raw, resources, status: 'running' }), null).losing).toBeNull();
	});
});

describe('The report', () => {
	test.each<[HealthRow[], string]>([
		[[], 'No syncs were found (last 24 hours).'],
		[[healthy], 'The only sync is fine (last 24 hours; 1 healthy).'],
		[[healthy, healthy], 'Both syncs are fine (last 24 hours; 2 healthy).'],
		[times(3, healthy), 'All 3 syncs are fine (last 24 hours; 3 healthy).'],
		[
			[failing],
			"The only sync needs attention (last 24 hours; 1 failing).\n- acme: HubSpot CRM to warehouse has been failing since 1 Apr 05:00 (2 failed runs in a row). Use 'Diagnose' on run run-1 to see why it failed.",
		],
	])('says so in plain text', (rows, text) => {
		expect(report(rows).text).toBe(text);
	});

	test('names no more than fit', () => {
		const { text, html, slack_message: slack, unhealthy } = report(times(2_000, failing));

		expect(text.split('\n')).toHaveLength(52);
		expect(text).toMatch(/\n- and 1950 more$/);
		expect(slack.blocks).toHaveLength(47);
		expect(slack.blocks.at(-1)?.elements?.[0]?.text).toContain('And 1955 more');
		expect(html.match(/<tr>/g)).toHaveLength(101);
		expect(html.length).toBeLessThan(102_000);
		expect(unhealthy).toHaveLength(500);
	});

	test('takes no name for a tag, a link or a mention', () => {
		const evil = '<!channel> "*x*" & <a href=x>' + '&'.repeat(3_000);
		const row = { ...failing, tenant_id: evil, sync_job_label: evil, next_step: evil };
		const { html, slack_message: slack } = report(times(3, row));
		const texts = slack.blocks.flatMap(({ text }) => text?.text ?? []);

		expect(texts.filter((text) => /[<>]/.test(text))).toEqual([]);
		expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(3_000);
		expect(texts[1]).toMatch(/^\*&lt;!channel&gt; "∗x∗" &amp; /);
		expect(html).not.toMatch(/<!|<a|<img|<style|"\*x/);
		expect(html).toContain('&lt;!channel&gt; &quot;*x*&quot; &amp; ');
	});

	test('writes times in the zone of the workflow', () => {
		const rows = [failing];
		const { text } = reportOf({ rows, periodHours: 1, timeZone: 'Asia/Kathmandu', now: NOW });

		expect(text).toContain('since 1 Apr 10:45');
		expect(text).toContain('(last hour; ');
	});
});
