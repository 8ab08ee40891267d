import { describe, expect, test } from '@jest/globals';

import {
	accountText,
	datastoreText,
	runText,
	scheduleText,
	stateEntryText,
	syncJobText,
	webhookText,
} from '../../../lib/editor/labels';
import type { JsonRecord } from '../../../lib/json';
import { readAccount } from '../../../lib/truto/account';
import { readRun } from '../../../lib/truto/run';
import { readSchedule } from '../../../lib/truto/schedule';
import { readSyncJob } from '../../../lib/truto/syncJob';

/** Noon of 28 November 2026, in UTC. */
const NOW = Date.UTC(2026, 10, 28, 12);

const ofRun = (raw: JsonRecord) => runText(readRun(raw), 'Europe/Berlin', NOW);

describe('the text of a run', () => {
	const names = {
		integrated_account: { tenant_id: 'acme-1' },
		sync_job: { label: 'Nightly', integration_name: 'hubspot' },
	};

	test.each<[string, JsonRecord]>([
		[
			'acme-1 · Nightly · rate limited by app · 28 Nov 11:01',
			{
				...names,
				status: 'rate_limited_by_app',
				created_at: '2026-11-28T10:00:00Z',
				started_at: '2026-11-28T10:01:00Z',
			},
		],
		[
			'acme-1 · Nightly · created · 28 Nov 11:00',
			{ ...names, status: 'created', created_at: '2026-11-28T10:00:00Z', started_at: null },
		],
		['acme-1 · Nightly · created', { ...names, status: 'created' }],
		['acme-1 · Nightly', names],
		[
			'…t-ending · hubspot',
			{
				integrated_account_id: 'account-ending',
				integrated_account: { tenant_id: '' },
				sync_job_id: 'job-with-an-ending',
				sync_job: { label: ' ', integration_name: 'hubspot' },
			},
		],
		[
			'…t-ending · …n-ending',
			{ integrated_account_id: 'account-ending', sync_job_id: 'an-ending' },
		],
		['', {}],
	])('is %s', (text, raw) => {
		expect(ofRun(raw)).toBe(text);
	});
});

describe('the texts of other things', () => {
	test.each<[string, string]>([
		[
			'Nightly · hubspot',
			syncJobText(readSyncJob({ label: 'Nightly', integration_name: 'hubspot' })),
		],
		['hubspot', syncJobText(readSyncJob({ label: 'Untitled', integration_name: 'hubspot' }))],
		[
			'acme-1 · HubSpot · Needs Reconnecting',
			accountText(
				readAccount({
					tenant_id: 'acme-1',
					integration: { name: 'hubspot', label: 'HubSpot' },
					status: 'needs_reauth',
				}),
			),
		],
		['acme-1 · frozen', accountText(readAccount({ tenant_id: 'acme-1', status: 'frozen' }))],
		['active', webhookText({ target_url: ' ' })],
		[
			'https://a.example · not active',
			webhookText({ target_url: 'https://a.example', is_active: false }),
		],
		['Warehouse · postgres', datastoreText({ label: 'Warehouse', type: 'postgres' })],
		['cursor · null', stateEntryText({ key: 'cursor' })],
		['cursor · {"page":0}', stateEntryText({ key: 'cursor', value: { page: 0 } })],
		[
			'every day at 02:30 UTC · …-account · …-the-job',
			scheduleText(
				readSchedule({
					cron_expression: '30 2 * * *',
					integrated_account_id: 'of-an-account',
					sync_job_id: 'of-the-job',
				}),
			),
		],
		['@never', scheduleText(readSchedule({ cron_expression: '@never' }))],
	])('are such as %s', (text, made) => {
		expect(made).toBe(text);
	});
});
