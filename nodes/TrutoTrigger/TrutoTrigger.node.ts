import {
	NodeConnectionTypes,
	type IHookFunctions,
	type INodeType,
	type INodeTypeDescription,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { searchIntegratedAccounts, searchSyncJobs } from '../../lib/editor/lists';
import { triggerProperties } from './parameters';
import { receiveEvent } from './receiveEvent';
import { isRegistered, register, unregister } from './registration';

export class TrutoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Truto Trigger',
		name: 'trutoTrigger',
		icon: { light: 'file:../../icons/truto.svg', dark: 'file:../../icons/truto.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle: '={{ $parameter["events"].join(", ").replaceAll("sync_job_run:", "") }}',
		description: 'Starts the workflow when a sync job run of Truto finishes, fails or goes on',
		defaults: { name: 'Truto Trigger' },
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'trutoApi', required: true }],
		webhooks: [
			{ name: 'default', httpMethod: 'POST', responseMode: 'onReceived', path: 'webhook' },
		],
		properties: triggerProperties,
	};

	methods = { listSearch: { searchSyncJobs, searchIntegratedAccounts } };

	webhookMethods = {
		default: {
			async checkExists(this: IHookFunctions): Promise<boolean> {
				return await isRegistered(this);
			},
			async create(this: IHookFunctions): Promise<boolean> {
				await register(this);
				return true;
			},
			async delete(this: IHookFunctions): Promise<boolean> {
				await unregister(this);
				return true;
			},
		},
	};

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveEvent(this);
	}
}
