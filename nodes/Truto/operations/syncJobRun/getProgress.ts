import { fetchRun } from '../../../../lib/api/syncJobRuns';
import type { Operation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { runProgress } from '../../../../lib/runs/runProgress';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { stuckAfterMinutes } from './stuckAfter';

export const getProgress: Operation = {
	option: {
		name: 'Get Progress',
		value: 'getProgress',
		action: 'Get the progress of a sync job run',
		description:
			'Get the progress of a sync job run: total records, records per second, and whether it has ended, is waiting or is stuck',
	},
	properties: [syncJobRunProperty, stuckAfterMinutes, optionsProperty()],
	run: async ({ parameters, client }) => {
		const minutes = parameters.number(stuckAfterMinutes);
		const run = await fetchRun(client, parameters.id(syncJobRunProperty, SYNC_JOB_RUN));
		return [runProgress(run, Date.now(), minutes)];
	},
};
