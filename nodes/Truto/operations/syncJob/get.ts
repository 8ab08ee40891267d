import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import type { Operation } from '../../../../lib/n8n/operation';
import { syncJobProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { shaped } from '../../../../lib/shape';
import { simplifySyncJob } from '../../../../lib/syncJobs/simplifySyncJob';
import { SYNC_JOB } from '../../../../lib/truto/kinds';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job',
		description: 'Get the label, integration, arguments and resources of one sync job',
	},
	properties: [syncJobProperty, ...shapeProperties, optionsProperty()],
	run: async ({ parameters, client }) => {
		const shape = readShape(parameters);
		const job = await fetchSyncJob(client, parameters.id(syncJobProperty, SYNC_JOB));
		return [shaped(job, shape, simplifySyncJob)];
	},
};
