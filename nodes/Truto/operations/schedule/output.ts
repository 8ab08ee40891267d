import type { JsonRecord } from '../../../../lib/json';
import { scheduleTimes, simplifySchedule } from '../../../../lib/schedules/schedule';
import { shaped, type Shape } from '../../../../lib/shape';

/**
 * One schedule in the form that is asked for, with columns that say when it runs.
 *
 * @param schedule the answer of `GET /sync-job-cron-trigger/{id}`
 * @param timeZone the workflow's, for the columns in local time
 * @param now milliseconds since 1970
 */
export function outputSchedule(
	schedule: JsonRecord,
	shape: Shape,
	timeZone: string,
	now: number,
): JsonRecord {
	const times = scheduleTimes(schedule, now);
	const local = times.next_runs.map((time) => inZone(time, timeZone));
	const own: JsonRecord = {
		runs: times.runs,
		next_runs: times.next_runs,
		next_runs_local: local,
		cron_error: times.cron_error,
	};
	// The answer comes first, so that it is on the screen; a field of Truto's can't take its place.
	return shaped({ ...own, ...schedule, ...own }, shape, (record) => ({
		...simplifySchedule(record, now),
		next_run_at_local: local[0] ?? null,
	}));
}

/** Such as `2026-04-01T12:00:00+02:00`: what clocks show in the zone, and how far they are from UTC. */
function inZone(time: string, timeZone: string): string {
	const date = new Date(time);
	// Sweden writes dates as ISO 8601 does.
	const clock = new Intl.DateTimeFormat('sv-SE', {
		timeZone,
		dateStyle: 'short',
		timeStyle: 'medium',
	}).format(date);
	const offset = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
		.formatToParts(date)
		.find(({ type }) => type === 'timeZoneName');
	const hours = /[+-]\d{2}:\d{2}/.exec(offset?.value ?? '')?.[0] ?? '+00:00';
	return `${clock.replace(' ', 'T')}${hours}`;
}
