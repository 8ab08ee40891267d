import { describe, expect, it } from '@jest/globals';

import { HEALTH_JOBS } from '../simulator/seed-health.mts';
import { byId } from './harness.mts';
import { useHealth } from './use-health.mts';

const { truto, check } = useHealth();

const count = (list: string) => truto().requests.filter(({ path }) => path === list).length;

describe('Check Health of several items', () => {
	it('links each row to its item, and reads the same only once', async () => {
		const { outputs } = await check(
			{ filters: { tenantId: '={{ $json.tenant }}' } },
			{
				items: [{ tenant: 'customer-001' }, { tenant: 'customer-003' }, { tenant: 'customer-001' }],
			},
		);
		expect(outputs[0]?.map(({ json, pairedItem }) => [json.health, pairedItem])).toEqual([
			['failing', { item: 0 }],
			['stuck', { item: 1 }],
			['failing', { item: 2 }],
		]);
		// A page of all runs, and one for each status of those in progress.
		expect(['/sync-job', '/sync-job-run', '/sync-job-cron-trigger'].map(count)).toEqual([1, 4, 1]);
	});

	it('reads the runs in progress once for all sync jobs', async () => {
		const { rows } = await check(
			{ filters: { syncJobId: byId('={{ $json.job }}') } },
			{ items: Object.values(HEALTH_JOBS).map((job) => ({ job })) },
		);

		expect(rows.filter(({ health }) => health === 'running')).toHaveLength(1);
		const asked = truto().requests.filter(({ query }) => query.status !== undefined);
		expect(asked.map(({ query }) => query.status).sort()).toEqual([
			'created',
			'rate_limited',
			'running',
		]);
	});

	it('asks Truto only for what the filters let through', async () => {
		const job = Object.values(HEALTH_JOBS)[0] ?? '';
		await check({ filters: { syncJobId: byId(job), tenantId: 'customer-001' } });

		const queryOf = (path: string) => truto().requests.find((one) => one.path === path)?.query;
		expect(queryOf('/sync-job-run')).toMatchObject({ sync_job_id: job });
		expect(queryOf('/sync-job-cron-trigger')).toMatchObject({ sync_job_id: job });
		expect(queryOf('/integrated-account')).toMatchObject({ tenant_id: 'customer-001' });
	});

	it('sees a run that has been going for days', async () => {
		const { store } = truto();
		const account = store.addIntegratedAccount({ tenant_id: 'patient' }).id;
		store.addRun({
			sync_job_id: Object.values(HEALTH_JOBS)[0] ?? '',
			integrated_account_id: account,
			status: 'running',
			created_at: new Date(Date.now() - 5 * 24 * 3_600_000).toISOString(),
			updated_at: new Date().toISOString(),
		});

		const { rows } = await check({ filters: { tenantId: 'patient' } });

		expect(rows).toMatchObject([{ tenant_id: 'patient', health: 'running' }]);
	});

	it('reads for each item what it asks for', async () => {
		const { store } = truto();
		const account = store.addIntegratedAccount({ tenant_id: 'patient' }).id;
		const created_at = new Date(Date.now() - 15 * 24 * 3_600_000).toISOString();
		const updated_at = new Date().toISOString();
		const run = { integrated_account_id: account, created_at, updated_at };
		const { contacts, deals } = HEALTH_JOBS;
		store.addRun({ ...run, sync_job_id: contacts, status: 'running' });
		store.addRun({ ...run, sync_job_id: deals, status: 'completed' });
		const item = (job: string, tenant: string, hours = 24) => ({ job, tenant, hours });

		const { outputs } = await check(
			{
				periodHours: '={{ $json.hours }}',
				filters: { syncJobId: byId('={{ $json.job }}'), tenantId: '={{ $json.tenant }}' },
			},
			{
				items: [
					item(deals, 'patient'),
					item(deals, 'patient', 240),
					item(contacts, 'patient', 240),
					item(contacts, 'customer-007'),
				],
			},
		);

		expect(outputs[0]?.map(({ json, pairedItem }) => [json.health, pairedItem])).toEqual([
			['healthy', { item: 1 }],
			['running', { item: 2 }],
			['never_ran', { item: 3 }],
		]);
	});
});
