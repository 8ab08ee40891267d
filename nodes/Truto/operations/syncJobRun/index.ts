import type { Resource } from '../../../../lib/n8n/operation';
import { diagnose } from './diagnose';
import { get } from './get';
import { getAll } from './getAll';
import { getLogs } from './getLogs';
import { getProgress } from './getProgress';
import { start } from './start';
import { stop } from './stop';
import { wait } from './wait';

/** To add an operation: write its file, then add it here. */
export const syncJobRun: Resource = {
	option: { name: 'Sync Job Run', value: 'syncJobRun', description: 'One execution of a sync job' },
	operations: [get, getAll, start, wait, getProgress, diagnose, getLogs, stop],
	defaultOperation: 'get',
};
