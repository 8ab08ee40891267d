import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { SYNC_JOB } from './locators';
import { ExplainedError } from '../explainedError';
import { isJsonRecord, parseJson, type JsonRecord } from '../json';

/** What a new run is to do, beside its sync job and account. */
export const startProperties: INodeProperties[] = [
	{
		displayName: 'Specify Arguments',
		name: 'specifyArgs',
		type: 'options',
		options: [
			{ name: 'Using Fields Below', value: 'fields' },
			{ name: 'Using JSON', value: 'json' },
		],
		default: 'json',
		description: 'How to give the arguments that the sync job takes',
	},
	{
		displayName: 'Arguments (JSON)',
		name: 'args',
		type: 'json',
		default: '{}',
		description:
			'The arguments of the run as a JSON object, as the args_schema of the sync job says',
		displayOptions: { show: { specifyArgs: ['json'] } },
	},
	{
		displayName: 'Arguments',
		name: 'argsFields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		description: 'The arguments that the sync job takes',
		typeOptions: {
			loadOptionsDependsOn: [`${SYNC_JOB.parameter}.value`],
			resourceMapper: {
				resourceMapperMethod: 'getArgsFields',
				mode: 'add',
				fieldWords: { singular: 'argument', plural: 'arguments' },
				addAllFields: true,
				supportAutoMap: false,
			},
		},
		displayOptions: { show: { specifyArgs: ['fields'] } },
	},
	{
		displayName: 'Webhook ID',
		name: 'webhookId',
		type: 'string',
		default: '',
		description:
			'The ID of the webhook in Truto that receives the records (RapidBridge). Not together with a daemon group.',
	},
	{
		displayName: 'Daemon Group Key',
		name: 'daemonGroupKey',
		type: 'string',
		default: '',
		description: 'The daemon group that runs the sync (Daemon). Not together with a webhook.',
	},
	{
		displayName: 'Error Handling',
		name: 'errorHandling',
		type: 'options',
		options: [
			{ name: 'Batch', value: 'batch', description: 'Go on, and report errors in batches' },
			{ name: 'Default of Truto', value: '' },
			{ name: 'Fail Fast', value: 'fail_fast', description: 'Stop at the first error' },
			{ name: 'Ignore', value: 'ignore', description: 'Go on, and report each error' },
		],
		default: '',
		description: 'What the run does when a record fails',
	},
	{
		displayName: 'Ignore Previous Run',
		name: 'ignorePreviousRun',
		type: 'boolean',
		default: false,
		description: 'Whether to sync everything again instead of what has changed since the last run',
	},
	{
		displayName: 'Wait for Completion',
		name: 'waitForCompletion',
		type: 'boolean',
		default: false,
		description: 'Whether to wait until the run has ended and return it as Get does',
	},
];

/** The other documented fields of `POST /sync-job-run`; a name in snake case is the field's. */
export const startOptions: INodeProperties[] = [
	{
		displayName: 'Datastore ID',
		name: 'datastoreId',
		type: 'string',
		default: '',
		description: 'The datastore in Truto that receives the records',
	},
	{
		displayName: 'Events to Send',
		name: 'eventsToSend',
		type: 'multiOptions',
		options: [
			'completed',
			'created',
			'deleted',
			'failed',
			'rate_limited',
			'record',
			'record_error',
			'started',
			'updated',
		].map((event) => ({ name: `sync_job_run:${event}`, value: `sync_job_run:${event}` })),
		default: [],
		description: 'Which events the run sends to its webhook',
	},
	{
		displayName: 'Force',
		name: 'force',
		type: 'boolean',
		default: false,
		description: 'Whether to start the run even where Truto would hold it back',
	},
	{
		displayName: 'Mutex Key',
		name: 'mutexKey',
		type: 'string',
		default: '',
		description: 'Runs with the same key do not run at the same time',
	},
	{
		displayName: 'Resources (JSON)',
		name: 'resources',
		type: 'json',
		default: '',
		description: 'The resources to sync instead of those of the sync job, as a JSON array',
	},
	{
		displayName: 'State Key',
		name: 'stateKey',
		type: 'string',
		default: '',
		description: 'The key under which Truto keeps the state of incremental runs',
	},
	{
		displayName: 'Super Query (JSON)',
		name: 'superQuery',
		type: 'json',
		default: '',
		description: 'The super_query of the run, as a JSON object',
	},
];

/** The arguments of the current item. @throws {ExplainedError} where they are no JSON object */
export function readArgs(n8n: IExecuteSingleFunctions): JsonRecord {
	const isJson = n8n.getNodeParameter('specifyArgs', 'json') === 'json';
	const given: unknown = isJson
		? n8n.getNodeParameter('args', '{}')
		: n8n.getNodeParameter('argsFields.value', {});
	const args = typeof given === 'string' ? parseJson(given.trim() || '{}') : (given ?? {});
	if (isJsonRecord(args)) return args;
	throw new ExplainedError(
		'The arguments are not a JSON object',
		'Write them like { "name": "value" }. Nothing was started.',
	);
}
