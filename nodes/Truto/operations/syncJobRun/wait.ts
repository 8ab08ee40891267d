import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import {
	outputRuns,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { waitAsAsked, waitProperties } from '../../../../lib/parameters/wait';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

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
