import { locator, readId, SYNC_JOB } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { fetchSyncJob } from '../../../../lib/api/fetchSyncJob';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job',
		description: 'Get the label, integration, arguments and resources of one sync job',
		routing: runPerItem(getSyncJob),
	},
	properties: [locator(SYNC_JOB), optionsProperty()],
};

async function getSyncJob({ n8n, client }: ItemContext): Promise<JsonRecord[]> {
	return [await fetchSyncJob(client, readId(n8n, SYNC_JOB))];
}
