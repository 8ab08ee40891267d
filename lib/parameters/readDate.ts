import { isBlank } from '../given';
import { epochMs, zonedTime } from '../zonedTime';
import { unusable } from './read';

/** A number below this, other than 0, isn't a time, but a year or a number of days. */
const SMALLEST_SECONDS = 100_000_000;

/**
 * A point in time from a date parameter, as the ISO text in UTC that Truto's filters take.
 *
 * @param value what n8n gives: an ISO text or another way of writing a date, a JavaScript date, seconds
 * or milliseconds since 1970, or the date object of an expression (Luxon)
 * @param name the parameter's name, for error texts
 * @param timeZone the workflow's, such as `Europe/Berlin`: used if the text names no zone, as with n8n's
 * date picker
 * @returns undefined if the parameter is empty
 * @throws {ExplainedError} if it can't be read as a date
 */
export function readDate(value: unknown, name: string, timeZone: string): string | undefined {
	if (isBlank(value)) return undefined;
	const text = typeof value === 'string' ? value.trim() : '';
	const time =
		text !== '' && !/^-?\d+(\.\d+)?$/.test(text)
			? zonedTime(text, timeZone)
			: fromNumber(isNumeric(value) ? Number(value) : Number.NaN);
	const date = new Date(time);
	const year = date.getUTCFullYear();
	if (year >= 1970 && year <= 9999) return date.toISOString();
	throw unusable(
		name,
		value,
		'Use a date such as 2026-11-24 or 2026-11-24T10:00:00Z, or an expression such as {{ $now.minus(1, "day") }}.',
	);
}

/** JavaScript takes an empty list and false for 0, which would be 1 January 1970. */
function isNumeric(value: unknown): boolean {
	return typeof value !== 'boolean' && !Array.isArray(value);
}

function fromNumber(number: number): number {
	if (number !== 0 && Math.abs(number) < SMALLEST_SECONDS) return Number.NaN;
	return epochMs(number);
}
