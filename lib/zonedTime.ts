/** Words of a date. JavaScript passes over others: it reads `run 12` as a day in the year 2001. */
const DATE_WORD =
	/^((jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|sun|mon|tue|wed|thu|fri|sat)[a-z]*|am|pm|t|z|utc|gmt|[ecmp][sd]t)$/i;

/** What JavaScript reads in a zone that the text names: `Z`, `+02:00`, `GMT`, `PST`, `(CET)`. */
const NAMES_ZONE = /(z|:\d{2}.*[+-]\d{2}:?\d{2}|\b(utc|gmt|[ecmp][sd]t)\b.*|\))$/i;

/**
 * The point in time that a text names, in milliseconds since 1970.
 *
 * @param text an ISO text, or another way of writing a date that JavaScript reads
 * @param timeZone such as `Europe/Berlin`: counts where the text names no zone
 * @returns NaN where the text is no date
 */
export function zonedTime(text: string, timeZone: string): number {
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
