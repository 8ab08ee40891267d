import { runPages } from '../../../../lib/api/syncJobRuns';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import { withNamesIfShown } from '../../../../lib/n8n/names';
import { operation } from '../../../../lib/n8n/operation';
import { filters } from '../../../../lib/parameters/collection';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { integratedAccountOf, syncJobOf } from '../../../../lib/parameters/filters';
import { limit } from '../../../../lib/parameters/paging';
import { choice, choices, date } from '../../../../lib/parameters/parameter';
import { runOutput, splitOptions } from '../../../../lib/parameters/runOutput';
import { outputRuns } from '../../../../lib/runs/output';
import { shapedList } from '../../../../lib/shape';
import { RUN_STATUSES } from '../../../../lib/truto/statuses';

const runFilters = filters('sync job runs', {
	createdAfter: date({
		displayName: 'Created After',
		name: 'createdAfter',
		type: 'dateTime',
		default: '',
		description: 'Only runs created at this time or later, such as {{ $now.minus(1, "day") }}',
	}),
	createdBefore: date({
		displayName: 'Created Before',
		name: 'createdBefore',
		type: 'dateTime',
		default: '',
		description: 'Only runs created earlier than this',
	}),
	integratedAccountId: integratedAccountOf('runs'),
	statuses: choices({
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		options: RUN_STATUSES.map(({ name, value }) => ({ name, value })),
		default: [],
		description: 'Only runs in one of these statuses',
	}),
	syncJobId: syncJobOf('runs'),
});

const sort = choice({
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
});

export const getAll = operation({
	option: {
		name: 'Get Many',
		value: 'getAll',
		action: 'Get many sync job runs',
		description:
			'List sync job runs, filtered by sync job, integrated account, status or time, newest first',
	},
	parameters: { limit, filters: runFilters, runOutput },
	options: { includeNames: includeNames(true), ...splitOptions, sort },
	isCustom: true,
	onlyReads: true,
	run: async (values, item) => {
		const { createdAfter, createdBefore } = values.filters;
		if (createdAfter && createdBefore && createdAfter >= createdBefore) throw emptySpanError();
		const { sort: order, includeNames: isNamed } = values.options;
		const wanted = { ...values.filters, sort: order, limit: values.limit, isReadToEnd: true };
		const { split, shape } = values.runOutput;
		return await shapedList(shape, async (one) => {
			const rows: JsonRecord[] = [];
			// Page by page, so that the runs of earlier pages don't take up memory.
			for await (const page of runPages(item.client, wanted)) {
				const runs = await withNamesIfShown(
					page,
					{ includeNames: isNamed, output: { split, shape } },
					item,
				);
				for (const row of outputRuns(runs, { split, shape: one })) rows.push(row);
			}
			return rows;
		});
	},
});

function emptySpanError(): ExplainedError {
	return new ExplainedError(
		'The time range of the filters ends before it begins',
		"Set 'Created After' to an earlier time than 'Created Before'.",
	);
}
