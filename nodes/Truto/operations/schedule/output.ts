import type { JsonRecord } from '../../../../lib/json';
import { scheduleTimes, simplifySchedule } from '../../../../lib/schedules/schedule';
import { shaped, type Shape } from '../../../../lib/shape';
import { SCHEDULE } from '../../../../lib/truto/kinds';
import type { Schedule } from '../../../../lib/truto/schedule';

/** What is known of a schedule's last run. */
export interface LastRun {
	/** What comes first. */
	columns: JsonRecord;
	/** What comes last. */
	ids: JsonRecord;
}

/**
 * One schedule in the chosen form, with columns that say when it runs.
 *
 * @param timeZone the workflow's, for the columns in local time
 * @param now milliseconds since 1970
 */
export function outputSchedule(
	schedule: Schedule,
	shape: Shape,
	timeZone: string,
	now: number,
	{ columns, ids }: LastRun = { columns: {}, ids: {} },
): JsonRecord {
	const times = scheduleTimes(schedule, now, timeZone);
	const own: JsonRecord = {
		...columns,
		runs: times.runs,
		next_runs: times.next_runs,
		next_runs_local: times.next_runs_local,
		cron_error: times.cron_error,
	};
	// Truto's own fields can't overwrite the answer.
	const whole = { ...schedule.raw, ...own, [SCHEDULE.idField]: schedule.id, ...ids };
	const simplify = () => ({ ...columns, ...simplifySchedule(schedule, times), ...ids });
	return shaped(whole, shape, simplify, Object.keys(own));
}
