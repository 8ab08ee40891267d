import type { SeenRun } from './seenRun';

/** A run and when it was created, in milliseconds since 1970. */
export type Entry = [id: string, createdAt: number];

/** `missingSince` is there if Truto last said that it doesn't know the run. */
export type WatchedEntry = [id: string, createdAt: number, missingSince?: number];

/** `handedAt`: when n8n got the run, in milliseconds since 1970. */
export type HandedEntry = [id: string, createdAt: number, handedAt: number];

/**
 * What the trigger remembers from one poll to the next. It is stored as JSON. A run is in one list at a
 * time, and goes from `watched` to `handed` to `done`.
 */
export interface PollState {
	/** The number of polls so far. Of two states, the one with more polls is newer. */
	polls: number;
	/** When the last poll was, in milliseconds since 1970. */
	at: number;
	/** The id of the environment; null if Truto's runs don't name it. */
	environment: string | null;
	/** Each poll reads the list of runs back to this time, in milliseconds since 1970. */
	since: number;
	/** Runs that are in progress, and ended runs that n8n hasn't got yet. */
	watched: WatchedEntry[];
	/** Runs that n8n got, but that no execution has recorded yet. */
	handed: HandedEntry[];
	/** Runs created after `since` that are done with. */
	done: Entry[];
	/** How often n8n got runs again since an execution last recorded some. */
	repeats: number;
}

const MINUTE_MS = 60_000;

/** A run can appear in Truto's list later than a run that was created after it. */
const LATE_MS = 5 * MINUTE_MS;

/** How many of the latest runs each poll looks at, even if they are older. They fit on one page. */
const LOOK_BACK_RUNS = 50;

/** How long Truto has to deny that it knows a run before the run is forgotten. */
export const MISSING_MS = LATE_MS;

/** How long after its creation a run in progress is forgotten. */
export const LONGEST_RUN_MS = 30 * 24 * 60 * MINUTE_MS;

/** How much the clocks of Truto and n8n may differ as long as the environment has no run. */
const CLOCKS_MS = 60 * MINUTE_MS;

/** How many of the state's latest runs Truto is asked for to recognize the environment. */
export const ASKED_FOR = 5;

/** Bounds of the lists, at 55 to 70 bytes for each run, and of the runs that n8n gets at once. */
export const MOST = { watched: 10_000, done: 10_000, atOnce: 5_000 };

/**
 * The state after a first poll: runs that have ended are old, the others are watched.
 *
 * @param runs the latest runs back to {@link lookBack}, and all runs in progress
 * @param before the state of another environment, or of this one if its runs have been deleted. If it
 * knew too few runs to tell, runs that were created later are new.
 */
export function firstState(runs: SeenRun[], now: number, before?: PollState): PollState {
	const known = [...new Map(runs.map((run) => [run.id, run])).values()];
	const created = known.map(({ createdAt }) => createdAt);
	const since = known.length > 0 ? lookBack(created, now) : now - CLOCKS_MS;
	const newFrom = before ? newRunsFrom(before) : Number.POSITIVE_INFINITY;
	const isOld = (run: SeenRun) => run.hasEnded && run.createdAt < newFrom;
	return {
		polls: (before?.polls ?? 0) + 1,
		at: now,
		environment: environmentOf(known),
		since,
		...boundedWatch(known.filter((run) => !isOld(run)).map(entryOf)),
		handed: [],
		done: known.filter((run) => isOld(run) && run.createdAt >= since).map(entryOf),
		repeats: 0,
	};
}

function newRunsFrom(before: PollState): number {
	const count = knownRuns(before).length;
	if (count >= ASKED_FOR) return Number.POSITIVE_INFINITY;
	return before.at - (count > 0 ? LATE_MS : CLOCKS_MS);
}

/** The runs of a state, those that were created last first. */
export function knownRuns({ watched, handed, done }: PollState): (WatchedEntry | HandedEntry)[] {
	return [...watched, ...handed, ...done].sort((a, b) => b[1] - a[1]);
}

/**
 * How far back to read the list of runs, in milliseconds since 1970. A time in the future must not hide
 * the runs that come after it, so it doesn't count.
 *
 * @param created when the latest runs were created, in any order
 * @returns 0 if there are so few runs that all can be read
 */
export function lookBack(created: number[], now: number): number {
	const latest = created.filter((time) => time <= now).sort((a, b) => b - a);
	const last = latest[LOOK_BACK_RUNS - 1];
	return last === undefined ? 0 : Math.min(last, (latest[0] ?? last) - LATE_MS);
}

/** If there are too many runs in progress, the oldest are kept: they are likely to end first. */
export function boundedWatch<E extends WatchedEntry>(entries: E[]): { watched: E[] } {
	if (entries.length <= MOST.watched) return { watched: entries };
	const oldest = [...entries].sort((a, b) => a[1] - b[1]).slice(0, MOST.watched);
	const kept = new Set(oldest.map(([id]) => id));
	return { watched: entries.filter(([id]) => kept.has(id)) };
}

/** The environment that these runs name; null if none of them does. */
export function environmentOf(runs: SeenRun[]): string | null {
	return runs.find(({ environment }) => environment !== null)?.environment ?? null;
}

/** What is kept of a run. */
export function entryOf({ id, createdAt }: Pick<SeenRun, 'id' | 'createdAt'>): Entry {
	return [id, createdAt];
}
