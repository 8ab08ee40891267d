import { postReceive } from '../../../../lib/n8n/declared';
import { withNames } from '../../../../lib/n8n/names';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { optionsWith } from '../../../../lib/parameters/options';
import { number } from '../../../../lib/parameters/parameter';
import { runProgress, STUCK_AFTER_MINUTES } from '../../../../lib/runs/runProgress';
import { readRun } from '../../../../lib/truto/run';

/** An option of every operation that says whether a run is stuck. */
export const stuckAfterMinutes = number({
	displayName: 'Stuck After (Minutes)',
	name: 'stuckAfterMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: STUCK_AFTER_MINUTES,
	description: 'How long a run in progress can go without an update before it counts as stuck',
});

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
