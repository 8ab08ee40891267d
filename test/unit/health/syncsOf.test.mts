import { describe, expect, test } from '@jest/globals';

import { syncRun } from '../../../lib/health/syncRun.ts';
import { isOfSync, syncsOf } from '../../../lib/health/syncsOf.ts';
import { readRun } from '../../../lib/truto/run.ts';
import { readSyncJob } from '../../../lib/truto/syncJob.ts';
import { acme, EVERY_SIX_HOURS, run, sync } from './syncs.mts';

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
		expect(syncRun(of, job)).toMatchObject({
			createdAt: Date.parse('2026-04-01T10:00:00Z'),
			fetched: 8,
			persisted: 0,
			dropped: 5,
			losing: 'crm/contacts',
		});
	});

	test('is no loss while a run has not completed', () => {
		expect(syncRun(readRun({ ...raw, resources, status: 'running' }), null).losing).toBeNull();
	});
});
