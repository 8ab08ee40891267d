import type { Operation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import {
	readRunOutput,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { readWaiting, waitProperties } from '../../../../lib/parameters/waiting';
import { outputRun } from '../../../../lib/runs/output';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { runAtItsEnd } from './runAtItsEnd';

export const wait: Operation = {
	option: {
		name: 'Wait for Completion',
		value: 'wait',
		action: 'Wait for a sync job run',
		description:
			'Wait until a sync job run has completed, failed or was stopped, then return it as Get does',
	},
	properties: [
		syncJobRunProperty,
		...waitProperties,
		...runOutputProperties,
		optionsProperty(runOutputOptions),
	],
	run: async ({ parameters, client }) => {
		const waiting = readWaiting(parameters);
		const output = readRunOutput(parameters);
		const id = parameters.id(syncJobRunProperty, SYNC_JOB_RUN);
		const run = await runAtItsEnd(client, id, { ...waiting, isNew: false });
		return outputRun(run, output);
	},
};
