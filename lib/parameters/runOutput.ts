import type { IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';

import type { JsonRecord } from '../json';
import { simplifyRun } from '../runs/simplifyRun';
import { splitResourceStats, type SplitBy, type SplitOptions } from '../runs/splitResourceStats';
import type { NodeOptions } from '../n8n/perItem';
import { markEmptySplit } from './emptySplitHint';

/** *Split Resource Stats* and what goes with it, for every operation that gives runs. */
export const runOutputProperties: INodeProperties[] = [
	{
		displayName: 'Split Resource Stats',
		name: 'splitResourceStats',
		type: 'boolean',
		default: false,
		description:
			'Whether to output one item per resource of the run, with its record counters as columns, instead of the run itself',
	},
	{
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
	},
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: false,
		description: 'Whether to return a simplified version of the response instead of the raw data',
		displayOptions: { show: { splitResourceStats: [false] } },
	},
];

/** The entries under *Options* that go with {@link runOutputProperties}. */
export const runOutputOptions: INodeProperties[] = [
	{
		displayName: 'Include Raw Stats',
		name: 'includeRawStats',
		type: 'boolean',
		default: false,
		description:
			"Whether to add each item's own part of resource_stats, as Truto sent it, in the column resource_stats",
		displayOptions: { show: { '/splitResourceStats': [true] } },
	},
	{
		displayName: 'Include Unstarted Resources',
		name: 'includeUnstartedResources',
		type: 'boolean',
		default: false,
		description:
			'Whether to also output an item, with empty counters, for each resource that the run will sync but has no statistics of yet',
		displayOptions: { show: { '/splitResourceStats': [true] } },
	},
];

/** What n8n's contexts share: those of executions give the parameters of the current item. */
interface Parameters {
	getNodeParameter(name: string, fallback: unknown): unknown;
}

/** How runs are to be output. */
export interface RunOutput {
	/** Rows of `resource_stats` instead of runs. */
	split?: SplitOptions;
	simplify: boolean;
}

/** What {@link runOutputProperties} and {@link runOutputOptions} are set to. */
export function readRunOutput(
	parameters: Parameters,
	options: Omit<SplitOptions, 'splitBy'>,
): RunOutput {
	if (!parameters.getNodeParameter('splitResourceStats', false)) {
		return { simplify: parameters.getNodeParameter('simplify', false) === true };
	}
	const splitBy = parameters.getNodeParameter('splitBy', 'resource') as SplitBy;
	return { split: { ...options, splitBy }, simplify: false };
}

/**
 * The output items of runs, as the current item's parameters ask for them.
 *
 * @throws {ExplainedError} where a run's `resource_stats` can't be split
 */
export function outputRuns(
	n8n: IExecuteSingleFunctions,
	options: NodeOptions,
	runs: JsonRecord[],
): JsonRecord[] {
	const { split, simplify } = readRunOutput(n8n as Parameters, options);
	if (!split) return simplify ? runs.map(simplifyRun) : runs;
	return runs.flatMap((run) => {
		const rows = splitResourceStats(run, split);
		if (rows.length === 0) markEmptySplit(n8n);
		return rows;
	});
}
