import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { runProgress } from '../../../../lib/runs/runProgress';
import { fetchRun } from '../../../../lib/api/fetchRun';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

export const getProgress: Operation = {
	option: {
		name: 'Get Progress',
		value: 'getProgress',
		action: 'Get the progress of a sync job run',
		description:
			'Get how far a sync job run is: total records, records per second, and whether it is finished, failed, waiting or stuck',
		routing: runPerItem(getRunProgress),
	},
	properties: [
		syncJobRunIdProperty,
		{
			displayName: 'Stuck After (Minutes)',
			name: 'stuckAfterMinutes',
			type: 'number',
			typeOptions: { minValue: 0 },
			default: 5,
			description: 'After how long without an update a running run counts as stuck',
		},
		optionsProperty(),
	],
};

async function getRunProgress({ n8n, client }: ItemContext): Promise<JsonRecord[]> {
	const stuckAfterMinutes = Number(n8n.getNodeParameter('stuckAfterMinutes', 5));
	const run = await fetchRun(client, readId(n8n, SYNC_JOB_RUN));
	return [runProgress(run, Date.now(), stuckAfterMinutes)];
}
