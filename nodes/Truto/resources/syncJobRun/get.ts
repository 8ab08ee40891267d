import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../descriptions/locators';
import { optionsProperty } from '../../descriptions/options';
import { outputRuns, runOutputOptions, runOutputProperties } from '../../descriptions/runOutput';
import type { JsonRecord } from '../../shared/json';
import type { Operation } from '../../shared/operation';
import { fetchRun } from '../../transport/fetchRun';
import { runPerItem, type ItemContext } from '../../transport/perItem';

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
