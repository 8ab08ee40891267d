import type { IExecuteFunctions, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { passes, type EventFilter } from '../../lib/events/filter';
import type { JsonRecord } from '../../lib/json';
import { CREDENTIAL } from '../../lib/n8n/clients';
import { triggerParameters } from '../../lib/n8n/trigger';
import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../lib/parameters/locators';
import { runOutputOptions, runOutputProperties } from '../../lib/parameters/runOutput';
import { readTriggerFilters, readTriggerOn } from '../../lib/parameters/triggerOn';
import { END_STATUSES, hasEnded, RUN_STATUSES } from '../../lib/truto/statuses';
import { timestamp } from '../../lib/truto/timestamp';
import { eventOfRun } from './eventOfRun';
import type { SeenRun } from './pollState';

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
		'Which sync job runs start the workflow, by how they ended. If you select all of them, runs that end with a status that this node does not know also start the workflow.',
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
	...runOutputProperties,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: runOutputOptions,
	},
];

/** Which runs start the workflow. */
export interface Choice extends EventFilter {
	statuses: string[];
	/** Changes with the credential and the filters. */
	scope: string;
}

/**
 * Which runs start the workflow. A filter that was added but left empty rules out nothing.
 *
 * @throws {ExplainedError} if no event is selected, or a filter has no valid id
 */
export function readPollSettings(n8n: IPollFunctions | IExecuteFunctions): Choice {
	const parameters = triggerParameters(n8n);
	const statuses = readTriggerOn(parameters, triggerOn);
	const filter = readTriggerFilters(parameters, filters);
	const { syncJobId, integratedAccountId } = filter;
	const credential = n8n.getNode().credentials?.[CREDENTIAL]?.id ?? '';
	const scope = [credential, syncJobId ?? '', integratedAccountId ?? ''].join(' ').toLowerCase();
	return { statuses, ...filter, scope };
}

/**
 * What the trigger needs to know about a run. Filters are only applied here, because Truto doesn't
 * document whether its own filter finds runs of version 4 jobs, which only name the account in their
 * arguments.
 *
 * @returns undefined if the run has no id or no readable `created_at`
 */
export function seenRun(run: JsonRecord, choice: Choice): SeenRun | undefined {
	const createdAt = timestamp(run.created_at);
	if (typeof run.id !== 'string' || Number.isNaN(createdAt)) return undefined;
	const endedAt = [run.finished_at, run.updated_at].map(timestamp).find((time) => time > 0);
	return {
		id: run.id,
		createdAt,
		endedAt: endedAt ?? createdAt,
		hasEnded: hasEnded(run),
		passes: passes(eventOfRun(run), choice),
		starts:
			choice.statuses.includes(String(run.status)) ||
			END_STATUSES.every((status) => choice.statuses.includes(status)),
	};
}
