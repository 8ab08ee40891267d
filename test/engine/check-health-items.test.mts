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
});
