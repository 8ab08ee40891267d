import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { emptySplitHint } from '../../lib/parameters/emptySplitHint';
import { getArgsFields } from './editor/argsFields';
import { searchIntegratedAccounts, searchSyncJobRuns, searchSyncJobs } from './editor/search';
import { syncJob } from './operations/syncJob';
import { syncJobRun } from './operations/syncJobRun';
import { describeResources } from '../../lib/n8n/operation';

/** n8n names a node after the action it was added by. */
const splitActions = syncJobRun.operations
	.filter(({ properties }) => properties.some(({ name }) => name === 'splitResourceStats'))
	.map(({ option }) => option.action);

export class Truto implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Truto',
		name: 'truto',
		icon: { light: 'file:../../icons/truto.svg', dark: 'file:../../icons/truto.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{ $parameter["operation"] + ": " + $parameter["resource"] }}',
		description: 'Get, list, start, wait for, explain and stop sync job runs of Truto',
		defaults: { name: 'Truto' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'trutoApi', required: true }],
		// TrutoClient takes the credential's Base URL. n8n's engine needs one here, and evaluates it twice for
		// every item: as an expression it would take a fifth of the node's time. See bench/.
		requestDefaults: { baseURL: 'https://api.truto.one' },
		hints: [emptySplitHint(['Truto', ...splitActions])],
		properties: describeResources('syncJobRun', [syncJobRun, syncJob]),
	};

	methods = {
		listSearch: { searchSyncJobRuns, searchSyncJobs, searchIntegratedAccounts },
		resourceMapping: { getArgsFields },
	};
}
