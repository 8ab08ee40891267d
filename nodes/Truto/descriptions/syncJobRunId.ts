import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { parseId } from '../shared/ids';

export const SYNC_JOB_RUNS = 'sync-job-run';

/** Which run an operation is about. */
export const syncJobRunIdProperty: INodeProperties = {
	displayName: 'Sync Job Run',
	name: 'syncJobRunId',
	type: 'resourceLocator',
	default: { mode: 'id', value: '' },
	required: true,
	description: 'The sync job run to work with: the ID that Truto gave it when it was started',
	modes: [
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
		},
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://api.truto.one/sync-job-run/3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
		},
	],
};

/** The current item's run id. @throws {ExplainedError} where it can't be used */
export function readSyncJobRunId(n8n: IExecuteSingleFunctions): string {
	return parseId(n8n.getNodeParameter('syncJobRunId', ''), 'sync job run', SYNC_JOB_RUNS);
}
