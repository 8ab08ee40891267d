import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import type { Operation } from '../../../../lib/n8n/operation';
import { syncJobProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { SYNC_JOB } from '../../../../lib/truto/kinds';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job',
		description: 'Get the label, integration, arguments and resources of one sync job',
	},
	properties: [syncJobProperty, optionsProperty()],
	run: async ({ parameters, client }) => [
		await fetchSyncJob(client, parameters.id(syncJobProperty, SYNC_JOB)),
	],
};
