import { declaredOperation } from '../../../../lib/n8n/operation';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { runOutput, splitOptions } from '../../../../lib/parameters/runOutput';
import { splitOrWhole } from './output';

export const get = declaredOperation({
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job run',
		description:
			'Get the status, times and record counts of one sync job run, whole or as one item per resource',
	},
	parameters: { syncJobRun, runOutput },
	options: splitOptions,
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [splitOrWhole] },
	},
});
