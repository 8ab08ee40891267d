import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { parseId } from './id';
import { isJsonRecord, type JsonRecord } from '../json';
import { plainField } from './plainExpression';

/** A kind of thing in Truto that parameters point to. */
interface Kind {
	displayName: string;
	parameter: string;
	/** Its collection in the API's paths. */
	collection: string;
	/** Its name in texts. */
	noun: string;
	/** The node's list search method. */
	search: string;
	description: string;
}

export const SYNC_JOB_RUN: Kind = {
	displayName: 'Sync Job Run',
	parameter: 'syncJobRunId',
	collection: 'sync-job-run',
	noun: 'sync job run',
	search: 'searchSyncJobRuns',
	description: 'The sync job run to work with: one execution of a sync job',
};

export const SYNC_JOB: Kind = {
	displayName: 'Sync Job',
	parameter: 'syncJobId',
	collection: 'sync-job',
	noun: 'sync job',
	search: 'searchSyncJobs',
	description: 'The sync job: what to sync from which integration',
};

export const INTEGRATED_ACCOUNT: Kind = {
	displayName: 'Integrated Account',
	parameter: 'integratedAccountId',
	collection: 'integrated-account',
	noun: 'integrated account',
	search: 'searchIntegratedAccounts',
	description: "The integrated account: one customer's connection to an integration",
};

const EXAMPLE_ID = '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64';

/** The parameter that points to one thing: from a list, by its id, or by a URL that holds the id. */
export function locator(kind: Kind, overrides: Partial<INodeProperties> = {}): INodeProperties {
	return {
		displayName: kind.displayName,
		name: kind.parameter,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required: true,
		description: kind.description,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				placeholder: `Select a ${kind.noun}…`,
				typeOptions: { searchListMethod: kind.search, searchable: true },
			},
			{
				displayName: 'By ID',
				name: 'id',
				type: 'string',
				placeholder: `e.g. ${EXAMPLE_ID}`,
			},
			{
				displayName: 'By URL',
				name: 'url',
				type: 'string',
				placeholder: `e.g. https://api.truto.one/${kind.collection}/${EXAMPLE_ID}`,
			},
		],
		...overrides,
	};
}

/** Shared by all operations on one run, so that n8n evaluates it once for each item. */
export const syncJobRunIdProperty = locator(SYNC_JOB_RUN);

/** The current item's id of a kind. @throws {ExplainedError} where it can't be used */
export function readId(n8n: IExecuteSingleFunctions, kind: Kind): string {
	return parseId(readLocator(n8n, kind.parameter), kind.noun, kind.collection);
}

function readLocator(n8n: IExecuteSingleFunctions, parameter: string): unknown {
	const raw = n8n.getNodeParameter(parameter, '', { rawExpressions: true });
	const value = isJsonRecord(raw) ? plainField(raw.value, n8n.getInputData().json) : undefined;
	return value === undefined
		? n8n.getNodeParameter(parameter, '')
		: { ...(raw as JsonRecord), value };
}
