import { describe, expect, test } from '@jest/globals';

import { healthRow, worstFirst, type HealthRow } from '../../../lib/health/healthRow.ts';
import { EVERY_SIX_HOURS, failed, losing, NOW, run, sync } from './syncs.mts';

const rules = { now: NOW, periodHours: 24 };
const healthy = healthRow(sync([run(1)]), rules);
const failing = healthRow(sync([failed(1), failed(7)]), rules);

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
