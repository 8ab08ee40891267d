import type { DeclaredOperation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { runOutputOptions, runOutputProperties } from '../../../../lib/parameters/runOutput';
import { splitOrWhole } from './output';

export const get: DeclaredOperation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a sync job run',
		description:
			'Get the status, times and record counts of one sync job run, whole or as one item per resource',
	},
	properties: [syncJobRunProperty, ...runOutputProperties, optionsProperty(runOutputOptions)],
	routing: {
		request: { method: 'GET' },
		output: { postReceive: [splitOrWhole] },
	},
};
