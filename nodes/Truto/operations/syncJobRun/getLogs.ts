import type { INodeProperties } from 'n8n-workflow';

import { fetchRunLogs } from '../../../../lib/api/logs';
import { fetchRun } from '../../../../lib/api/syncJobRuns';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import { syncJobRunProperty } from '../../../../lib/parameters/locators';
import { logPageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import { SYNC_JOB_RUN } from '../../../../lib/truto/kinds';
import { timestamp } from '../../../../lib/truto/timestamp';

const event: INodeProperties = {
	displayName: 'Event',
	name: 'event',
	type: 'options',
	options: [
		{ name: 'All', value: '' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Record Error', value: 'record_error' },
	],
	default: '',
	description: 'Only entries of this event',
};

const loggedAfter: INodeProperties = {
	displayName: 'Logged After',
	name: 'loggedAfter',
	type: 'dateTime',
	default: '',
	description: 'Only entries later than this. By default since the run was created.',
};

const loggedBefore: INodeProperties = {
	displayName: 'Logged Before',
	name: 'loggedBefore',
	type: 'dateTime',
	default: '',
	description: 'Only entries earlier than this. By default until the run ended.',
};

const options = optionsProperty([event, loggedAfter, loggedBefore, logPageSizeOption]);

export const getLogs: Operation = {
	option: {
		name: 'Get Logs',
		value: 'getLogs',
		action: 'Get the logs of a sync job run',
		description: 'Get the log entries of a sync job run, oldest first',
	},
	properties: [syncJobRunProperty, ...pagingProperties, options],
	run: getRunLogs,
};

async function getRunLogs({ parameters, client }: ItemContext): Promise<JsonRecord[]> {
	const given = parameters.in(options);
	const [after, before] = [given.date(loggedAfter), given.date(loggedBefore)];
	const filter = {
		event: given.choice(event) || undefined,
		from: after === undefined ? undefined : timestamp(after),
		to: before === undefined ? undefined : timestamp(before),
		pageSize: given.number(logPageSizeOption),
		limit: readLimit(parameters),
	};
	const run = await fetchRun(client, parameters.id(syncJobRunProperty, SYNC_JOB_RUN));
	return await fetchRunLogs(client, run, filter);
}
