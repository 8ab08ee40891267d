import { postReceive } from '../../../../lib/n8n/declared';
import type { DeclaredOperation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { runProgress } from '../../../../lib/runs/runProgress';
import { readRun } from '../../../../lib/truto/run';
import { stuckAfterMinutes } from './stuckAfter';

const progress = postReceive(readRun, (run, { parameters }) => [
	runProgress(run, Date.now(), parameters.number(stuckAfterMinutes)),
]);

export const getProgress: DeclaredOperation = {
	option: {
		name: 'Get Progress',
		value: 'getProgress',
		action: 'Get the progress of a sync job run',
		description:
			'Get the progress of a sync job run: total records, records per second, and whether it has ended, is waiting or is stuck',
	},
	properties: [syncJobRunProperty, stuckAfterMinutes, optionsProperty()],
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [progress] },
	},
};
