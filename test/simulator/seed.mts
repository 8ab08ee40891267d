import { ENVIRONMENT_ID, fixedId, OTHER_ENVIRONMENT_ID, SYNC_JOBS } from './constants.mts';
import { failureLog } from './failure-logs.mts';
import { seedAccounts } from './seed-accounts.mts';
import { seedHistory } from './seed-history.mts';
import { seedLogs } from './seed-logs.mts';
import { seedNamedRuns } from './seed-runs.mts';
import { seedSchedules } from './seed-schedules.mts';
import { v4Jobs } from './seed-v4-jobs.mts';
import { seedV4Logs } from './seed-v4-logs.mts';
import { seedV4Runs } from './seed-v4-runs.mts';
import type { Store } from './store.mts';
import type { SyncJobInput } from './types.mts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/** Fills a store with the data that the exported ids name. Times are relative to the store's clock. */
export function seedStore(store: Store): void {
	const daysAgo = (days: number) => new Date(store.clock.now() - days * DAY_MS).toISOString();
	seedSyncJobs(store, daysAgo);
	seedDatastore(store, daysAgo(60));
	seedAccounts(store, daysAgo);
	seedNamedRuns(store);
	seedHistory(store);
	seedLogs(store);
	seedV4Runs(store);
	seedV4Logs(store);
	seedSchedules(store);
}

/** The one that runs of version 4 sync jobs name in their arguments. */
function seedDatastore(store: Store, time: string): void {
	const id = fixedId('d5a0', 1);
	store.datastores.set(id, {
		id,
		type: 's3',
		label: 'Warehouse landing zone',
		config: { bucket: 'truto-records', region: 'eu-central-1' },
		environment_id: ENVIRONMENT_ID,
		created_at: time,
		updated_at: time,
	});
}

function seedSyncJobs(store: Store, daysAgo: (days: number) => string): void {
	for (const [index, job] of [...syncJobs(), ...v4Jobs()].entries()) {
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
