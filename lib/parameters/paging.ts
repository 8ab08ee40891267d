import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { LARGEST_PAGE } from '../api/listPages';

/** *Return All* and *Limit*, for every operation that gives a list. */
export const pagingProperties: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

/** The entry under *Options* that goes with {@link pagingProperties}. */
export const pageSizeOption: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1, maxValue: LARGEST_PAGE },
	default: LARGEST_PAGE,
	description: 'How many results to ask Truto for in one request',
};

/**
 * How many results the current item asks for; undefined for all.
 *
 * @throws {ExplainedError} where it asks for none: an empty list would look like an answer of Truto
 */
export function readLimit(n8n: IExecuteSingleFunctions): number | undefined {
	if (n8n.getNodeParameter('returnAll', false)) return undefined;
	const limit = Math.floor(Number(n8n.getNodeParameter('limit', 50)));
	if (limit >= 1) return limit;
	throw new ExplainedError(
		'The limit is not a number from 1 up',
		'Correct "Limit", or turn on "Return All".',
	);
}
