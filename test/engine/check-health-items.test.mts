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
		for (const job of [HEALTH_JOBS.contacts, HEALTH_JOBS.deals]) {
			store.addRun({
				sync_job_id: job,
				integrated_account_id: account,
				status: 'running',
				created_at: new Date(Date.now() - 15 * 24 * 3_600_000).toISOString(),
				updated_at: new Date().toISOString(),
			});
		}

		const { outputs } = await check(
			{
				periodHours: '={{ $json.hours }}',
				filters: { syncJobId: byId('={{ $json.job }}'), tenantId: '={{ $json.tenant }}' },
			},
			{
				items: [
					{ job: HEALTH_JOBS.contacts, hours: 24, tenant: 'patient' },
					{ job: HEALTH_JOBS.deals, hours: 240, tenant: 'patient' },
					{ job: HEALTH_JOBS.contacts, hours: 24, tenant: 'customer-001' },
				],
			},
		);

		expect(
			outputs[0]?.map(({ json, pairedItem }) => [json.tenant_id, json.sync_job_id, pairedItem]),
		).toEqual([
			['patient', HEALTH_JOBS.deals, { item: 1 }],
			['customer-001', HEALTH_JOBS.contacts, { item: 2 }],
		]);
	});
});
