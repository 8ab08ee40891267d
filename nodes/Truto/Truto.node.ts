import { NodeConnectionTypes, type INodeType, type INodeTypeDescription } from 'n8n-workflow';

import { TRUTO_ADDRESS } from '../../lib/address';
import { customOperationsOf } from '../../lib/n8n/customOperations';
import { sendDeclared } from '../../lib/n8n/declared';
import { describeResources } from '../../lib/n8n/describe';
import { getArgsFields } from '../../lib/editor/argsFields';
import {
	searchAccountsOfJob,
	searchDatastores,
	searchIntegratedAccounts,
	searchSchedules,
	searchSyncJobRuns,
	searchSyncJobs,
	searchWebhooks,
} from '../../lib/editor/lists';
import { searchStateEntries } from '../../lib/editor/stateEntries';
import { integratedAccount } from './operations/integratedAccount';
import { schedule } from './operations/schedule';
import { syncJob } from './operations/syncJob';
import { syncJobRun } from './operations/syncJobRun';
import { syncJobState } from './operations/syncJobState';

const resources = [syncJobRun, syncJob, integratedAccount, schedule, syncJobState];

/** What each operation does, in words. */
const ACTIONS = Object.fromEntries(
	resources.flatMap(({ option, operations }) =>
		operations.map(({ option: { value, action } }) => [`${option.value}.${value}`, action]),
	),
);

export class Truto implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Truto',
		name: 'truto',
		icon: { light: 'file:../../icons/truto.svg', dark: 'file:../../icons/truto.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: `={{ (${JSON.stringify(ACTIONS)})[$parameter["resource"] + "." + $parameter["operation"]] ?? $parameter["operation"] }}`,
		description: 'Report on, start, schedule and diagnose syncs in Truto',
		defaults: { name: 'Truto' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'trutoApi', required: true }],
		// The credential's Base URL takes its place. An expression here would be evaluated twice for every item.
		requestDefaults: { baseURL: TRUTO_ADDRESS },
		requestOperations: { pagination: sendDeclared },
		properties: describeResources('syncJobRun', resources),
	};

	methods = {
		listSearch: {
			searchSyncJobRuns,
			searchSyncJobs,
			searchIntegratedAccounts,
			searchAccountsOfJob,
			searchSchedules,
			searchWebhooks,
			searchDatastores,
			searchStateEntries,
		},
		resourceMapping: { getArgsFields },
	};

	customOperations = customOperationsOf(resources);
}
