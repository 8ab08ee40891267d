import { LONG_WAIT_MINUTES, LONGEST_PAUSE_MINUTES, STUCK_AFTER_MINUTES } from '../runs/runProgress';
import { SUPPORT, type Advice } from '../runs/diagnose/whoActs';
import { isRunStatus, type OpenStage, type RunStage } from '../truto/statuses';
import type { Rules, Sync } from './sync';

const MINUTE = 60_000;

interface Patience {
	afterMinutes: number;
	since: 'createdAt' | 'updatedAt';
	what: string;
}

/** After how long a run doesn't go on without help, as in Diagnose, and since when that time counts. */
const STUCK: Record<OpenStage, Patience> = {
	waiting: { afterMinutes: LONG_WAIT_MINUTES, since: 'createdAt', what: 'It has not started' },
	running: { afterMinutes: STUCK_AFTER_MINUTES, since: 'updatedAt', what: 'It no longer advances' },
	paused: {
		afterMinutes: LONGEST_PAUSE_MINUTES,
		since: 'updatedAt',
		what: 'It has been paused for more than a day',
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
		return {
			since,
			who_acts: 'truto_support',
			next_step: `Send the ID of the run (${String(run.id)}) to ${SUPPORT}. ${limit.what}. Do not restart it, and do not turn on 'Ignore Previous Run'.`,
		};
	}
	return null;
}
