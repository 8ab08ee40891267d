import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import {
	outputRuns,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { fetchRun } from '../../../../lib/api/fetchRun';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job run',
		description:
			'Get the status, times and record counts of one sync job run, whole or as one item per resource',
		routing: runPerItem(getRun),
	},
	properties: [syncJobRunIdProperty, ...runOutputProperties, optionsProperty(runOutputOptions)],
};

async function getRun({ n8n, client, options }: ItemContext): Promise<JsonRecord[]> {
	const run = await fetchRun(client, readId(n8n, SYNC_JOB_RUN));
	return outputRuns(n8n, options, [run]);
}
