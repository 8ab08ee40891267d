import type { Resource } from '../../../../lib/n8n/operation';
import { activate } from './activate';
import { create } from './create';
import { deleteSchedule } from './delete';
import { get } from './get';
import { getAll } from './getAll';
import { update } from './update';

/** Truto's name for it is *sync job cron trigger*. To add an operation: write its file, then add it here. */
export const schedule: Resource = {
	option: {
		name: 'Schedule',
		value: 'schedule',
		description: 'When Truto starts a sync job automatically',
	},
	operations: [get, getAll, create, update, activate, deleteSchedule],
	defaultOperation: 'getAll',
};
