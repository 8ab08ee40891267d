import { listSyncJobs } from '../../../../lib/api/syncJobs';
import { operation } from '../../../../lib/n8n/operation';
import { filters } from '../../../../lib/parameters/collection';
import { integrationNameOf } from '../../../../lib/parameters/filters';
import { limit } from '../../../../lib/parameters/paging';
import { shape } from '../../../../lib/parameters/shape';
import { shaped, shapedList } from '../../../../lib/shape';
import { simplifySyncJob } from '../../../../lib/syncJobs/simplifySyncJob';

const jobFilters = filters('sync jobs', {
	integrationName: integrationNameOf('sync jobs'),
});

export const getAll = operation({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sync jobs',
		description: 'List the sync jobs of the environment, or only those of one integration',
	},
	parameters: { limit, filters: jobFilters, shape },
	onlyReads: true,
	run: async (values, { client }) => {
		const jobs = await listSyncJobs(client, { ...values.filters, limit: values.limit });
		return await shapedList(values.shape, (one) =>
			jobs.map((job) => shaped(job.raw, one, () => simplifySyncJob(job))),
		);
	},
});
