import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import { searchIntegratedAccounts, searchSyncJobs } from '../../lib/editor/lists';
import { output } from './output';
import { pollingProperties, subtitle } from './parameters';
import { poll } from './poll';

export class TrutoPollingTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Truto Polling Trigger',
		name: 'trutoPollingTrigger',
		icon: { light: 'file:../../icons/truto.svg', dark: 'file:../../icons/truto.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle,
		description: 'Starts the workflow when sync job runs end, without a public address',
		defaults: { name: 'Truto Polling Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'trutoApi', required: true }],
		properties: pollingProperties,
	};

	methods = { listSearch: { searchSyncJobs, searchIntegratedAccounts } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll(this);
	}

	/** n8n runs this in the execution that a poll has started, with what `poll` returned as its input. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await output(this);
	}
}
