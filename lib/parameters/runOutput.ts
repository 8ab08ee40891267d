import type { RunOutput } from '../runs/output';
import type { SplitOptions } from '../runs/splitResourceStats';
import { addedSwitch } from './collection';
import { optionsWith } from './options';
import { boolean, choice, propertiesOf, shownIf, type Parameter } from './parameter';
import { shape } from './shape';

const splitResourceStats = boolean({
	displayName: 'Split Resource Stats',
	name: 'splitResourceStats',
	type: 'boolean',
	default: false,
	description:
		'Whether to output one item per resource of the run, with its record counters as columns, instead of the run itself',
});

const splitBy = choice({
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
});

const whenSplit = { show: { '/splitResourceStats': [true] } };

/**
 * The entries under *Options* that go with {@link runOutput}, wherever runs are split. The split does what
 * they say: see `lib/runs/splitResourceStats.ts`.
 */
export const splitOptions = {
	includeRawStats: addedSwitch({
		displayName: 'Include Raw Stats',
		name: 'includeRawStats',
		type: 'boolean',
		default: true,
		description:
			"Whether to add each item's own part of resource_stats, as Truto sent it, in the column resource_stats",
		displayOptions: whenSplit,
	}),
	includeUnstartedResources: addedSwitch({
		displayName: 'Include Unstarted Resources',
		name: 'includeUnstartedResources',
		type: 'boolean',
		default: true,
		description:
			'Whether to also output an item, with empty counters, for each resource that the run will sync but has no statistics for yet',
		displayOptions: whenSplit,
	}),
	skipRunsWithoutStats: addedSwitch({
		displayName: 'Skip Runs Without Stats',
		name: 'skipRunsWithoutStats',
		type: 'boolean',
		default: true,
		description:
			'Whether to output nothing for a run that has no statistics, instead of one item without a resource',
		displayOptions: whenSplit,
	}),
} satisfies Record<Exclude<keyof SplitOptions, 'splitBy'>, unknown>;

const splitEntries = optionsWith(splitOptions);

/** *Split Resource Stats* and what goes with it, for every operation that outputs runs. */
export const runOutput: Parameter<RunOutput> = {
	properties: propertiesOf({
		splitResourceStats,
		splitBy,
		shape: shownIf(shape, { splitResourceStats: [false] }),
	}),
	read: (reader) => {
		if (!splitResourceStats.read(reader)) return { shape: shape.read(reader) };
		const split = { splitBy: splitBy.read(reader), ...splitEntries.read(reader) };
		return { shape: { kind: 'raw' }, split };
	},
};
