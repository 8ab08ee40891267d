import { sentenceCase } from './text';

/** The words that a day may contain. JavaScript ignores all others: it reads `run 12` as a day in 2001. */
const DAY_WORD =
	/^(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)[a-z]*$/i;

/**
 * A day, then perhaps a time and the time's zone: `Z`, `+02:00`, `GMT+0200`, `PST`. JavaScript also reads other
 * orders, but takes some of them for times in the machine's zone.
 */
const DAY_TIME_ZONE =
	/^(?<day>[^:+()]+?)(?:(?:T|[\s,]+)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*[ap]m)?(?<offset>\s*(?:gmt|utc)?[+-]\d{2}:?\d{2})?)?(?<zone>\s*(?:z|utc|gmt|\b[ecmp][sd]t))?$/i;

/** Longer than any date. How long the patterns take grows with the square of a text's length. */
const LONGEST_DATE = 200;

/**
 * The point in time that a text names, in milliseconds since 1970.
 *
 * @param text an ISO text, or another way of writing a date that JavaScript reads
 * @param timeZone such as `Europe/Berlin`: used if the text names no zone
 * @returns NaN if the text isn't a date
 */
export function zonedTime(text: string, timeZone: string): number {
	if (text.length > LONGEST_DATE) return Number.NaN;
	// JavaScript skips what is in parentheses.
	const bare = text.replace(/\(.*\)$/, '').trim();
	const { day, offset, zone } = DAY_TIME_ZONE.exec(bare)?.groups ?? {};
	if (day === undefined || !isInCalendar(day)) return Number.NaN;
	// Both may contradict each other.
	if (offset && zone) return Number.NaN;
	if (offset || zone) return Date.parse(bare);
	// A zone such as `(CET)`, that isn't named otherwise, can't be read.
	if (bare !== text.trim()) return Number.NaN;
	// Read as UTC first, then shifted by the zone's offset at that time. Twice, because the first guess
	// may be on the other side of a daylight saving change.
	const isIso = /^\d{4}-\d{2}-\d{2}/.test(bare);
	const wall = Date.parse(isIso ? `${bare.replace(' ', 'T')}Z` : `${bare} UTC`);
	if (Number.isNaN(wall)) return wall;
	const guess = wall - offsetMs(wall, timeZone);
	return wall - offsetMs(guess, timeZone);
}

/** Larger than any time in seconds. In milliseconds, it is in March 1973. */
const LARGEST_SECONDS = 100_000_000_000;

/** A number of seconds or milliseconds since 1970, in milliseconds. */
export function epochMs(time: number): number {
	return Math.abs(time) < LARGEST_SECONDS ? time * 1000 : time;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Whether there is such a day. JavaScript takes 31 June for 1 July. */
function isInCalendar(day: string): boolean {
	const words = day.match(/\p{L}+/gu) ?? [];
	if (!words.every((word) => DAY_WORD.test(word))) return false;
	const found = new Date(Date.parse(`${day} UTC`)).getUTCMonth();
	const numbers = day.match(/\d+/g) ?? [];
	const names = words.map((word) => MONTHS.indexOf(word.slice(0, 3).toLowerCase()));
	const named = names.find((month) => month >= 0);
	// Without a year, JavaScript takes `1 July` for one in 2001.
	const hasYear = numbers.some(({ length }) => length >= 4);
	if (!hasYear && numbers.length + (named === undefined ? 0 : 1) < 3) return false;
	// The month comes first, or after a year.
	const month = named ?? Number(numbers[0]?.length === 4 ? numbers[1] : numbers[0]) - 1;
	return Number.isNaN(found) || found === month;
}

/**
 * A time as clocks in a time zone show it, such as `2026-04-01T12:00:00+02:00`.
 *
 * @param time milliseconds since 1970
 * @param timeZone such as `Europe/Berlin`
 */
export function localTime(time: number, timeZone: string): string {
	const offset = offsetText(time, timeZone);
	const wall = new Date(time + msOf(offset)).toISOString().slice(0, 19);
	return `${wall}${offset}`;
}

/**
 * A time as people write it, in their zone: `28 Nov 14:36`, or `28 Nov 2025 14:36` if that is not this year.
 *
 * @param time milliseconds since 1970
 * @param now when people read it
 */
export function shortTime(time: number, timeZone: string, now: number): string {
	const local = localTime(time, timeZone);
	const month = sentenceCase(MONTHS[Number(local.slice(5, 7)) - 1] ?? '');
	const year = local.slice(0, 4);
	const isThisYear = localTime(now, timeZone).startsWith(year);
	const day = `${Number(local.slice(8, 10))} ${month}${isThisYear ? '' : ` ${year}`}`;
	return `${day} ${local.slice(11, 16)}`;
}

/** How far the zone's clocks are ahead of UTC at a point in time, such as `+02:00`. */
function offsetText(time: number, timeZone: string): string {
	const name = formatOf(timeZone)
		.formatToParts(time)
		.find(({ type }) => type === 'timeZoneName')?.value;
	// `GMT+02:00`; plain `GMT` if there is no offset.
	return /[+-]\d{2}:\d{2}/.exec(name ?? '')?.[0] ?? '+00:00';
}

/** Making a format takes about 50 times as long as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
	const known = formats.get(timeZone);
	if (known) return known;
	const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
	formats.set(timeZone, format);
	return format;
}

function offsetMs(time: number, timeZone: string): number {
	return msOf(offsetText(time, timeZone));
}

/** The milliseconds of an offset such as `+02:00`. */
function msOf(offset: string): number {
	const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
	return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
