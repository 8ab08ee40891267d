import { describe, expect, it } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import { useHealth } from './use-health.mts';

const { check } = useHealth();

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

	it('also comes if there is no sync', async () => {
		const { rows } = await check({
			healthOutput: 'report',
			filters: { tenantId: 'nobody' },
		});

		expect(rows).toEqual([expect.objectContaining({ syncs: 0, needs_attention: 0 })]);
	});
});
