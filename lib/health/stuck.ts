import { LONG_WAIT_MINUTES, LONGEST_PAUSE_MINUTES, STUCK_AFTER_MINUTES } from '../runs/runProgress';
import { DO_NOT_RESTART, trutoSupport, type Advice } from '../runs/diagnose/whoActs';
import { isRunStatus, type OpenStage, type RunStage } from '../truto/statuses';
import type { Rules, Sync } from './sync';

const MINUTE = 60_000;

interface Patience {
	afterMinutes: number;
	since: 'createdAt' | 'updatedAt';
	/** What is the matter with it. */
	why: string;
}

/** After how long a run doesn't go on without help, as in Diagnose, and since when that time counts. */
const STUCK: Record<OpenStage, Patience> = {
	waiting: { afterMinutes: LONG_WAIT_MINUTES, since: 'createdAt', why: 'it has not started' },
	running: {
		afterMinutes: STUCK_AFTER_MINUTES,
		since: 'updatedAt',
		why: 'it no longer makes progress',
	},
	paused: {
		afterMinutes: LONGEST_PAUSE_MINUTES,
		since: 'updatedAt',
		why: 'it has been paused for more than a day',
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
		if (!(now - since >= limit.afterMinutes * MINUTE)) continue;
		// The latest run, whose ID is in a column, may be another one.
		return { since, ...trutoSupport(limit.why, DO_NOT_RESTART, run.id) };
	}
	return null;
}
