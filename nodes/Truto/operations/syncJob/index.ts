import type { Resource } from '../../../../lib/n8n/operation';
import { checkHealth } from './checkHealth';
import { get } from './get';
import { getAll } from './getAll';

/** To add an operation: write its file, then add it here. */
export const syncJob: Resource = {
	option: { name: 'Sync Job', value: 'syncJob', description: 'What to sync from an integration' },
	operations: [checkHealth, get, getAll],
	defaultOperation: 'getAll',
};
