import type { Resource } from '../../../../lib/n8n/operation';
import { deleteEntry } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { set } from './set';

/** Truto's name for it is *sync job run state*. To add an operation: write its file, then add it here. */
export const syncJobState: Resource = {
	option: {
		name: 'Sync Job State',
		value: 'syncJobState',
		description: 'Where incremental syncs continue',
	},
	operations: [get, getAll, set, deleteEntry],
	defaultOperation: 'getAll',
};
