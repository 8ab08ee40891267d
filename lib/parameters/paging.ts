import type { INodeProperties } from 'n8n-workflow';

import { LARGE_PAGE, SAFE_PAGE } from '../truto/limits';
import type { ParameterReader } from './reader';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const limit: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** For every operation that returns a list. */
export const pagingProperties: INodeProperties[] = [returnAll, limit];

/** How many results the current item asks for; undefined for all. */
export function readLimit(parameters: ParameterReader): number | undefined {
	return parameters.boolean(returnAll) ? undefined : parameters.number(limit);
}

/** The entry under *Options* that goes with {@link pagingProperties}. */
export const pageSizeOption: INodeProperties = {
	displayName: 'Page Size',
	name: 'pageSize',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: LARGE_PAGE,
	description: 'How many results to ask Truto for in one request. Truto may send fewer at a time.',
};

/** The same for logs, of which Truto sends at most 100 at a time. */
export const logPageSizeOption: INodeProperties = {
	...pageSizeOption,
	typeOptions: { minValue: 1, maxValue: SAFE_PAGE, numberPrecision: 0 },
	default: SAFE_PAGE,
	description: 'How many entries to ask Truto for in one request',
};
