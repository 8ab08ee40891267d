import type { SeenRun } from '../../../nodes/TrutoPollingTrigger/seenRun';
import type { PollState } from '../../../nodes/TrutoPollingTrigger/state';

export const MINUTE = 60_000;

/** An arbitrary time, far from 0. */
export const NOW = 1_000_000_000;

/** A run in progress that was created a minute ago, unless told otherwise. */
export const going = (id: string, changes: Partial<SeenRun> = {}): SeenRun => ({
	id,
	createdAt: NOW - MINUTE,
	hasEnded: false,
	endedAt: NOW - MINUTE,
	starts: false,
	environment: null,
	isWhole: true,
	raw: { id },
	...changes,
});

/** A run that has ended and starts the workflow. */
export const ended = (id: string, changes: Partial<SeenRun> = {}): SeenRun =>
	going(id, { hasEnded: true, starts: true, ...changes });

export const stateWith = (changes: Partial<PollState> = {}): PollState => ({
	polls: 1,
	at: NOW - MINUTE,
	environment: null,
	since: 0,
	watched: [],
	handed: [],
	done: [],
	repeats: 0,
	...changes,
});
