import type { INodeProperties } from 'n8n-workflow';

import { readId, SYNC_JOB_RUN, syncJobRunIdProperty } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { toInstant } from '../../../../lib/parameters/date';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { summarizeLogs } from '../../../../lib/runs/summarizeLogs';
import { fetchRun } from '../../../../lib/api/fetchRun';
import { fetchRunLogs, type LogFilter } from '../../../../lib/api/fetchRunLogs';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

const [returnAll, limit] = pagingProperties as [INodeProperties, INodeProperties];
const onlyEntries = { summarize: [false] };

export const getLogs: Operation = {
	option: {
		name: 'Get Logs',
		value: 'getLogs',
		action: 'Get the logs of a sync job run',
		description:
			'Get the log entries of a sync job run, or a summary that says why it failed: the first error, errors per resource and the likely cause',
		routing: runPerItem(getRunLogs),
	},
	properties: [
		syncJobRunIdProperty,
		{
			displayName: 'Summarize',
			name: 'summarize',
			type: 'boolean',
			default: false,
			description:
				'Whether to return one item with the first error, the number of errors per resource and the likely cause instead of the entries',
		},
		{ ...returnAll, displayOptions: { show: onlyEntries } },
		{ ...limit, displayOptions: { show: { ...onlyEntries, ...limit.displayOptions?.show } } },
		optionsProperty([
			{
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
			},
			{
				displayName: 'Logged After',
				name: 'loggedAfter',
				type: 'dateTime',
				default: '',
				description: 'Only entries later than this. By default since the run was created.',
			},
			{
				displayName: 'Logged Before',
				name: 'loggedBefore',
				type: 'dateTime',
				default: '',
				description: 'Only entries earlier than this. By default until the run ended.',
			},
			pageSizeOption,
		]),
	],
};

async function getRunLogs({ n8n, client, options }: ItemContext): Promise<JsonRecord[]> {
	const id = readId(n8n, SYNC_JOB_RUN);
	const zone = n8n.getTimezone();
	const after = toInstant(options.loggedAfter, zone, 'Logged After');
	const before = toInstant(options.loggedBefore, zone, 'Logged Before');
	const filter: LogFilter = {
		event: typeof options.event === 'string' && options.event !== '' ? options.event : undefined,
		from: after === undefined ? undefined : Date.parse(after),
		to: before === undefined ? undefined : Date.parse(before),
		pageSize: options.pageSize,
	};
	const run = await fetchRun(client, id);
	if (n8n.getNodeParameter('summarize', false)) {
		return [summarizeLogs(id, await fetchRunLogs(client, run, filter))];
	}
	return await fetchRunLogs(client, run, { ...filter, limit: readLimit(n8n) });
}
