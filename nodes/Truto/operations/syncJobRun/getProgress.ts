import { postReceive } from '../../../../lib/n8n/declared';
import { withNames } from '../../../../lib/n8n/names';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { optionsWith } from '../../../../lib/parameters/options';
import { stuckAfterMinutes } from '../../../../lib/parameters/stuckAfterMinutes';
import { runProgress } from '../../../../lib/runs/runProgress';
import { readRun } from '../../../../lib/truto/run';

const options = { includeNames: includeNames(false), stuckAfterMinutes };

const progress = postReceive(
	readRun,
	{ options: optionsWith(options) },
	async (run, { options: chosen }, item) => {
		const runs = chosen.includeNames ? await withNames([run], item) : [run];
		return runs.map((named) => runProgress(named, Date.now(), chosen.stuckAfterMinutes));
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
	parameters: { syncJobRun },
	options,
	routing: {
		request: { method: 'GET', url: syncJobRun.path },
		output: { postReceive: [progress] },
	},
});
