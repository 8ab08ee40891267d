import { postReceive } from '../../../../lib/n8n/declared';
import type { DeclaredOperation } from '../../../../lib/n8n/operation';
import { syncJobProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { readShape, shapeProperties } from '../../../../lib/parameters/shape';
import { shaped } from '../../../../lib/shape';
import { simplifySyncJob } from '../../../../lib/syncJobs/simplifySyncJob';
import { readSyncJob } from '../../../../lib/truto/syncJob';

const inShape = postReceive(readSyncJob, (job, { parameters }) => [
	shaped(job.raw, readShape(parameters), () => simplifySyncJob(job)),
]);

export const get: DeclaredOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job',
		description: 'Get the label, integration, arguments and resources of one sync job',
	},
	properties: [syncJobProperty, ...shapeProperties, optionsProperty()],
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [inShape] },
	},
};
