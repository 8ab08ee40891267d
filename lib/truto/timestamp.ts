/** ISO 8601, with a `T` or a space before the time, and with or without a zone. */
const ISO =
	/^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/i;

/**
 * A Truto timestamp in milliseconds since 1970. One without a zone is UTC, whatever the zone of the
 * machine, of n8n or of the workflow.
 *
 * @returns NaN if there is none or it can't be read
 */
export function timestamp(value: unknown): number {
	const match = typeof value === 'string' ? ISO.exec(value.trim()) : null;
	if (!match) return Number.NaN;
	const [, date, time = '00:00', zone = 'Z'] = match;
	return Date.parse(`${date}T${time}${zone.length === 3 ? `${zone}:00` : zone}`);
}

/**
 * A Truto timestamp for a column: `2026-04-01T10:00:00.000Z`. n8n reads a time without a zone in the
 * workflow's own zone, so every column names it.
 *
 * @returns a text that can't be read as a time comes back as it is; null if there is no text
 */
export function utcTime(value: unknown): string | null {
	return readTime(value).text;
}

/** A time of Truto. */
export interface Time {
	/** Milliseconds since 1970; NaN if there is none or it can't be read. */
	ms: number;
	/** For a column, as {@link utcTime} writes it; null if there is none. */
	text: string | null;
}

/** Reads a time in any of the forms of {@link timestamp}. */
export function readTime(value: unknown): Time {
	if (typeof value !== 'string') return NO_TIME;
	const ms = timestamp(value);
	return { ms, text: Number.isNaN(ms) ? value : new Date(ms).toISOString() };
}

const NO_TIME: Time = { ms: Number.NaN, text: null };
