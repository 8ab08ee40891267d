import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../descriptions/locators';
import { optionsProperty } from '../../descriptions/options';
import { outputRuns, runOutputOptions, runOutputProperties } from '../../descriptions/runOutput';
import { waitAsAsked, waitProperties } from '../../descriptions/wait';
import type { JsonRecord } from '../../shared/json';
import type { Operation } from '../../shared/operation';
import { runPerItem, type ItemContext } from '../../transport/perItem';

export const wait: Operation = {
	option: {
		name: 'Wait for Completion',
		value: 'wait',
		action: 'Wait for a sync job run',
		description:
			'Wait until a sync job run has completed, failed or was stopped, then return it as Get does',
		routing: runPerItem(waitForEnd),
	},
	properties: [
		syncJobRunIdProperty,
		...waitProperties,
		...runOutputProperties,
		optionsProperty(runOutputOptions),
	],
};

async function waitForEnd(item: ItemContext): Promise<JsonRecord[]> {
	const run = await waitAsAsked(item, readId(item.n8n, SYNC_JOB_RUN));
	return outputRuns(item.n8n, item.options, [run]);
}
