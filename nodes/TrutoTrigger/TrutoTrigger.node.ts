import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type IHookFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type ITriggerFunctions,
	type ITriggerResponse,
	type IWebhookFunctions,
	type IWebhookResponseData,
} from 'n8n-workflow';

import { searchIntegratedAccounts, searchSyncJobs } from '../../lib/editor/lists';
import { subtitle, triggerProperties } from './parameters';
import { receiveEvent } from './receive';
import { isRegistered, register, unregister } from './registration/registration';
import { startWorkflow } from './start';

/**
 * What happens between a delivery and the first item:
 *
 * 1. `webhook`, in the process that gets the request: `receive.ts` decides the answer. It has
 *    `signedEvent.ts` find the event in what is signed, applies the filters, and asks `deliveries.ts`
 *    whether this process has had the event before. Then it hands the event on. If the signature is wrong,
 *    the answer is 401, or 503 while `registration/mend.ts` finds out whether n8n lost the secret. An event
 *    that is too old gets 401 as well.
 * 2. n8n stores an execution for it and sends a 200 response.
 * 3. `execute`, in the execution, on a worker in queue mode: `start.ts` waits until Truto has the answer,
 *    then asks n8n's database whether the event has started the workflow before
 *    (`lib/n8n/startedBefore.ts`). If not, it looks up names if they are wanted, and
 *    `lib/events/eventItems.ts` turns the event into items.
 *
 * `registration/` has the other half: the webhook in Truto, its secret, and what to do if it is lost.
 */
export class TrutoTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Truto Trigger',
		name: 'trutoTrigger',
		icon: { light: 'file:../../icons/truto.svg', dark: 'file:../../icons/truto.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle,
		// n8n's panel shows one entry for this node and Truto, with this text.
		description: 'Report on, start and diagnose syncs in Truto, and react to its events',
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

	/**
	 * Does nothing itself. When n8n starts, it only activates workflows again if their trigger has this
	 * function. That checks the webhook, so one that Truto has given up in the meantime is replaced.
	 */
	async trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
		return await Promise.resolve({});
	}

	async webhook(this: IWebhookFunctions): Promise<IWebhookResponseData> {
		return await receiveEvent(this);
	}

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await startWorkflow(this);
	}
}
