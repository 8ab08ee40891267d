import { optionsProperty } from '../../../../lib/parameters/options';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { listEntries } from '../../../../lib/api/listPages';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sync jobs',
		description: 'List the sync jobs of the environment, of all integrations or of one',
		routing: runPerItem(getManySyncJobs),
	},
	properties: [
		...pagingProperties,
		optionsProperty([
			{
				displayName: 'Integration Name',
				name: 'integrationName',
				type: 'string',
				default: '',
				placeholder: 'e.g. hubspot',
				description: "Only sync jobs of this integration, by Truto's name for it",
			},
			pageSizeOption,
		]),
	],
};

async function getManySyncJobs({ n8n, client, options }: ItemContext): Promise<JsonRecord[]> {
	const integrationName = String(options.integrationName ?? '').trim();
	return await listEntries(client, {
		path: '/sync-job',
		query: integrationName === '' ? {} : { integration_name: integrationName },
		limit: readLimit(n8n),
		pageSize: options.pageSize,
		about: 'the list of sync jobs',
	});
}
