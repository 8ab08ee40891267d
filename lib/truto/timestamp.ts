/** A point in time as Truto writes it: with a zone, or `2026-04-01 10:00:00` without one. */
const WITHOUT_ZONE = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?$/;

/**
 * A Truto timestamp in milliseconds since 1970. One without a zone is UTC, whatever the zone of the
 * machine.
 *
 * @returns NaN where there is none or it can't be read
 */
export function timestamp(value: unknown): number {
	if (typeof value !== 'string') return Number.NaN;
	const [, date, time = '00:00'] = WITHOUT_ZONE.exec(value.trim()) ?? [];
	return Date.parse(date === undefined ? value.trim() : `${date}T${time}Z`);
}
