import { SYNC_JOBS } from './constants.mts';
import type { FlatArgsSchema, SyncJobInput, SyncJobNode } from './types.mts';

const ACCOUNT: FlatArgsSchema = {
	integrated_account_id: {
		type: 'string',
		format: 'integrated_account_id',
		required: true,
		description: 'Account to sync',
	},
};

const OF_THE_ACCOUNT = '{{args.integrated_account_id}}';

/** The V4 jobs that have a name in SYNC_JOBS: flat arguments, and a graph of nodes as resources. */
export function v4Jobs(): SyncJobInput[] {
	return [
		{
			id: SYNC_JOBS.v4Crm,
			label: 'Pipedrive to warehouse',
			integration_name: 'pipedrive',
			default_runtime_version: 4,
			args_schema: {
				...ACCOUNT,
				webhook_id: {
					type: 'string',
					format: 'webhook_id',
					description: 'Webhook that receives the records',
				},
				datastore_id: {
					type: 'string',
					format: 'datastore_id',
					description: 'Data store that receives the records',
				},
				start_date: {
					type: 'string',
					format: 'date',
					required: true,
					description: 'Where the first sync begins',
				},
				batch_size: { type: 'number', description: 'Records per page' },
				include_archived: { type: 'boolean' },
				stage: { type: 'string', enum: ['open', 'won', 'lost'], description: 'Deals to sync' },
			},
			args_validation:
				'$firstNonEmpty(args.webhook_id, args.datastore_id) ? null : { "message": "Need one of webhook_id or datastore_id" }',
			mutex_key: OF_THE_ACCOUNT,
			state_key: OF_THE_ACCOUNT,
			resources: crmNodes(),
		},
		{
			id: SYNC_JOBS.v4Ticketing,
			label: 'Untitled',
			integration_name: 'jira',
			default_runtime_version: 4,
			args_schema: {
				...ACCOUNT,
				webhook_id: { type: 'string', format: 'webhook_id', required: true },
			},
			mutex_key: OF_THE_ACCOUNT,
			state_key: OF_THE_ACCOUNT,
			resources: [
				request('list-tickets', 'ticketing/tickets', 'list'),
				{
					...request('list-comments', 'ticketing/comments', 'list'),
					depends_on: 'list-tickets',
					query: { ticket_id: '{{resources.ticketing.tickets.id}}' },
				},
				webhook(['list-tickets', 'list-comments']),
			],
		},
		{
			id: SYNC_JOBS.v4Files,
			label: 'Files of every connected storage',
			integration_name: '',
			default_runtime_version: 4,
			args_schema: {
				...ACCOUNT,
				datastore_id: { type: 'string', format: 'datastore_id', required: true },
				changed_since: { type: 'string', format: 'updated_at' },
			},
			resources: [
				request('list-folders', 'file-storage/drive-items', 'list'),
				{
					...request('list-files', 'file-storage/drive-items', 'list'),
					depends_on: 'list-folders',
					loop_on: '{{resources.file-storage.drive-items}}',
				},
				{ name: 'all-files', type: 'spool', depends_on: 'list-files' },
				{
					name: 'to-datastore',
					type: 'destination',
					destination_type: 'datastore',
					depends_on: 'all-files',
					config: { id: '{{args.datastore_id}}' },
					resources_to_persist: ['list-files'],
				},
			],
		},
	];
}

function crmNodes(): SyncJobNode[] {
	return [
		{
			name: 'get-last-synced-at',
			type: 'get_state',
			config: { key: 'last_synced_at', default: '{{args.start_date}}' },
		},
		{
			name: 'add-last-synced-at',
			type: 'add_context',
			depends_on: 'get-last-synced-at',
			config: { expression: '{ "last_synced_at": resources.`get-last-synced-at`.value }' },
		},
		{
			...request('list-contacts', 'crm/contacts', 'list'),
			depends_on: 'add-last-synced-at',
			query: { updated_at: { gt: '{{last_synced_at}}' } },
		},
		{
			...request('list-deals', 'crm/opportunities', 'list'),
			depends_on: 'add-last-synced-at',
			run_if: '$exists(args.stage)',
		},
		{
			name: 'remove-remote-data',
			type: 'transform',
			depends_on: 'list-contacts',
			config: {
				expression: "resources.crm.contacts.$sift(function($v, $k) {$k != 'remote_data'})",
			},
		},
		webhook(['remove-remote-data', 'list-deals']),
		{
			name: 'to-datastore',
			type: 'destination',
			destination_type: 'datastore',
			run_if: '$exists(args.datastore_id)',
			config: { id: '{{args.datastore_id}}' },
			resources_to_persist: ['remove-remote-data', 'list-deals'],
		},
		{ name: 'on-complete', type: 'event', config: { name: 'complete' } },
		{
			name: 'update-last-synced-at',
			type: 'update_state',
			depends_on: 'on-complete',
			config: {
				key: 'last_synced_at',
				value_expression:
					"sync_job_run.status = 'completed' ? sync_job_run.started_at.toISOString()",
			},
		},
	];
}

function request(name: string, resource: string, method: string): SyncJobNode {
	return { name, type: 'request', resource, method, integrated_account_id: OF_THE_ACCOUNT };
}

function webhook(resources_to_persist: string[]): SyncJobNode {
	return {
		name: 'to-webhook',
		type: 'destination',
		destination_type: 'webhook',
		run_if: '$exists(args.webhook_id)',
		config: { id: '{{args.webhook_id}}' },
		resources_to_persist,
	};
}
