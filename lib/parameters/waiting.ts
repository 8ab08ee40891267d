import type { INodeProperties } from 'n8n-workflow';

import type { ParameterReader } from './reader';

const pollInterval: INodeProperties = {
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	typeOptions: { minValue: 2, maxValue: 3_600 },
	default: 10,
	description:
		'How long to wait before looking at the run again. Truto updates a running run every 10 seconds.',
};

const timeout: INodeProperties = {
	displayName: 'Timeout (Minutes)',
	name: 'timeout',
	type: 'number',
	// Two weeks. A timer can't be set to more than 24.8 days.
	typeOptions: { minValue: 0, maxValue: 20_160 },
	default: 30,
	description: 'How long to wait for the run to end, in total: at most 20,160, which is two weeks',
};

const onTimeout: INodeProperties = {
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	options: [
		{ name: 'Return the Run as It Is', value: 'returnRun' },
		{ name: 'Throw an Error', value: 'error' },
	],
	default: 'error',
	description: 'What to do when the run has not ended in time',
};

const failOnFailedRun: INodeProperties = {
	displayName: 'Fail on Failed Run',
	name: 'failOnFailedRun',
	type: 'boolean',
	default: true,
	description:
		'Whether the node fails with the reason if the run has failed, instead of returning the run',
};

/** How to wait for a run's end, for every operation that can. */
export const waitProperties: INodeProperties[] = [
	pollInterval,
	timeout,
	onTimeout,
	failOnFailedRun,
];

/** What {@link waitProperties} are set to. */
export interface Waiting {
	pollIntervalMs: number;
	timeoutMs: number;
	onTimeout: 'error' | 'returnRun';
	failOnFailedRun: boolean;
}

export function readWaiting(parameters: ParameterReader): Waiting {
	return {
		pollIntervalMs: parameters.number(pollInterval) * 1000,
		timeoutMs: parameters.number(timeout) * 60_000,
		onTimeout: parameters.choice(onTimeout) === 'error' ? 'error' : 'returnRun',
		failOnFailedRun: parameters.boolean(failOnFailedRun),
	};
}
