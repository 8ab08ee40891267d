import type { INodeProperties } from 'n8n-workflow';

import { runPages } from '../../../../lib/api/syncJobRuns';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext, Operation } from '../../../../lib/n8n/operation';
import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../../../lib/parameters/locators';
import { pageSizeOption, pagingProperties, readLimit } from '../../../../lib/parameters/paging';
import { optionsProperty } from '../../../../lib/parameters/requestOptions';
import {
	readRunOutput,
	runOutputOptions,
	runOutputProperties,
} from '../../../../lib/parameters/runOutput';
import { outputRuns } from '../../../../lib/runs/output';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../../../../lib/truto/kinds';
import { RUN_STATUSES } from '../../../../lib/truto/statuses';

const createdAfter: INodeProperties = {
	displayName: 'Created After',
	name: 'createdAfter',
	type: 'dateTime',
	default: '',
	description: 'Only runs created at this time or later, such as {{ $now.minus(1, "day") }}',
};

const createdBefore: INodeProperties = {
	displayName: 'Created Before',
	name: 'createdBefore',
	type: 'dateTime',
	default: '',
	description: 'Only runs created earlier than this',
};

const status: INodeProperties = {
	displayName: 'Status',
	name: 'status',
	type: 'multiOptions',
	options: RUN_STATUSES.map(({ name, value }) => ({ name, value })),
	default: [],
	description: 'Only runs in one of these statuses',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which sync job runs to return: those that match all filters',
	options: [
		createdAfter,
		createdBefore,
		optional(integratedAccountProperty),
		status,
		optional(syncJobProperty),
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
	description: 'The order in which to return the runs',
};

const options = optionsProperty([...runOutputOptions, pageSizeOption, sort]);

export const getAll: Operation = {
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sync job runs',
		description:
			'List sync job runs, filtered by sync job, integrated account, status or time, latest first',
	},
	properties: [...pagingProperties, filters, ...runOutputProperties, options],
	manyRows: true,
	run: getManyRuns,
};

async function getManyRuns({ parameters, client }: ItemContext): Promise<JsonRecord[]> {
	const output = readRunOutput(parameters);
	const wanted = parameters.in(filters);
	const given = parameters.in(options);
	const rows: JsonRecord[] = [];
	const createdAfterTime = wanted.added(createdAfter, () => wanted.date(createdAfter));
	const createdBeforeTime = wanted.added(createdBefore, () => wanted.date(createdBefore));
	if (createdAfterTime && createdBeforeTime && createdAfterTime >= createdBeforeTime) {
		throw new ExplainedError(
			'The time range of the filters ends before it begins',
			"Set 'Created After' to an earlier time than 'Created Before'.",
		);
	}
	const pages = runPages(client, {
		syncJobId: wanted.added(syncJobProperty, () => wanted.id(syncJobProperty, SYNC_JOB)),
		integratedAccountId: wanted.added(integratedAccountProperty, () =>
			wanted.id(integratedAccountProperty, INTEGRATED_ACCOUNT),
		),
		statuses: wanted.added(status, () => wanted.choices(status)),
		createdAfter: createdAfterTime,
		createdBefore: createdBeforeTime,
		sort: given.choice(sort),
		limit: readLimit(parameters),
		pageSize: given.number(pageSizeOption),
	});
	// Page by page, so that the runs of earlier pages don't take up memory.
	for await (const page of pages) {
		for (const row of outputRuns(page, output)) rows.push(row);
	}
	return rows;
}
