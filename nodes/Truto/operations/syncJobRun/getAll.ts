import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { INTEGRATED_ACCOUNT, locator, SYNC_JOB } from '../../../../lib/parameters/locators';
import { optionsProperty } from '../../../../lib/parameters/options';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import {
	outputRuns,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { parseId } from '../../../../lib/parameters/id';
import { toInstant } from '../../../../lib/parameters/date';
import type { JsonRecord } from '../../../../lib/json';
import type { Operation } from '../../../../lib/n8n/operation';
import { listEntries } from '../../../../lib/api/listPages';
import { runPerItem, type ItemContext } from '../../../../lib/n8n/perItem';

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which sync job runs to return: those that meet all filters',
	options: [
		{
			displayName: 'Created After',
			name: 'createdAfter',
			type: 'dateTime',
			default: '',
			description: 'Only runs created later than this, such as {{ $now.minus(1, "day") }}',
		},
		{
			displayName: 'Created Before',
			name: 'createdBefore',
			type: 'dateTime',
			default: '',
			description: 'Only runs created earlier than this',
		},
		locator(INTEGRATED_ACCOUNT, { required: false }),
		{
			displayName: 'Status',
			name: 'status',
			type: 'multiOptions',
			options: [
				{ name: 'Completed', value: 'completed' },
				{ name: 'Created', value: 'created' },
				{ name: 'Failed', value: 'failed' },
				{ name: 'Rate Limited', value: 'rate_limited' },
				{ name: 'Running', value: 'running' },
				{ name: 'Stopped', value: 'stopped' },
			],
			default: [],
			description: 'Only runs in one of these statuses',
		},
		locator(SYNC_JOB, { required: false }),
	],
};

const sort: INodeProperties = {
	displayName: 'Sort',
	name: 'sort',
	type: 'options',
	options: [
		{ name: 'Newest First', value: '-created_at' },
		{ name: 'Oldest First', value: 'created_at' },
		{ name: 'Recently Updated First', value: '-updated_at' },
	],
	default: '-created_at',
	description: 'In which order to return the runs',
};

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sync job runs',
		description:
			'List sync job runs, filtered by sync job, integrated account, status or time, latest first',
		routing: runPerItem(getManyRuns),
	},
	properties: [
		...pagingProperties,
		filters,
		...runOutputProperties,
		optionsProperty([...runOutputOptions, pageSizeOption, sort]),
	],
};

async function getManyRuns({ n8n, client, options }: ItemContext): Promise<JsonRecord[]> {
	const runs = await listEntries(client, {
		path: '/sync-job-run',
		query: { sort: options.sort ?? '-created_at', ...filterQuery(n8n) },
		limit: readLimit(n8n),
		pageSize: options.pageSize,
		about: 'the list of sync job runs',
	});
	return outputRuns(n8n, options, runs);
}

function filterQuery(n8n: IExecuteSingleFunctions): IDataObject {
	const chosen = n8n.getNodeParameter('filters', {}) as Record<string, unknown>;
	const zone = n8n.getTimezone();
	const statuses = [chosen.status ?? []].flat().map(String);
	const query: IDataObject = {
		'created_at[gt]': toInstant(chosen.createdAfter, zone, 'Created After'),
		'created_at[lt]': toInstant(chosen.createdBefore, zone, 'Created Before'),
		[statuses.length > 1 ? 'status[in]' : 'status']: statuses.join(',') || undefined,
	};
	for (const { parameter, noun, collection } of [SYNC_JOB, INTEGRATED_ACCOUNT]) {
		if (chosen[parameter] === undefined) continue;
		query[`${collection.replace('-', '_')}_id`] = parseId(chosen[parameter], noun, collection);
	}
	return query;
}
