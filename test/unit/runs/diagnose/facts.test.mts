import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { factsOf } from '../../../../lib/runs/diagnose/facts';
import { aRun, known, page } from './cases.mts';

describe('the facts about a run', () => {
	it('has the label of the sync job, or else the one on the run', () => {
		const job = { label: 'Renamed since' };
		expect(factsOf(known(aRun(), { job })).label).toBe('Renamed since');
		expect(factsOf(known(aRun(), { job: null })).label).toBe('HubSpot contacts');
	});

	test.each<[string, JsonRecord['resources'], boolean | null]>([
		['those of the run', [{ resource: 'crm/other', method: 'list' }], null],
		['those of the job if the run has none', [], true],
		['those of the job if the run has no list', 'all', true],
	])('takes the resources that are sent on from %s', (_, resources, expected) => {
		const run = aRun({ resources, resource_stats: { 'crm/contacts': { list: { fetched: 1 } } } });
		const job = { resources: [{ resource: 'crm/contacts', method: 'list' }] };
		expect(factsOf(known(run, { job })).resources).toMatchObject([{ expected }]);
	});

	test.each<[string, JsonRecord, number]>([
		['records were refused', { webhook_successful: false, num_records: 5 }, 1],
		['the datastore refused records', { datastore_successful: false, num_records: 5 }, 1],
		['an event without records was refused', { webhook_successful: false, num_records: 0 }, 0],
		[
			'the event of the failure itself was refused',
			{ webhook_successful: false, num_records: 0, sync_job_run_event: 'failed' },
			1,
		],
		['an error has no records', { status: 'error', num_records: 0 }, 1],
	])('counts errors if %s', (_, entry, errors) => {
		expect(factsOf(known(aRun(), { logs: [page(entry)] })).errors).toHaveLength(errors);
	});

	it('takes only errors of the deliveries for refusals', () => {
		const deliveries = [{ webhook_endpoint_status: 200 }, { webhook_endpoint_status: 500 }];
		expect(factsOf(known(aRun(), { deliveries })).refusals).toMatchObject([
			{ webhookStatus: '500' },
		]);
	});

	it('leaves out log entries that are no objects', () => {
		const logs = [null, 'text', page()] as JsonRecord[];
		expect(factsOf(known(aRun(), { logs })).entries).toHaveLength(1);
		expect(factsOf(known(aRun())).entries).toEqual([]);
	});

	test.each([
		['completed', 'completed'],
		['stopped', 'stopped'],
		['unheard of', 'failed'],
	])('takes a failure from the logs only if the status is unknown: %s', (status, stage) => {
		const logs = [page({ sync_job_run_event: 'failed' })];
		expect(factsOf(known(aRun({ status }), { logs })).stage).toBe(stage);
	});

	test.each([
		[30, Date.parse('2026-11-24T10:10:30Z')],
		['2026-11-24 11:00:00', Date.parse('2026-11-24T11:00:00Z')],
		[8.64e12, Number.NaN],
	])('knows when a pause of %s is over', (retryAfter, time) => {
		const logs = [page({ retry_after: retryAfter })];
		expect(factsOf(known(aRun(), { logs })).resumesAt).toBe(time);
	});

	it('knows the end of a pause up to the last date there is', () => {
		const logs = [page({ timestamp: '1970-01-01 00:00:00', retry_after: 8.64e12 })];
		expect(factsOf(known(aRun(), { logs })).resumesAt).toBe(8.64e15);
	});
});
