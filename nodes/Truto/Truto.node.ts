import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

export class Truto implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Truto',
		name: 'truto',
		icon: { light: 'file:../../icons/truto.svg', dark: 'file:../../icons/truto.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Work with Truto sync job runs',
		defaults: { name: 'Truto' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'trutoApi', required: true }],
		requestDefaults: { baseURL: '={{$credentials.baseUrl}}' },
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Sync Job Run', value: 'syncJobRun' }],
				default: 'syncJobRun',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				options: [
					{
						name: 'Get',
						value: 'get',
						action: 'Get a sync job run',
						routing: {
							request: { method: 'GET', url: '=/sync-job-run/{{$parameter["syncJobRunId"]}}' },
						},
					},
				],
				default: 'get',
			},
			{
				displayName: 'Sync Job Run ID',
				name: 'syncJobRunId',
				type: 'string',
				default: '',
			},
		],
	};
}
