import { boolean, choice, number, propertiesOf, type Parameter } from './parameter';

const pollInterval = number({
	displayName: 'Poll Interval (Seconds)',
	name: 'pollInterval',
	type: 'number',
	typeOptions: { minValue: 2, maxValue: 3_600 },
	default: 10,
	description:
		'How long to wait before looking at the run again. Truto updates a run in progress every 10 seconds.',
});

const timeout = number({
	displayName: 'Timeout (Minutes)',
	name: 'timeout',
	type: 'number',
	// Two weeks. A timer can't be set to more than 24.8 days.
	typeOptions: { minValue: 0, maxValue: 20_160 },
	default: 30,
	description: 'How long to wait for the run to end, in total: at most 20,160, which is two weeks',
});

const onTimeout = choice({
	displayName: 'On Timeout',
	name: 'onTimeout',
	type: 'options',
	options: [
		{ name: 'Return the Run as It Is', value: 'returnRun' },
		{ name: 'Throw an Error', value: 'error' },
	],
	default: 'error',
	description: 'What to do when the run has not ended in time',
});

const failOnFailedRun = boolean({
	displayName: 'Fail on Failed Run',
	name: 'failOnFailedRun',
	type: 'boolean',
	default: true,
	description:
		'Whether to throw an error with the reason if the run failed, instead of returning the run',
});

/** How to wait for a run's end. */
export interface Waiting {
	pollIntervalMs: number;
	timeoutMs: number;
	onTimeout: 'error' | 'returnRun';
	failOnFailedRun: boolean;
}

/** For every operation that can wait for a run's end. */
export const waiting: Parameter<Waiting> = {
	properties: propertiesOf({ pollInterval, timeout, onTimeout, failOnFailedRun }),
	read: (reader) => ({
		pollIntervalMs: pollInterval.read(reader) * 1000,
		timeoutMs: timeout.read(reader) * 60_000,
		onTimeout: onTimeout.read(reader),
		failOnFailedRun: failOnFailedRun.read(reader),
	}),
};
