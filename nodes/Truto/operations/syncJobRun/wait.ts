import { nameBookOf } from '../../../../lib/n8n/names';
import { operation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { runOutput, splitOptions } from '../../../../lib/parameters/runOutput';
import { waiting } from '../../../../lib/parameters/waiting';
import { outputRun } from '../../../../lib/runs/output';
import { namedRun } from './named';
import { runAtItsEnd } from './runAtItsEnd';

export const wait = operation({
	option: {
		name: 'Wait for Completion',
		value: 'wait',
		action: 'Wait for a sync job run to complete',
		description:
			'Wait until a sync job run completes, fails or is stopped, then return it as Get does',
	},
	parameters: { id: syncJobRun, waiting, output: runOutput },
	options: { includeNames: includeNames(true), ...splitOptions },
	onlyReads: true,
	run: async ({ id, waiting: limits, output, options }, item) => {
		const names = options.includeNames ? await nameBookOf(item) : undefined;
		const run = await runAtItsEnd(item.client, id, { ...limits, isNew: false }, names);
		return outputRun(await namedRun(run, { ...options, output }, item), output);
	},
});
