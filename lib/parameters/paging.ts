import type { INodeProperties } from 'n8n-workflow';

import type { Parameter } from './parameter';

const returnAll: INodeProperties = {
	displayName: 'Return All',
	name: 'returnAll',
	type: 'boolean',
	default: false,
	description: 'Whether to return all results or only up to a given limit',
};

const maxResults: INodeProperties = {
	displayName: 'Limit',
	name: 'limit',
	type: 'number',
	typeOptions: { minValue: 1, numberPrecision: 0 },
	default: 50,
	description: 'Max number of results to return',
	displayOptions: { show: { returnAll: [false] } },
};

/** How many results a list returns; undefined for all. */
export const limit: Parameter<number | undefined> = {
	properties: [returnAll, maxResults],
	read: (reader) => (reader.boolean(returnAll) ? undefined : reader.number(maxResults)),
};
