import type { INodeProperties } from 'n8n-workflow';

import type { RunOutput } from '../runs/output';
import type { SplitBy } from '../runs/splitResourceStats';
import type { ParameterReader } from './reader';
import { anyOptions } from './requestOptions';
import { readShape, shapeProperties } from './shape';

const splitResourceStats: INodeProperties = {
	displayName: 'Split Resource Stats',
	name: 'splitResourceStats',
	type: 'boolean',
	default: false,
	description:
		'Whether to output one item per resource of the run, with its record counters as columns, instead of the run itself',
};

const splitBy: INodeProperties = {
	displayName: 'Split By',
	name: 'splitBy',
	type: 'options',
	options: [
		{
			name: 'Resource',
			value: 'resource',
			description: 'One item per resource, with the counters of its methods added up',
		},
		{
			name: 'Resource and Method',
			value: 'resourceAndMethod',
			description: 'One item per method of each resource',
		},
	],
	default: 'resource',
	description: 'What one output item stands for',
	displayOptions: { show: { splitResourceStats: [true] } },
};

/** Split Resource Stats* and what goes with it, for every operation that outputs runs. */
export const runOutputProperties: INodeProperties[] = [
	splitResourceStats,
	splitBy,
	...shapeProperties.map((property) => ({
		...property,
		displayOptions: {
			...property.displayOptions,
			// The order matters: if a parameter is an expression, n8n shows everything that depends on it.
			show: { ...property.displayOptions?.show, splitResourceStats: [false] },
		},
	})),
];

const whenSplit = { show: { '/splitResourceStats': [true] } };

const includeRawStats: INodeProperties = {
	displayName: 'Include Raw Stats',
	name: 'includeRawStats',
	type: 'boolean',
	default: false,
	description:
		"Whether to add each item's own part of resource_stats, as Truto sent it, in the column resource_stats",
	displayOptions: whenSplit,
};

const includeUnstartedResources: INodeProperties = {
	displayName: 'Include Unstarted Resources',
	name: 'includeUnstartedResources',
	type: 'boolean',
	default: false,
	description:
		'Whether to also output an item, with empty counters, for each resource that the run will sync but has no statistics of yet',
	displayOptions: whenSplit,
};

const skipRunsWithoutStats: INodeProperties = {
	displayName: 'Skip Runs Without Stats',
	name: 'skipRunsWithoutStats',
	type: 'boolean',
	default: false,
	description:
		'Whether to output nothing for a run that has no statistics, instead of one item without a resource',
	displayOptions: whenSplit,
};

/** The entries under *Options* that go with {@link runOutputProperties}. */
export const runOutputOptions: INodeProperties[] = [
	includeRawStats,
	includeUnstartedResources,
	skipRunsWithoutStats,
];

export function readRunOutput(parameters: ParameterReader): RunOutput {
	if (!parameters.boolean(splitResourceStats)) {
		return { shape: readShape(parameters) };
	}
	const options = parameters.in(anyOptions);
	return {
		shape: { kind: 'raw' },
		split: {
			splitBy: parameters.choice(splitBy) as SplitBy,
			includeRawStats: options.boolean(includeRawStats),
			includeUnstartedResources: options.boolean(includeUnstartedResources),
			skipRunsWithoutStats: options.boolean(skipRunsWithoutStats),
		},
	};
}
