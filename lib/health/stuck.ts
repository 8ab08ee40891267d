import { LONG_WAIT_MINUTES, LONGEST_PAUSE_MINUTES, STUCK_AFTER_MINUTES } from '../runs/runProgress';
import { afterLongWait } from '../runs/diagnose/patience';
import { DO_NOT_RESTART, trutoSupport, type Advice } from '../runs/diagnose/whoActs';
import { isRunStatus, type OpenStage, type RunStage } from '../truto/statuses';
import type { Rules, Sync } from './sync';
import type { SyncRun } from './syncRun';

const MINUTE = 60_000;

interface Patience {
	afterMinutes: number;
	since: 'createdAt' | 'updatedAt';
	/** @param minutes how long it has lasted */
	advice: (run: SyncRun, minutes: number) => Advice;
}

/** After how long a run doesn't go on without help, as in Diagnose, and since when that time counts. */
const STUCK: Record<OpenStage, Patience> = {
	waiting: {
		afterMinutes: LONG_WAIT_MINUTES,
		since: 'createdAt',
		advice: ({ heldBy, id }, minutes) => afterLongWait(minutes, heldBy, id),
	},
	running: {
		afterMinutes: STUCK_AFTER_MINUTES,
		since: 'updatedAt',
		advice: ({ id }) => trutoSupport('it no longer makes progress', DO_NOT_RESTART, id),
	},
	paused: {
		afterMinutes: LONGEST_PAUSE_MINUTES,
		since: 'updatedAt',
		advice: ({ id }) => trutoSupport('it has been paused for more than a day', DO_NOT_RESTART, id),
	},
};

/** The rule for a run in progress that doesn't go on. */
export function stuck({ runs }: Sync, { now }: Rules): (Advice & { since: number }) | null {
	const limits: Partial<Record<RunStage, Patience>> = STUCK;
	for (const run of runs) {
		// An unknown status may be a new kind of pause.
		const limit = isRunStatus(run.status) ? limits[run.stage] : undefined;
		if (!limit) continue;
		const since = run[limit.since];
		const minutes = Math.floor((now - since) / MINUTE);
		if (!(minutes >= limit.afterMinutes)) continue;
		// The advice names the run: the latest one, whose ID is in a column, may be another.
		return { since, ...limit.advice(run, minutes) };
	}
	return null;
}
