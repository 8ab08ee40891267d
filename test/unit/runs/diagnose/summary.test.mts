import { describe, expect, it, test } from '@jest/globals';

import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import type { Diagnosis } from '../../../../lib/runs/diagnose/diagnosis';
import { summaryOf } from '../../../../lib/runs/diagnose/summary';
import { aRun, known } from './cases.mts';

const summary = (changes: Partial<Diagnosis>) =>
	summaryOf({
		...diagnose(known(aRun())),
		sync_job_label: 'HubSpot',
		integration_name: 'hubspot',
		tenant_id: null,
		cause: null,
		stopped_at: null,
		fetched: 9,
		persisted: null,
		next_step: 'Next.',
		...changes,
	});

describe('the summary', () => {
	test.each<[Diagnosis['verdict'], string]>([
		['healthy', 'HubSpot completed: 9 fetched. Next.'],
		['waiting', 'HubSpot has not started yet. Next.'],
		['running', 'HubSpot is running: 9 fetched. Next.'],
		['paused', 'HubSpot is paused. Next.'],
		['stuck', 'HubSpot is stuck. Next.'],
		['failed', 'HubSpot failed. Next.'],
		['not_delivered', 'HubSpot completed, but did not deliver its records. Next.'],
		['records_dropped', 'HubSpot completed, but records are missing: 9 fetched. Next.'],
		['nothing_fetched', 'HubSpot completed, but fetched no records. Next.'],
		['stopped', 'HubSpot was stopped. Next.'],
	])('of a run that is %s', (verdict, expected) => {
		expect(summary({ verdict })).toBe(expected);
	});

	test.each<[Diagnosis['verdict'], string | null, string]>([
		['failed', 'list', 'HubSpot failed at crm/notes list. Next.'],
		['failed', null, 'HubSpot failed at crm/notes. Next.'],
		['running', 'list', 'HubSpot is running: 9 fetched. Next.'],
		['paused', 'list', 'HubSpot is paused. Next.'],
		[
			'records_dropped',
			'list',
			'HubSpot completed, but records are missing: 9 fetched; first at crm/notes list. Next.',
		],
	])('of a run that is %s says where, with the method %s', (verdict, method, expected) => {
		expect(summary({ verdict, stopped_at: { resource: 'crm/notes', method } })).toBe(expected);
	});

	it('names a run without a label by its id, if it has one', () => {
		expect(
			summary({
				verdict: 'stuck',
				sync_job_label: null,
				integration_name: null,
				sync_job_run_id: 'r1',
			}),
		).toBe('Sync job run r1 is stuck. Next.');
		expect(
			summary({
				verdict: 'stuck',
				sync_job_label: null,
				integration_name: null,
				sync_job_run_id: null,
			}),
		).toBe('A sync job run is stuck. Next.');
	});
});
