import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { readRun } from '../../../lib/truto/run';

const WHOLE: JsonRecord = {
	id: 'run-1',
	status: 'completed',
	sync_job_id: 'job-1',
	integrated_account_id: 'account-1',
	webhook_id: 'webhook-1',
	sync_job: { id: 'job-1', label: 'Contacts', integration_name: 'hubspot' },
	integrated_account: { tenant_id: 'acme' },
	resources: [{ resource: 'crm/contacts' }],
	resource_stats: { 'crm/contacts': { list: { fetched: 1 } } },
	created_at: '2026-04-01T10:00:00.000Z',
	started_at: '2026-04-01 10:00:05',
	updated_at: 'soon',
	finished_at: null,
};

describe('a run', () => {
	it('is read with all that is understood of it', () => {
		const { job, ...run } = readRun(WHOLE);
		expect(run).toEqual({
			raw: WHOLE,
			id: 'run-1',
			status: 'completed',
			stage: 'completed',
			hasEnded: true,
			label: 'Contacts',
			knowsLabel: true,
			integrationName: 'hubspot',
			syncJobId: 'job-1',
			integratedAccountId: 'account-1',
			tenantId: 'acme',
			webhookId: 'webhook-1',
			resources: [{ resource: 'crm/contacts' }],
			stats: { 'crm/contacts': { list: { fetched: 1 } } },
			createdAt: { ms: 1_775_037_600_000, text: '2026-04-01T10:00:00.000Z' },
			startedAt: { ms: 1_775_037_605_000, text: '2026-04-01T10:00:05.000Z' },
			updatedAt: { ms: Number.NaN, text: 'soon' },
			finishedAt: { ms: Number.NaN, text: null },
		});
		expect(job?.integrationName).toBe('hubspot');
		expect(run.raw).toBe(WHOLE);
	});

	test.each<[string, JsonRecord]>([
		['that is empty', {}],
		[
			'with empty texts',
			{
				id: '',
				webhook_id: '',
				sync_job_id: '',
				integrated_account_id: '',
				tenant_id: '',
				integrated_account: { tenant_id: '' },
			},
		],
		[
			'with other types',
			{ id: 7, status: 7, webhook_id: {}, sync_job: [], resources: {}, created_at: 7 },
		],
	])('%s has null for all of it', (_, raw) => {
		expect(readRun(raw)).toEqual({
			raw,
			id: null,
			status: null,
			stage: 'running',
			hasEnded: false,
			label: null,
			knowsLabel: false,
			integrationName: null,
			syncJobId: null,
			integratedAccountId: null,
			tenantId: null,
			webhookId: null,
			job: null,
			resources: [],
			stats: {},
			createdAt: { ms: Number.NaN, text: null },
			startedAt: { ms: Number.NaN, text: null },
			updatedAt: { ms: Number.NaN, text: null },
			finishedAt: { ms: Number.NaN, text: null },
		});
	});

	test.each([
		['completed', null, 'completed'],
		['created', null, 'waiting'],
		['created', '2026-04-01T10:00:00Z', 'ended'],
		['failed', null, 'failed'],
		['rate_limited', null, 'paused'],
		['running', null, 'running'],
		['stopped', '2026-04-01T10:00:00Z', 'stopped'],
		['brand_new', null, 'running'],
		['brand_new', '2026-04-01T10:00:00Z', 'ended'],
	])('with the status %s and the end %s is %s', (status, finishedAt, stage) => {
		expect(readRun({ status, finished_at: finishedAt }).stage).toBe(stage);
	});

	it('may name its account in its arguments, and its job by nesting it', () => {
		const run = readRun({
			args: { integrated_account_id: 'account-2' },
			sync_job: { id: 'job-2' },
			tenant_id: 'globex',
		});
		expect(run).toMatchObject({
			integratedAccountId: 'account-2',
			syncJobId: 'job-2',
			tenantId: 'globex',
			label: null,
		});
	});

	test.each([[[]], ['none'], [5], [true]])('has no statistics if they are %j', (stats) => {
		expect(readRun({ resource_stats: stats }).stats).toBeNull();
	});
});
