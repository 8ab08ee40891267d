import { ACCOUNTS, OTHER_ENVIRONMENT_ID, SYNC_JOBS } from './constants.mts';
import { failureLog } from './failure-logs.mts';
import { seedLogs } from './seed-logs.mts';
import { seedHistory, seedNamedRuns } from './seed-runs.mts';
import type { Store } from './store.mts';
import type { SyncJobInput } from './types.mts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Fills a store with the data that the exported ids name. Times are relative to the store's clock. */
export function seedStore(store: Store): void {
	const daysAgo = (days: number) => new Date(store.clock.now() - days * DAY_MS).toISOString();
	seedSyncJobs(store, daysAgo);
	seedAccounts(store, daysAgo);
	seedNamedRuns(store);
	seedHistory(store);
	seedLogs(store);
}

function seedSyncJobs(store: Store, daysAgo: (days: number) => string): void {
	for (const [index, job] of syncJobs().entries()) {
		store.addSyncJob({ created_at: daysAgo(90 - index), updated_at: daysAgo(30 - index), ...job });
	}
}

function syncJobs(): SyncJobInput[] {
	return [
		{
			id: SYNC_JOBS.crm,
			integration_name: 'hubspot',
			args_schema: {
				type: 'object',
				properties: {
					since: {
						type: 'string',
						required: true,
						description: 'Only records changed after this date',
					},
					page_size: {
						type: 'number',
						default: 100,
						description: 'Records per request to the third party',
					},
					include_archived: { type: 'boolean', default: false },
					region: { type: 'string', enum: ['eu', 'us', 'apac'], description: 'Data residency' },
				},
				additionalProperties: false,
			},
			resources: [
				{
					resource: 'crm/contacts',
					method: 'list',
					query: { updated_at: { gt: '{{args.since}}' } },
				},
				{ resource: 'crm/accounts', method: 'list' },
				{
					resource: 'crm/notes',
					method: 'list',
					depends_on: 'crm/contacts',
					query: { contact_id: '{{resources.crm.contacts.id}}' },
				},
			],
		},
		{
			id: SYNC_JOBS.ticketing,
			label: 'Zendesk tickets, hourly',
			integration_name: 'zendesk',
			default_runtime_version: 2,
			args_schema: {
				type: 'object',
				properties: {
					organization_ids: { type: 'array', description: 'Organizations to sync' },
					max_tickets: { type: 'integer' },
					options: { type: 'object' },
				},
				required: ['organization_ids'],
			},
			resources: [
				{ resource: 'ticketing/users', method: 'list' },
				{ resource: 'ticketing/tickets', method: 'list' },
				{ resource: 'ticketing/tickets', method: 'get', depends_on: 'ticketing/tickets' },
			],
		},
		{
			id: SYNC_JOBS.hris,
			integration_name: 'bamboohr',
			args_schema: { type: 'object' },
			resources: [{ resource: 'hris/employees', method: 'list' }],
		},
		{
			id: SYNC_JOBS.failing,
			label: 'Fails after 12 s',
			integration_name: 'hubspot',
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 1_000 },
				{ status: 'failed', afterMs: 11_000, logs: [failureLog('auth')] },
			],
		},
		{
			id: SYNC_JOBS.rateLimited,
			label: 'Rate limited for 30 s',
			integration_name: 'salesforce',
			run_script: [
				{ status: 'created', afterMs: 0 },
				{ status: 'running', afterMs: 1_000 },
				{ status: 'rate_limited', afterMs: 14_000 },
				{ status: 'running', afterMs: 30_000 },
				{ status: 'completed', afterMs: 15_000 },
			],
		},
		{
			id: SYNC_JOBS.proxy,
			integration_name: 'salesforce',
			resources: [{ resource: 'contacts', method: 'list', persist: true }],
		},
		{
			id: SYNC_JOBS.other,
			label: 'Of another environment',
			integration_name: 'hubspot',
			environment_id: OTHER_ENVIRONMENT_ID,
		},
	];
}

function seedAccounts(store: Store, daysAgo: (days: number) => string): void {
	const hubspot = { name: 'hubspot', label: 'HubSpot' };
	const salesforce = { name: 'salesforce', label: 'Salesforce' };
	const accounts = [
		{ id: ACCOUNTS.hubspot, tenant_id: 'acme-1', integration: hubspot },
		{
			id: ACCOUNTS.zendesk,
			tenant_id: 'acme-1',
			integration: { name: 'zendesk', label: 'Zendesk' },
		},
		{
			id: ACCOUNTS.bamboohr,
			tenant_id: 'globex-7',
			integration: { name: 'bamboohr', label: 'BambooHR' },
		},
		{ id: ACCOUNTS.salesforce, tenant_id: 'initech-3', integration: salesforce },
		{
			id: ACCOUNTS.needsReauth,
			tenant_id: 'umbrella-2',
			integration: salesforce,
			status: 'needs_reauth',
		},
		{ id: ACCOUNTS.blocked, tenant_id: 'hooli-9', integration: hubspot, status: 'blocked' },
		{
			id: ACCOUNTS.other,
			tenant_id: 'secret-1',
			integration: hubspot,
			environment_id: OTHER_ENVIRONMENT_ID,
		},
	];
	for (const [index, account] of accounts.entries()) {
		store.addIntegratedAccount({
			created_at: daysAgo(100 - index),
			updated_at: daysAgo(20 - index),
			...account,
		});
	}
}
