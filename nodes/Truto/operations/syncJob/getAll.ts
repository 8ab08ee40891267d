import type { INodeProperties } from 'n8n-workflow';

import { listSyncJobs } from '../../../../lib/api/syncJobs';
import type { Operation } from '../../../../lib/n8n/operation';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { shaped } from '../../../../lib/shape';
import { simplifySyncJob } from '../../../../lib/syncJobs/simplifySyncJob';

const integrationName: INodeProperties = {
	displayName: 'Integration Name',
	name: 'integrationName',
	type: 'string',
	default: '',
	placeholder: 'e.g. hubspot',
	description: "Only sync jobs of this integration, by Truto's name for it",
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which sync jobs to return: those that match all filters',
	options: [integrationName],
};

const options = optionsProperty([pageSizeOption]);

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sync jobs',
		description: 'List the sync jobs of the environment, or only those of one integration',
	},
	properties: [...pagingProperties, filters, ...shapeProperties, options],
	run: async ({ parameters, client }) => {
		const shape = readShape(parameters);
		const wanted = parameters.in(filters);
		const jobs = await listSyncJobs(client, {
			integrationName: wanted.added(integrationName, () => wanted.text(integrationName)),
			limit: readLimit(parameters),
			pageSize: parameters.in(options).number(pageSizeOption),
		});
		return jobs.map((job) => shaped(job.raw, shape, () => simplifySyncJob(job)));
	},
};
