import { postReceive } from '../../../../lib/n8n/declared';
import { declaredOperation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { optionsWith } from '../../../../lib/parameters/options';
import { runOutput, splitOptions } from '../../../../lib/parameters/runOutput';
import { outputRun } from '../../../../lib/runs/output';
import { readRun } from '../../../../lib/truto/run';
import { namedRun } from './named';

const options = { includeNames: includeNames(false), ...splitOptions };

/** The run, whole or as one item per resource. */
const splitOrWhole = postReceive(
	readRun,
	{ output: runOutput, options: optionsWith(options) },
	async (run, { output, options: { includeNames: isNamed } }, item) =>
		outputRun(await namedRun(run, { includeNames: isNamed, output }, item), output),
);

export const get = declaredOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job run',
		description:
			'Get the status, times and record counts of one sync job run, whole or as one item per resource',
	},
	parameters: { syncJobRun, runOutput },
	options,
	routing: {
		request: { method: 'GET', url: syncJobRun.path },
		output: { postReceive: [splitOrWhole] },
	},
});
