import type { INodeProperties } from 'n8n-workflow';

import type { TrutoEvent } from '../../lib/events/event';
import type { EventOutput } from '../../lib/events/eventItems';
import { passes, type EventFilter } from '../../lib/events/filter';
import { includeNames } from '../../lib/parameters/includeNames';
import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../lib/parameters/locators';
import { optionsWith } from '../../lib/parameters/options';
import type { ParameterReader } from '../../lib/parameters/reader';
import { number } from '../../lib/parameters/parameter';
import { runOutput, splitOptions } from '../../lib/parameters/runOutput';
import { readTriggerFilters, readTriggerOn, triggerSubtitle } from '../../lib/parameters/triggerOn';
import { EVENT_CHOICES, type EventName } from '../../lib/truto/events';

const RECORDS: EventName = 'sync_job_run:record';
const OF_THE_DESTINATION: EventName[] = [RECORDS, 'sync_job_run:record_error'];

const MINUTE_MS = 60_000;

/** Truto retries a delivery three times, at most 10 s apart. Those retries must still be accepted. */
const SHORTEST_TOLERANCE_MS = 2 * MINUTE_MS;

const events = {
	displayName: 'Trigger On',
	name: 'events',
	type: 'multiOptions',
	required: true,
	options: EVENT_CHOICES,
	default: ['sync_job_run:completed', 'sync_job_run:failed'],
	description: 'The events that start the workflow',
} satisfies INodeProperties;

export const subtitle = triggerSubtitle(events);

const addressNotice: INodeProperties = {
	displayName:
		'Truto sends events to a public HTTPS address only. If your n8n has none, use the Truto Polling Trigger.',
	name: 'addressNotice',
	type: 'notice',
	default: '',
};

const recordsNotice: INodeProperties = {
	displayName:
		"You only receive records from runs that were started with this trigger's webhook. Activate the workflow, look up the webhook's ID in n8n's log or in the column <code>webhook_id</code> of any event, and choose that webhook in the operation 'Start', under 'Additional Fields'.",
	name: 'recordsNotice',
	type: 'notice',
	default: '',
	displayOptions: { show: { events: OF_THE_DESTINATION } },
};

const accountFilter = {
	...optional(integratedAccountProperty),
	description: 'Only events of this integrated account, or of its runs and schedules',
};

const syncJobFilter = {
	...optional(syncJobProperty),
	description:
		'Only events of runs and schedules of this sync job. The filter does not apply to events of accounts.',
};

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which events start the workflow: those that match all filters',
	options: [accountFilter, syncJobFilter],
};

const splitRecords: INodeProperties = {
	displayName: 'Split Records',
	name: 'splitRecords',
	type: 'boolean',
	default: false,
	description: 'Whether to output one item per record instead of one per event',
	displayOptions: { show: { events: [RECORDS] } },
};

const tolerance = {
	displayName: 'Tolerance (Minutes)',
	name: 'toleranceMinutes',
	type: 'number',
	typeOptions: { minValue: 0 },
	default: 5,
	description:
		'How old an event may be. Older events are refused, so that nobody can send one a second time, and so are events this far in the future. 0 accepts events of any age. Otherwise, the minimum is 2, so that retries by Truto still arrive.',
} satisfies INodeProperties;

const ofAdmission = { toleranceMinutes: number(tolerance) };
const ofOutput = { includeNames: includeNames(false) };
const options = optionsWith({ ...ofOutput, ...splitOptions, ...ofAdmission });

// Read apart, so that an option that is not valid doesn't keep an event from being received.
const admissionOptions = optionsWith(ofAdmission);
const outputOptions = optionsWith(ofOutput);

/** Which events the webhook asks for, and what the node outputs for them. */
export const triggerProperties: INodeProperties[] = [
	addressNotice,
	events,
	recordsNotice,
	filters,
	...runOutput.properties,
	splitRecords,
	...options.properties,
];

/** What decides whether an event starts the workflow. */
export interface Admission {
	/** Truto's names of the events. */
	events: string[];
	filter: EventFilter;
	/** How far the time of an event may be from now, in milliseconds; infinite if any time is accepted. */
	toleranceMs: number;
}

/** The tolerance if the parameters can't be read. */
export const DEFAULT_TOLERANCE_MS = Number(tolerance.default) * MINUTE_MS;

/**
 * Reads which events start the workflow. A filter that was added but left empty rules out nothing.
 *
 * @throws {ExplainedError} if no event is chosen, or a value is not valid
 */
export function readAdmission(parameters: ParameterReader): Admission {
	return {
		events: readTriggerOn(parameters, events),
		filter: readTriggerFilters(parameters, filters),
		toleranceMs: toleranceMs(admissionOptions.read(parameters).toleranceMinutes),
	};
}

/** Whether an event starts the workflow, whatever its time. */
export function isWaitedFor(event: TrutoEvent, { events: names, filter }: Admission): boolean {
	return names.includes(event.name) && passes(event, filter);
}

function toleranceMs(minutes: number): number {
	if (minutes === 0) return Number.POSITIVE_INFINITY;
	return Math.max(SHORTEST_TOLERANCE_MS, minutes * MINUTE_MS);
}

/** Whether to look up customers and labels. @throws {ExplainedError} if a value is not valid */
export function readIncludeNames(parameters: ParameterReader): boolean {
	return outputOptions.read(parameters).includeNames;
}

/** How to output events. @throws {ExplainedError} if a value is not valid */
export function readEventOutput(parameters: ParameterReader): EventOutput {
	return { ...runOutput.read(parameters), splitRecords: parameters.boolean(splitRecords) };
}
