import type { IExecuteFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { triggerParameters } from '../../lib/n8n/trigger';
import { integratedAccountOf, syncJobOf } from '../../lib/parameters/filters';
import { includeNames } from '../../lib/parameters/includeNames';
import { optionsWith } from '../../lib/parameters/options';
import type { ParameterReader } from '../../lib/parameters/reader';
import { runOutput, splitOptions } from '../../lib/parameters/runOutput';
import { readTriggerFilters, readTriggerOn, triggerSubtitle } from '../../lib/parameters/triggerOn';
import { RUN_STATUSES } from '../../lib/truto/statuses';
import type { WantedRuns } from './seenRun';

const triggerOn = {
	displayName: 'Trigger On',
	name: 'triggerOn',
	type: 'multiOptions',
	required: true,
	options: RUN_STATUSES.filter(({ ended }) => ended).map(({ name, value }) => ({
		name: `Run ${name}`,
		value,
	})),
	default: ['completed', 'failed'],
	description:
		'Which sync job runs start the workflow, by how they ended. If you select all of them, runs that end with an unknown status also start the workflow.',
} satisfies INodeProperties;

export const subtitle = triggerSubtitle(triggerOn);

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which runs start the workflow: those that match all filters',
	options: [integratedAccountOf('runs'), syncJobOf('runs')].flatMap(({ properties }) => properties),
};

const options = optionsWith({ includeNames: includeNames(true), ...splitOptions });

export const pollingProperties: INodeProperties[] = [
	triggerOn,
	filters,
	...runOutput.properties,
	...options.properties,
];

/** Whether to look up customers and labels. @throws {ExplainedError} if an option is not valid */
export function readIncludeNames(parameters: ParameterReader): boolean {
	return options.read(parameters).includeNames;
}

/**
 * Which runs start the workflow. A filter that was added but left empty rules out nothing.
 *
 * @throws {ExplainedError} if no event is selected, or a filter has no valid id
 */
export function readWantedRuns(n8n: IPollFunctions | IExecuteFunctions): WantedRuns {
	const parameters = triggerParameters(n8n);
	return {
		statuses: readTriggerOn(parameters, triggerOn),
		...readTriggerFilters(parameters, filters),
	};
}
