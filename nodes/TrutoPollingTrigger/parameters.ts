import type { IExecuteFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { passes, type EventFilter } from '../../lib/events/filter';
import { textOrNull, type JsonRecord } from '../../lib/json';
import { triggerParameters } from '../../lib/n8n/trigger';
import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../lib/parameters/locators';
import { optionsWith } from '../../lib/parameters/options';
import { runOutput, splitOptions } from '../../lib/parameters/runOutput';
import { readTriggerFilters, readTriggerOn } from '../../lib/parameters/triggerOn';
import { readRun } from '../../lib/truto/run';
import { END_STATUSES, RUN_STATUSES } from '../../lib/truto/statuses';
import { eventOfRun } from './eventOfRun';
import type { SeenRun } from './state';

const triggerOn: INodeProperties = {
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
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which runs start the workflow: those that match all filters',
	options: [optional(integratedAccountProperty), optional(syncJobProperty)],
};

export const pollingProperties: INodeProperties[] = [
	triggerOn,
	filters,
	...runOutput.properties,
	...optionsWith(splitOptions).properties,
];

/** Which runs start the workflow. */
export interface Choice extends EventFilter {
	statuses: string[];
}

/**
 * Which runs start the workflow. A filter that was added but left empty rules out nothing.
 *
 * @throws {ExplainedError} if no event is selected, or a filter has no valid id
 */
export function readPollSettings(n8n: IPollFunctions | IExecuteFunctions): Choice {
	const parameters = triggerParameters(n8n);
	return {
		statuses: readTriggerOn(parameters, triggerOn),
		...readTriggerFilters(parameters, filters),
	};
}

/**
 * What the trigger needs to know about a run. Filters are only applied here, because Truto doesn't
 * document whether its own filter finds runs of version 4 jobs, which only name the account in their
 * arguments.
 *
 * @param isWhole it is the answer of *Get*; a run from a list is whole if it has its sync job
 * @returns undefined if the run has no id or no readable `created_at`
 */
export function seenRun(raw: JsonRecord, choice: Choice, isWhole: boolean): SeenRun | undefined {
	const run = readRun(raw);
	const { id, status, hasEnded, finishedAt, updatedAt, createdAt, job } = run;
	if (id === null || Number.isNaN(createdAt.ms)) return undefined;
	const isChosen =
		choice.statuses.includes(String(status)) ||
		END_STATUSES.every((end) => choice.statuses.includes(end));
	const environments = [raw.environment_id, job?.raw.environment_id].map(textOrNull);
	return {
		id,
		createdAt: createdAt.ms,
		endedAt: [finishedAt.ms, updatedAt.ms].find((time) => time > 0) ?? createdAt.ms,
		hasEnded,
		starts: hasEnded && isChosen && passes(eventOfRun(raw), choice),
		environment: environments.find((environment) => environment !== null) ?? null,
		isWhole: isWhole || job !== null,
		raw,
	};
}
