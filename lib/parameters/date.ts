import { ExplainedError } from '../explainedError';

/**
 * A point in time from a date parameter, as the ISO text in UTC that Truto's filters take.
 *
 * @param value what n8n gives: an ISO text, a JavaScript date, milliseconds, or the date object of an
 * expression (Luxon)
 * @param timeZone the workflow's, such as `Europe/Berlin`: counts where the text names no zone, as
 * those of n8n's date picker
 * @param name the parameter's name, for error texts
 * @returns undefined where the parameter is empty
 * @throws {ExplainedError} where it can't be read as a date
 */
export function toInstant(value: unknown, timeZone: string, name: string): string | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const time = typeof value === 'string' ? parse(value.trim(), timeZone) : Number(value);
	const date = new Date(time);
	if (!Number.isNaN(date.getTime())) return date.toISOString();
	throw new ExplainedError(
		`"${name}" is not a date: ${String(value)}`,
		'Use a date such as 2026-11-24 or 2026-11-24T10:00:00Z, or an expression such as {{ $now.minus(1, "day") }}.',
	);
}

function parse(text: string, timeZone: string): number {
	const isDate = /^\d{4}-\d{2}-\d{2}/.test(text);
	const namesZone = /(z|[+-]\d{2}:?\d{2})$/i.test(text.slice(10));
	if (!isDate || namesZone) return Date.parse(text);
	// Read as UTC first, then moved by what the zone's clocks show there; twice, as the first guess
	// may lie on the other side of a change to or from summer time.
	const wall = Date.parse(`${text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T')}Z`);
	if (Number.isNaN(wall)) return wall;
	const guess = wall - offsetMs(wall, timeZone);
	return wall - offsetMs(guess, timeZone);
}

/** How far the zone's clocks are ahead of UTC at a point in time, in milliseconds. */
function offsetMs(time: number, timeZone: string): number {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
		.formatToParts(time)
		.find(({ type }) => type === 'timeZoneName');
	const match = /([+-])(\d{2}):(\d{2})/.exec(parts?.value ?? '');
	if (!match) return 0;
	const minutes = Number(match[2]) * 60 + Number(match[3]);
	return (match[1] === '-' ? -minutes : minutes) * 60_000;
}
