import { fetchRun } from '../../../../lib/api/syncJobRuns';
import type { Operation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import {
	readRunOutput,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { outputRun } from '../../../../lib/runs/output';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job run',
		description:
			'Get the status, times and record counts of one sync job run, whole or as one item per resource',
	},
	properties: [syncJobRunProperty, ...runOutputProperties, optionsProperty(runOutputOptions)],
	run: async ({ parameters, client }) => {
		const output = readRunOutput(parameters);
		const run = await fetchRun(client, parameters.id(syncJobRunProperty, SYNC_JOB_RUN));
		return outputRun(run, output);
	},
};
