import { declaredOperation } from '../../../../lib/n8n/operation';
import { postReceive } from '../../../../lib/n8n/declared';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { runProgress } from '../../../../lib/runs/runProgress';
import { readRun } from '../../../../lib/truto/run';
import { stuckAfterMinutes } from './stuckAfter';

const progress = postReceive(readRun, { stuckAfterMinutes }, (run, values) => [
	runProgress(run, Date.now(), values.stuckAfterMinutes),
]);

export const getProgress = declaredOperation({
	option: {
		name: 'Get Progress',
		value: 'getProgress',
		action: 'Get the progress of a sync job run',
		description:
			'Get the progress of a sync job run: total records, records per second, and whether it has ended, is waiting or is stuck',
	},
	parameters: { syncJobRun, stuckAfterMinutes },
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [progress] },
	},
});
