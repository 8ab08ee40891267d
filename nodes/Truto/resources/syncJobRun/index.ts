import type { Resource } from '../../shared/operation';
import { get } from './get';

/** To add an operation: write its file, then add it here. */
export const syncJobRun: Resource = {
	option: { name: 'Sync Job Run', value: 'syncJobRun', description: 'One execution of a sync job' },
	operations: [get],
	defaultOperation: 'get',
};
