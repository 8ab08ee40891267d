import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../lib/json';
import { readAccount } from '../../../lib/truto/account';
import { readSchedule } from '../../../lib/truto/schedule';
import { readSyncJob, syncJobName } from '../../../lib/truto/syncJob';

const TIME = { ms: 1_775_037_600_000, text: '2026-04-01T10:00:00.000Z' };
const NO_TIME = { ms: Number.NaN, text: null };

describe('a sync job', () => {
	it('is read with all that is understood of it', () => {
		const raw: JsonRecord = {
			id: 'job-1',
			label: ' Contacts ',
			integration_name: 'hubspot',
			default_runtime_version: 4,
			state_key: ' key ',
			resources: [{ resource: 'crm/contacts' }],
			args_schema: { since: { type: 'string' } },
			created_at: '2026-04-01 10:00:00',
			updated_at: '2026-04-01T10:00:00Z',
		};
		expect(readSyncJob(raw)).toEqual({
			raw,
			id: 'job-1',
			label: 'Contacts',
			knowsLabel: true,
			integrationName: 'hubspot',
			runtimeVersion: 4,
			stateKey: 'key',
			resources: [{ resource: 'crm/contacts' }],
			argsSchema: { since: { type: 'string' } },
			createdAt: TIME,
			updatedAt: TIME,
		});
	});

	test.each<[JsonRecord]>([
		[{}],
		[{ id: '', label: ' ', integration_name: ' ', state_key: ' ' }],
		[
			{
				id: 7,
				label: [],
				default_runtime_version: '4',
				state_key: 7,
				resources: {},
				args_schema: [],
			},
		],
	])('%j has null for all of it', (raw) => {
		expect(readSyncJob(raw)).toEqual({
			raw,
			id: null,
			label: null,
			knowsLabel: raw.label !== undefined,
			integrationName: null,
			runtimeVersion: null,
			stateKey: null,
			resources: [],
			argsSchema: {},
			createdAt: NO_TIME,
			updatedAt: NO_TIME,
		});
	});

	test.each([
		['Nightly', 'hubspot', 'Nightly', 'Nightly'],
		['Untitled', 'hubspot', null, 'hubspot'],
		['Untitled', null, null, null],
		[null, 'hubspot', null, 'hubspot'],
		['untitled', 'hubspot', 'untitled', 'untitled'],
	])('labelled %s, of %s, has the label %s and is called %s', (label, integration, own, called) => {
		const job = readSyncJob({ label, integration_name: integration });
		expect(job.label).toBe(own);
		expect(syncJobName(job)).toBe(called);
	});
});

describe('an integrated account', () => {
	it('is read with all that is understood of it', () => {
		const raw: JsonRecord = {
			id: 'account-1',
			tenant_id: 'acme',
			status: 'active',
			integration: { name: 'hubspot', label: 'HubSpot' },
			is_sandbox: false,
			last_error: 'expired',
			last_action_run_result: { ok: false },
			last_forbidden_error: {
				resource: 'crm/contacts',
				method: 'list',
				missing_scopes: [' crm.read ', '', 7],
				occurred_at: '2026-04-01 10:00:00',
			},
			created_at: '2026-04-01T10:00:00Z',
			updated_at: '2026-04-01T12:00:00+02:00',
		};
		expect(readAccount(raw)).toEqual({
			raw,
			id: 'account-1',
			tenantId: 'acme',
			status: 'active',
			integrationName: 'hubspot',
			integrationLabel: 'HubSpot',
			isSandbox: false,
			lastError: 'expired',
			lastActionResult: { ok: false },
			lastForbidden: {
				resource: 'crm/contacts',
				method: 'list',
				missingScopes: ['crm.read'],
				at: TIME,
			},
			createdAt: TIME,
			updatedAt: TIME,
		});
	});

	test.each<[JsonRecord]>([
		[{}],
		[{ id: '', integration: 'hubspot', last_forbidden_error: {} }],
		[
			{
				id: 7,
				tenant_id: 7,
				status: 7,
				integration: {},
				is_sandbox: 'no',
				last_forbidden_error: 'no',
			},
		],
	])('%j has null for all of it', (raw) => {
		expect(readAccount(raw)).toEqual({
			raw,
			id: null,
			tenantId: null,
			status: null,
			integrationName: null,
			integrationLabel: null,
			isSandbox: null,
			lastError: null,
			lastActionResult: null,
			lastForbidden: null,
			createdAt: NO_TIME,
			updatedAt: NO_TIME,
		});
	});

	test.each<[JsonRecord, string]>([
		[{ config: { label: 'HubSpot' }, label: 'other', name: 'hubspot' }, 'HubSpot'],
		[{ config: { label: ' ' }, label: ' Hub ', name: 'hubspot' }, 'Hub'],
		[{ config: [], name: 'hubspot' }, 'hubspot'],
	])('of %j has the integration %s', (integration, expected) => {
		expect(readAccount({ integration }).integrationLabel).toBe(expected);
	});

	it('may have one missing scope as a text', () => {
		const { lastForbidden } = readAccount({ last_forbidden_error: { missing_scopes: 'read' } });
		expect(lastForbidden).toEqual({
			resource: null,
			method: null,
			missingScopes: ['read'],
			at: NO_TIME,
		});
	});
});

describe('a schedule', () => {
	it('is read with all that is understood of it', () => {
		const raw: JsonRecord = {
			id: 'schedule-1',
			sync_job_id: 'job-1',
			args: { integrated_account_id: 'account-1' },
			cron_expression: '0 * * * *',
			created_at: '2026-04-01T10:00:00Z',
			updated_at: '2026-04-01T10:00:00Z',
		};
		expect(readSchedule(raw)).toEqual({
			raw,
			id: 'schedule-1',
			tenantId: null,
			label: null,
			knowsLabel: false,
			integrationName: null,
			syncJobId: 'job-1',
			integratedAccountId: 'account-1',
			cronExpression: '0 * * * *',
			createdAt: TIME,
			updatedAt: TIME,
		});
	});

	test.each<[JsonRecord]>([[{}], [{ id: '', cron_expression: 5, args: [] }]])(
		'%j has null for all of it',
		(raw) => {
			expect(readSchedule(raw)).toEqual({
				raw,
				id: null,
				tenantId: null,
				label: null,
				knowsLabel: false,
				integrationName: null,
				syncJobId: null,
				integratedAccountId: null,
				cronExpression: null,
				createdAt: NO_TIME,
				updatedAt: NO_TIME,
			});
		},
	);
});
