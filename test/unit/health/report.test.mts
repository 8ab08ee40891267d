import { describe, expect, test } from '@jest/globals';

import { healthRow, type HealthRow } from '../../../lib/health/healthRow.ts';
import { reportOf } from '../../../lib/health/report/report.ts';
import { failed, HOUR, NOW, run, sync } from './syncs.mts';

const rules = { now: NOW, periodHours: 24 };
const healthy = healthRow(sync([run(1)]), rules);
const unknown = healthRow(sync([], { readSince: NOW - 48 * HOUR }), rules);
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

describe('The report', () => {
	test.each<[HealthRow[], string]>([
		[[], 'No syncs were found (last 24 hours).'],
		[[healthy], 'The only sync is fine (last 24 hours; 1 healthy).'],
		[[healthy, healthy], 'Both syncs are fine (last 24 hours; 2 healthy).'],
		[times(3, healthy), 'All 3 syncs are fine (last 24 hours; 3 healthy).'],
		[[unknown], 'The only sync is without a known run (last 24 hours; 1 without a known run).'],
		[
			[unknown, ...times(2, healthy)],
			'2 of 3 syncs are fine, 1 is without a known run (last 24 hours; 1 without a known run, 2 healthy).',
		],
		[
			[unknown, unknown, healthy],
			'1 of 3 syncs is fine, 2 are without a known run (last 24 hours; 2 without a known run, 1 healthy).',
		],
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
		expect(html.match(/<tr/g)).toHaveLength(101);
		expect(unhealthy).toHaveLength(500);
	});

	test.each([
		['run c0010000-0000-4000-8000-000000000001', 'customer-0001', 101],
		['"'.repeat(300), 'ü'.repeat(100), 30],
	])('is an email that Gmail shows in full: %s', (nextStep, tenant, fewest) => {
		const names = { tenant_id: tenant, sync_job_label: tenant };
		const { html } = report(times(150, { ...failing, ...names, next_step: nextStep }));
		const rows = (html.match(/<tr/g) ?? []).length;

		expect(Buffer.byteLength(html)).toBeLessThan(102_000);
		expect(rows).toBeGreaterThanOrEqual(fewest);
		expect(html).toMatch(new RegExp(`and ${151 - rows} more</p>$`));
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
