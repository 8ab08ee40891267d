import type { IHookFunctions, INodeProperties, IWebhookFunctions } from 'n8n-workflow';

import {
	integratedAccountProperty,
	optional,
	syncJobProperty,
} from '../../lib/parameters/locators';
import { ParameterReader } from '../../lib/parameters/reader';
import { runOutputOptions, runOutputProperties } from '../../lib/parameters/runOutput';
import { INTEGRATED_ACCOUNT, SYNC_JOB } from '../../lib/truto/kinds';
import { RECORD_EVENT } from './eventItems';
import type { EventFilter } from './trutoEvent';

const MINUTES_OF_TOLERANCE = 5;

/** Everything that may stand under *Options*. */
export interface TriggerOptions {
	fetchRun?: boolean;
	includeRawStats?: boolean;
	includeUnstartedResources?: boolean;
	toleranceMinutes?: number;
}

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description: 'Which events start the workflow: those that meet all filters',
	options: [optional(integratedAccountProperty), optional(syncJobProperty)],
};

/** What events the webhook at Truto asks for, and what the node makes of them. */
export const triggerProperties: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		options: [
			{ name: 'Record', value: RECORD_EVENT },
			{ name: 'Record Error', value: 'sync_job_run:record_error' },
			{ name: 'Run Completed', value: 'sync_job_run:completed' },
			{ name: 'Run Created', value: 'sync_job_run:created' },
			{ name: 'Run Deleted', value: 'sync_job_run:deleted' },
			{ name: 'Run Failed', value: 'sync_job_run:failed' },
			{ name: 'Run Rate Limited', value: 'sync_job_run:rate_limited' },
			{ name: 'Run Started', value: 'sync_job_run:started' },
			{ name: 'Run Updated', value: 'sync_job_run:updated' },
		],
		default: ['sync_job_run:completed', 'sync_job_run:failed'],
		description: 'What happens to a sync job run that starts the workflow',
	},
	filters,
	...runOutputProperties,
	{
		displayName: 'Split Records',
		name: 'splitRecords',
		type: 'boolean',
		default: false,
		description: 'Whether to output one item per record instead of one per event',
		displayOptions: { show: { events: [RECORD_EVENT] } },
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Fetch Run',
				name: 'fetchRun',
				type: 'boolean',
				default: false,
				description:
					'Whether to get the run from Truto as it is now. An event carries it as it was then; that is used where Truto does not answer.',
			},
			...runOutputOptions,
			{
				displayName: 'Tolerance (Minutes)',
				name: 'toleranceMinutes',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: MINUTES_OF_TOLERANCE,
				description:
					'How old an event may be, so that nobody can send an old one again. 0 takes events of any age.',
			},
		],
	},
];

/**
 * Which events may start the workflow. A filter that was added, but left empty, rules out nothing.
 *
 * @throws {ExplainedError} where a filter holds no id
 */
export function readFilter(n8n: IHookFunctions | IWebhookFunctions): EventFilter {
	const chosen = readerOf(n8n).in(filters);
	return {
		sync_job_id: chosen.optionalId(syncJobProperty, SYNC_JOB),
		integrated_account_id: chosen.optionalId(integratedAccountProperty, INTEGRATED_ACCOUNT),
	};
}

export function readerOf(n8n: IHookFunctions | IWebhookFunctions): ParameterReader {
	return new ParameterReader(
		(name, fallback) => n8n.getNodeParameter(name, fallback as object),
		n8n.getTimezone(),
	);
}

/** How old an event may be, in milliseconds; infinite where any age is fine. */
export function toleranceMs({ toleranceMinutes }: TriggerOptions): number {
	if (toleranceMinutes === 0) return Number.POSITIVE_INFINITY;
	const minutes = Number(toleranceMinutes) > 0 ? Number(toleranceMinutes) : MINUTES_OF_TOLERANCE;
	return Math.max(LONGEST_REDELIVERY_MINUTES, minutes) * 60_000;
}

/** Truto tries a delivery three more times, at most 10 s apart: those must still pass. */
const LONGEST_REDELIVERY_MINUTES = 2;
