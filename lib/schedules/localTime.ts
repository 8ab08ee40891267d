/**
 * A time as clocks in a time zone show it, such as `2026-04-01T12:00:00+02:00`.
 *
 * @param time milliseconds since 1970
 * @param timeZone such as `Europe/Berlin`
 */
export function localTime(time: number, timeZone: string): string {
	const offset = offsetText(time, timeZone);
	const wall = new Date(time + offsetMs(offset)).toISOString().slice(0, 19);
	return `${wall}${offset}`;
}

/** How far the zone's clocks are ahead of UTC at that time, such as `+02:00`. */
function offsetText(time: number, timeZone: string): string {
	const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
	const name = parts.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value;
	// `GMT+02:00`; plain `GMT` where there is no offset.
	return /[+-]\d{2}:\d{2}/.exec(name ?? '')?.[0] ?? '+00:00';
}

function offsetMs(offset: string): number {
	const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
	return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
