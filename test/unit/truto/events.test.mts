import { describe, expect, it, test } from '@jest/globals';

import { EVENT_CHOICES, EVENTS, eventSubject, RUN_EVENT_CHOICES } from '../../../lib/truto/events';

describe('the events of Truto', () => {
	it('are all that the API sends about syncs and accounts', () => {
		expect(EVENTS.map(({ value }) => value).sort()).toEqual([
			'integrated_account:active',
			'integrated_account:authentication_error',
			'integrated_account:created',
			'integrated_account:deleted',
			'integrated_account:forbidden_error',
			'integrated_account:post_connect_form_submitted',
			'integrated_account:post_install_error',
			'integrated_account:reactivated',
			'integrated_account:updated',
			'integrated_account:validation_error',
			'sync_job_cron_trigger:failed',
			'sync_job_run:completed',
			'sync_job_run:created',
			'sync_job_run:deleted',
			'sync_job_run:failed',
			'sync_job_run:rate_limited',
			'sync_job_run:record',
			'sync_job_run:record_error',
			'sync_job_run:started',
			'sync_job_run:updated',
		]);
	});

	it('are sorted by unlike names, as n8n shows lists', () => {
		const names = EVENT_CHOICES.map(({ name }) => name);
		expect(names).toEqual([...new Set(names)].sort((a, b) => a.localeCompare(b)));
		expect(EVENT_CHOICES).toHaveLength(20);
		expect(EVENT_CHOICES.find(({ value }) => value === 'sync_job_run:failed')).toEqual({
			name: 'Run Failed',
			value: 'sync_job_run:failed',
			description: 'A sync job run has ended with an error',
		});
	});

	it('that a run sends are those of runs', () => {
		expect(RUN_EVENT_CHOICES.map(({ value }) => value)).toEqual([
			'sync_job_run:completed',
			'sync_job_run:created',
			'sync_job_run:deleted',
			'sync_job_run:failed',
			'sync_job_run:rate_limited',
			'sync_job_run:record_error',
			'sync_job_run:record',
			'sync_job_run:started',
			'sync_job_run:updated',
		]);
	});

	test.each([
		['sync_job_run:completed', 'run'],
		['sync_job_run:record', 'records'],
		['sync_job_run:record_error', 'record_error'],
		['sync_job_run:brand_new', 'run'],
		['integrated_account:deleted', 'account'],
		['integrated_account:brand_new', 'account'],
		['sync_job_cron_trigger:failed', 'schedule'],
		['sync_job_cron_trigger:brand_new', 'schedule'],
		['test', null],
		['', null],
	])('%s is about %j', (name, subject) => {
		expect(eventSubject(name)).toBe(subject);
	});
});
