/** A span of time, in milliseconds since 1970. */
export interface TimeWindow {
	from: number;
	to: number;
}

/** `GET /log` takes a month at most; no month is shorter than 28 days. */
const LONGEST_MS = 28 * 24 * 60 * 60 * 1000;

/** Cuts a span into windows that Truto's log search takes, oldest first; none for an empty span. */
export function cutIntoWindows({ from, to }: TimeWindow): TimeWindow[] {
	const windows: TimeWindow[] = [];
	for (let start = from; start < to; start += LONGEST_MS) {
		windows.push({ from: start, to: Math.min(to, start + LONGEST_MS) });
	}
	return windows;
}
