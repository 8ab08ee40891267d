import { ExplainedError } from '../explainedError';
import type { JsonRecord } from '../json';
import type { Run } from '../truto/run';

/** A span of time, in milliseconds since 1970. Both ends are exclusive, as in Truto's filters. */
export interface TimeWindow {
	from: number;
	to: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** `GET /log` takes a month at most; no month is shorter than 28 days. */
const LONGEST_WINDOW_MS = 28 * DAY_MS;

/**
 * `created_at[gt]` and `created_at[lt]` are both exclusive, and Truto may round to whole seconds. So
 * windows overlap by this much on each side, and {@link windowMerger} removes the duplicates.
 */
const OVERLAP_MS = 1_000;

/** Two years take at least 27 requests. A longer span is probably a mistake. */
const LONGEST_SPAN_DAYS = 731;

/** Truto didn't exist before this, so an earlier time is probably in seconds. */
const EARLIEST = Date.UTC(2015, 0, 1);

/** Entries may be written a little before a run's start and after its end. */
const MARGIN_MS = 5 * 60_000;

/**
 * Splits a span into windows that Truto's log search accepts, oldest first.
 *
 * @throws {ExplainedError} if the span ends before it begins, or is clearly a mistake
 */
export function logWindows({ from, to }: TimeWindow): TimeWindow[] {
	checkSpan(from, to);
	const count = Math.max(1, Math.ceil((to - from) / (LONGEST_WINDOW_MS - 2 * OVERLAP_MS)));
	const length = (to - from) / count;
	return Array.from({ length: count }, (_, index) => {
		const border = (at: number) => Math.round(from + at * length);
		return {
			from: index === 0 ? from : border(index) - OVERLAP_MS,
			to: index === count - 1 ? to : border(index + 1) + OVERLAP_MS,
		};
	});
}

/**
 * Two halves of a window, the older one first. They overlap like {@link logWindows}.
 *
 * @returns undefined if the window is too short for that
 */
export function halvesOf({ from, to }: TimeWindow): [TimeWindow, TimeWindow] | undefined {
	if (to - from < 8 * OVERLAP_MS) return undefined;
	const middle = Math.round((from + to) / 2);
	return [
		{ from, to: middle + OVERLAP_MS },
		{ from: middle - OVERLAP_MS, to },
	];
}

function checkSpan(from: number, to: number): void {
	if (!Number.isFinite(from) || !Number.isFinite(to)) {
		throw new ExplainedError(
			'The start or end of the time range for the logs is not valid',
			"Correct 'Logged After' and 'Logged Before'.",
		);
	}
	if (from < EARLIEST || to < EARLIEST) {
		throw new ExplainedError(
			`There can't be any logs from ${dateText(Math.min(from, to))}`,
			"Correct 'Logged After' and 'Logged Before'. If the date comes as a number, it has to be in milliseconds, not in seconds.",
		);
	}
	if (to <= from) {
		throw new ExplainedError(
			`The time range for the logs ends before it begins: from ${dateText(from)} to ${dateText(to)}`,
			"'Logged After' has to be earlier than 'Logged Before'. If one of them is not set, the time of the run is used.",
		);
	}
	const days = Math.ceil((to - from) / DAY_MS);
	if (days > LONGEST_SPAN_DAYS) {
		throw new ExplainedError(
			`The time range for the logs is too long: ${days} days, from ${dateText(from)} to ${dateText(to)}`,
			`Search at most ${LONGEST_SPAN_DAYS} days at a time.`,
		);
	}
}

function dateText(time: number): string {
	// JavaScript can't write dates outside this range.
	return Math.abs(time) <= 8.64e15 ? new Date(time).toISOString() : String(time);
}

/**
 * The span that covers a run's logs: from its creation to its end, or until now.
 *
 * @param now milliseconds since 1970
 * @returns a span that {@link logWindows} accepts; the last day if the run's times make no sense
 */
export function runLogSpan({ createdAt, startedAt, finishedAt }: Run, now: number): TimeWindow {
	const times = [createdAt.ms, startedAt.ms];
	const begun = times.find((time) => time >= EARLIEST && time <= now) ?? now - DAY_MS;
	const ended = finishedAt.ms;
	const from = begun - MARGIN_MS;
	const to = (ended >= begun && ended <= now ? ended : now) + MARGIN_MS;
	return { from: Math.max(from, to - LONGEST_SPAN_DAYS * DAY_MS), to };
}

/**
 * Joins the entries of overlapping windows, so that each entry is there once. An entry that is in two
 * neighbouring windows is the same in both. Identical entries within one window are separate entries, and
 * all of them are kept.
 *
 * @returns a function that takes all entries of the next window, in the order of {@link logWindows}, and
 * returns those that the window before did not have
 */
export function windowMerger(): (entries: JsonRecord[]) => JsonRecord[] {
	let before: JsonRecord[] = [];
	return (entries) => {
		const known = new Map<string, number>();
		for (const entry of before) {
			const key = JSON.stringify(entry);
			known.set(key, (known.get(key) ?? 0) + 1);
		}
		before = entries;
		if (known.size === 0) return entries;
		return entries.filter((entry) => {
			const key = JSON.stringify(entry);
			const left = known.get(key) ?? 0;
			known.set(key, left - 1);
			return left <= 0;
		});
	};
}
