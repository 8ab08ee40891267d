import { describe, expect, test } from '@jest/globals';

import { healthRow, type HealthRow } from '../../../lib/health/healthRow.ts';
import {
	countsText,
	headline,
	periodText,
	stateText,
	syncName,
} from '../../../lib/health/report/words.ts';
import { HEALTHS } from '../../../lib/health/verdict.ts';
import { failed, NOW, run, sync } from './syncs.mts';

const rules = { now: NOW, periodHours: 24 };
const healthy = healthRow(sync([run(1)]), rules);
const failing = healthRow(sync([failed(1), failed(7)]), rules);
const report = (rows: HealthRow[], periodHours = 24) => ({
	...{ rows, periodHours },
	...{ timeZone: 'UTC', now: NOW },
});
const times = (count: number, row: HealthRow) => Array<HealthRow>(count).fill(row);

describe('The words of a report', () => {
	test.each<[HealthRow[], string]>([
		[[failing, healthy], '1 of 2 syncs needs attention'],
		[[failing, failing, healthy], '2 of 3 syncs need attention'],
		[[failing, failing], 'Both syncs need attention'],
		[times(3, failing), 'All 3 syncs need attention'],
	])('says how many need attention', (rows, text) => {
		expect(headline(report(rows))).toBe(text);
	});

	test('counts each state in words', () => {
		const rows = HEALTHS.map((health) => ({ ...failing, health }));

		expect(countsText(report(rows))).toBe(
			'1 to reconnect, 1 stuck, 1 failing, 1 late, 1 losing records, 1 stopped, 1 running, 1 without a known run, 1 not run yet, 1 healthy',
		);
	});

	test.each([
		['reconnect', null, 2, 'needs reconnecting (2 failed runs in a row)'],
		['reconnect', '2025-12-31T23:59:00.000Z', 0, 'has needed reconnecting since 31 Dec 2025 23:59'],
		['stuck', '2026-01-01T00:00:00.000Z', 0, 'has been stuck since 1 Jan 00:00'],
		['failing', '2026-04-01T05:00:00.000Z', 1, 'has been failing since 1 Apr 05:00'],
		['late', '2026-04-01T05:00:00.000Z', 0, 'has been late since 1 Apr 05:00'],
		['losing_records', '2026-04-01T05:00:00.000Z', 0, 'has been losing records since 1 Apr 05:00'],
		['stopped', '2026-04-01T05:00:00.000Z', 0, 'stopped on 1 Apr 05:00'],
		['stopped', null, 0, 'has stopped'],
		['losing_records', null, 0, 'is losing records'],
		['unknown', null, 0, 'has no known run'],
		['never_ran', null, 0, 'has not run yet'],
	] as const)('says that a sync is %s', (health, since, failures, text) => {
		const row = { ...failing, health, since, failures_in_a_row: failures };

		expect(stateText(row, report([]))).toBe(text);
	});

	test.each([
		['acme', 'CRM', 'hubspot', 'acme: CRM'],
		[null, 'CRM', 'hubspot', 'CRM'],
		['acme', null, 'hubspot', 'acme: hubspot'],
		['acme', null, null, 'acme: job'],
	])('names the sync of %p with the label %p', (tenant, label, integration, name) => {
		const row = {
			...failing,
			tenant_id: tenant,
			sync_job_label: label,
			integration_name: integration,
		};

		expect(syncName(row)).toBe(name);
		expect(
			syncName({
				...row,
				tenant_id: null,
				sync_job_label: null,
				integration_name: null,
				sync_job_id: null,
			}),
		).toBe('A sync without a name');
	});

	test.each([
		[1, 'last hour'],
		[2, 'last 2 hours'],
		[0.5, 'last 0.5 hours'],
	])('say what %p hours are', (hours, text) => {
		expect(periodText(report([], hours))).toBe(text);
	});
});
