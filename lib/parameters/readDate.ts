import { isBlank, unusable } from './read';

/** A number below this is seconds since 1970: as milliseconds it would be a day before March 1973. */
const LARGEST_SECONDS = 100_000_000_000;

/** A number below this, other than 0, is no time: a year, or a count of days. */
const SMALLEST_SECONDS = 100_000_000;

/** Words of a date. JavaScript passes over others: it reads `run 12` as a day in the year 2001. */
const DATE_WORD =
	/^((jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)[a-z]*|am|pm|t|z|utc|gmt|[ecmp][sd]t)$/i;

/** What JavaScript reads in a zone that the text names: `Z`, `+02:00`, `GMT`, `PST`, `(CET)`. */
const NAMES_ZONE = /(z|:\d{2}.*[+-]\d{2}:?\d{2}|\b(utc|gmt|[ecmp][sd]t)\b.*|\))$/i;

/**
 * A point in time from a date parameter, as the ISO text in UTC that Truto's filters take.
 *
 * @param value what n8n gives: an ISO text or another way of writing a date, a JavaScript date, seconds or
 * milliseconds since 1970, or the date object of an expression (Luxon)
 * @param name the parameter's name, for error texts
 * @param timeZone the workflow's, such as `Europe/Berlin`: counts where the text names no zone, as
 * those of n8n's date picker
 * @returns undefined where the parameter is empty
 * @throws {ExplainedError} where it can't be read as a date
 */
export function readDate(value: unknown, name: string, timeZone: string): string | undefined {
	if (isBlank(value)) return undefined;
	const text = typeof value === 'string' ? value.trim() : '';
	const time =
		text !== '' && !/^-?\d+(\.\d+)?$/.test(text)
			? parse(text, timeZone)
			: fromNumber(Number(value));
	const date = new Date(time);
	const year = date.getUTCFullYear();
	if (year >= 1970 && year <= 9999) return date.toISOString();
	throw unusable(
		name,
		value,
		'Use a date such as 2026-11-24 or 2026-11-24T10:00:00Z, or an expression such as {{ $now.minus(1, "day") }}.',
	);
}

function fromNumber(number: number): number {
	if (number !== 0 && Math.abs(number) < SMALLEST_SECONDS) return Number.NaN;
	return Math.abs(number) < LARGEST_SECONDS ? number * 1000 : number;
}

function parse(text: string, timeZone: string): number {
	const words = text.replace(/\(.*\)$/, '').match(/\p{L}+/gu) ?? [];
	if (!words.every((word) => DATE_WORD.test(word))) return Number.NaN;
	const isIso = /^\d{4}-\d{2}-\d{2}/.test(text);
	if (NAMES_ZONE.test(isIso ? text.slice(10) : text)) return Date.parse(text);
	// Read as UTC first, then moved by what the zone's clocks show there; twice, as the first guess
	// may lie on the other side of a change to or from summer time.
	const asUtc = isIso
		? `${text.length === 10 ? `${text}T00:00:00` : text.replace(' ', 'T')}Z`
		: `${text} UTC`;
	const wall = Date.parse(asUtc);
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
