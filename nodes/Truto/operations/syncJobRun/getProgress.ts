import { postReceive } from '../../../../lib/n8n/declared';
import { withNames } from '../../../../lib/n8n/names';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { optionsWith } from '../../../../lib/parameters/options';
import { runProgress } from '../../../../lib/runs/runProgress';
import { readRun } from '../../../../lib/truto/run';
import { stuckAfterMinutes } from './stuckAfter';

const options = { includeNames: includeNames(false) };

const progress = postReceive(
	readRun,
	{ stuckAfterMinutes, options: optionsWith(options) },
	async (run, values, item) => {
		const runs = values.options.includeNames ? await withNames([run], item) : [run];
		return runs.map((named) => runProgress(named, Date.now(), values.stuckAfterMinutes));
	},
);

export const getProgress = declaredOperation({
	option: {
		name: 'Get Progress',
		value: 'getProgress',
		action: 'Get the progress of a sync job run',
		description:
			'Get the progress of a sync job run: total records, records per second, and whether it has ended, is waiting or is stuck',
	},
	parameters: { syncJobRun, stuckAfterMinutes },
	options,
	routing: {
		request: { method: 'GET', url: syncJobRun.path },
		output: { postReceive: [progress] },
	},
});
