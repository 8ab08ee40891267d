import { postReceive } from '../../../../lib/n8n/declared';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { syncJob } from '../../../../lib/parameters/locators';
import { shape } from '../../../../lib/parameters/shape';
import { shaped } from '../../../../lib/shape';
import { simplifySyncJob } from '../../../../lib/syncJobs/simplifySyncJob';
import { readSyncJob } from '../../../../lib/truto/syncJob';

const inShape = postReceive(readSyncJob, { shape }, (job, values) => [
	shaped(job.raw, values.shape, () => simplifySyncJob(job)),
]);

export const get = declaredOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job',
		description: 'Get the label, integration, arguments and resources of one sync job',
	},
	parameters: { syncJob, shape },
	routing: {
		request: { method: 'GET', url: syncJob.path },
		output: { postReceive: [inShape] },
	},
});
