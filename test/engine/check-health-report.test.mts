import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { HEALTH_JOBS } from '../simulator/seed-health.mts';
import { useHealth } from './use-health.mts';

const { truto, check } = useHealth();

const DAY = 24 * 3_600_000;

describe('A report', () => {
	it('is one item with counts, texts and the unhealthy syncs', async () => {
		const { rows, error } = await check({ healthOutput: 'report' }, { timezone: 'UTC' });

		expect(error).toBeUndefined();
		expect(rows).toHaveLength(1);
		const [{ text, slack_message, html, unhealthy, ...counts } = {}] = rows;
		expect(counts).toEqual({
			headline: '5 of 12 syncs need attention',
			syncs: 12,
			needs_attention: 5,
			reconnect: 1,
			stuck: 1,
			failing: 1,
			late: 1,
			losing_records: 1,
			stopped: 0,
			unknown: 0,
			running: 1,
			never_ran: 1,
			healthy: 5,
		});
		expect(String(text).split('\n')).toEqual([
			'5 of 12 syncs need attention (last 24 hours; 1 to reconnect, 1 stuck, 1 failing, 1 late, 1 losing records, 1 running, 1 not run yet, 5 healthy).',
			expect.stringMatching(/^- customer-005: HubSpot tickets has needed reconnecting since /),
			expect.stringMatching(/^- customer-003: HubSpot deals has been stuck since /),
			expect.stringMatching(
				/^- customer-001: HubSpot contacts has been failing since .* \(3 failed runs in a row\)\. /,
			),
			expect.stringMatching(/^- customer-002: HubSpot tickets has been late since /),
			expect.stringMatching(/^- customer-004: HubSpot contacts has been losing records since /),
		]);
		expect(slack_message).toHaveProperty('blocks.length', 7);
		expect(html).toContain('<td');
		expect((unhealthy as IDataObject[]).map(({ tenant_id: customer }) => customer)).toEqual([
			'customer-005',
			'customer-003',
			'customer-001',
			'customer-002',
			'customer-004',
		]);
	});

	it('does not call syncs fine of which nothing is known', async () => {
		const { store } = truto();
		const created_at = new Date(Date.now() - 5 * DAY).toISOString();
		const weekday = new Date(Date.now() + DAY).getUTCDay();
		for (let number = 0; number < 203; number++) {
			const account = store.addIntegratedAccount({ tenant_id: 'quiet' });
			store.addCronTrigger({
				sync_job_id: HEALTH_JOBS.contacts,
				integrated_account_id: account.id,
				cron_expression: `0 12 * * ${weekday}`,
				created_at,
			});
		}

		const { rows, execution } = await check({
			healthOutput: 'report',
			filters: { tenantId: 'quiet' },
		});

		expect(rows).toMatchObject([
			{
				headline: '200 of 203 syncs are fine, 3 are without a known run',
				unknown: 3,
				never_ran: 200,
			},
		]);
		expect(execution.run.data.resultData.runData.Truto?.[0]?.hints).toMatchObject([
			{
				message:
					"The health of 3 syncs is unknown: no run was found in the time that was read. To look further back, raise 'Period (Hours)'.",
			},
		]);
	});

	it('also comes if there is no sync', async () => {
		const { rows } = await check({
			healthOutput: 'report',
			filters: { tenantId: 'nobody' },
		});

		expect(rows).toEqual([expect.objectContaining({ syncs: 0, needs_attention: 0 })]);
	});
});
