import { locator, readId, SYNC_JOB } from '../../descriptions/locators';
import { optionsProperty } from '../../descriptions/options';
import type { JsonRecord } from '../../shared/json';
import type { Operation } from '../../shared/operation';
import { fetchSyncJob } from '../../transport/fetchSyncJob';
import { runPerItem, type ItemContext } from '../../transport/perItem';

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
