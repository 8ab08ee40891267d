import type { Resource } from '../../../../lib/n8n/operation';
import { get } from './get';
import { getAll } from './getAll';
import { refreshCredentials } from './refreshCredentials';

/** To add an operation: write its file, then add it here. */
export const integratedAccount: Resource = {
	option: {
		name: 'Integrated Account',
		value: 'integratedAccount',
		description: "One customer's connection to an integration",
	},
	operations: [get, getAll, refreshCredentials],
	defaultOperation: 'getAll',
};
