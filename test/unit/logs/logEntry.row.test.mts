import { describe, expect, it } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { logRow } from '../../../lib/logs/logEntry';

describe('the row of a log entry', () => {
	it('has what people look for first, then the rest as Truto sent it, and IDs last', () => {
		const entry: JsonRecord = {
			_id: 'x',
			timestamp: '2026-04-01 10:00:00',
			metadata: {
				sync_job_run_id: 'r1',
				resource: 'crm/contacts',
				status: 'error',
				logs: ['401 Unauthorized'],
				num_records: 3,
			},
		};
		expect(Object.entries(logRow(entry, { tenant_id: 'acme' }))).toEqual([
			['timestamp', '2026-04-01T10:00:00.000Z'],
			['is_error', true],
			['message', '401 Unauthorized'],
			['resource', 'crm/contacts'],
			['method', null],
			['event', null],
			['tenant_id', 'acme'],
			['status', 'error'],
			['logs', ['401 Unauthorized']],
			['num_records', 3],
			['sync_job_run_id', 'r1'],
			['_id', 'x'],
		]);
	});

	it('keeps the names that Truto sent if none were looked up', () => {
		const entry = { tenant_id: 'acme-1', integration_name: 'hubspot' };
		const names = { tenant_id: null, sync_job_label: null, integration_name: 'hubspot_v2' };
		expect(logRow(entry, names)).toMatchObject({
			tenant_id: 'acme-1',
			sync_job_label: null,
			integration_name: 'hubspot_v2',
		});
	});

	it('is bounded', () => {
		const row = logRow({ logs: ['x'.repeat(200_000)], message: 'y'.repeat(200_000) });
		expect(JSON.stringify(row).length).toBeLessThan(3_000);
	});
});
