import type { SeenRun } from './seenRun';
import {
	boundedWatch,
	entryOf,
	environmentOf,
	lookBack,
	LONGEST_RUN_MS,
	MISSING_MS,
	MOST,
	type Entry,
	type HandedEntry,
	type PollState,
	type WatchedEntry,
} from './state';

/** What a poll found in Truto. */
export interface Sight {
	/** The latest runs, and those of the state that could be read, as they are now. */
	runs: SeenRun[];
	/** Runs of the state that Truto does not know. */
	missing: string[];
	/** Runs of the state that could not be read. */
	unread: string[];
}

/** What became of the runs that n8n got. */
export interface Circumstances {
	/** Runs that an execution in this process has recorded. */
	recorded: ReadonlySet<string>;
	/** Since the last poll, n8n was not started, and the workflow not published. */
	isSure: boolean;
	/** Executions of this trigger run in this process. */
	runsHere: boolean;
}

/** What follows from a poll. */
export interface Step {
	state: PollState;
	/** The runs that n8n gets now, in the order in which they ended. */
	toStart: SeenRun[];
	/** How many runs in progress are no longer watched, because there are too many. */
	leftOut: number;
}

/**
 * How often n8n gets a run again if no execution records it. After that, unless executions are known to
 * run in this process, they seem to run in others (queue mode), so what n8n got counts as done.
 */
const MOST_REPEATS = 5;

const FIRST_REPEAT_MS = 60_000;

/** In place of the time when n8n got a run: it may have lost the run. */
const NEVER = 0;

/**
 * The state at the beginning of a poll: what executions have recorded is done, and what n8n may have lost
 * is due again.
 */
export function withRecorded(state: PollState, circumstances: Circumstances): PollState {
	const { recorded, isSure, runsHere } = circumstances;
	const isElsewhere = state.repeats >= MOST_REPEATS && isSure && !runsHere;
	const isDone = ([id]: HandedEntry) => isElsewhere || recorded.has(id);
	const done = state.handed.filter(isDone).map(([id, createdAt]): Entry => [id, createdAt]);
	const open = state.handed.filter((entry) => !isDone(entry));
	return {
		...state,
		handed: isSure ? open : open.map(([id, createdAt]): HandedEntry => [id, createdAt, NEVER]),
		done: [...state.done, ...done],
		repeats: done.length > 0 && !isElsewhere ? 0 : state.repeats,
	};
}

/** Whether n8n has to get a run again, because no execution has recorded it. The waits become longer. */
export function isDueAgain({ repeats }: PollState, handedAt: number, now: number): boolean {
	return now - handedAt >= FIRST_REPEAT_MS * 2 ** Math.min(repeats, MOST_REPEATS);
}

/**
 * Works out what follows from a poll.
 *
 * @param before the state {@link withRecorded}
 * @param now milliseconds since 1970
 */
export function step(before: PollState, sight: Sight, now: number): Step {
	const watched = new Map(before.watched.map((entry) => [entry[0], entry]));
	const handed = new Map(before.handed.map((entry) => [entry[0], entry]));
	const done = new Map(before.done);
	const toStart: SeenRun[] = [];
	let isRepeat = false;
	for (const run of byEnd(sight.runs)) {
		const earlier = handed.get(run.id);
		if (earlier && !isDueAgain(before, earlier[2], now)) continue;
		if (done.has(run.id) && run.hasEnded) continue;
		for (const list of [watched, handed, done]) list.delete(run.id);
		if (run.hasEnded && !run.starts) {
			done.set(run.id, run.createdAt);
		} else if (run.hasEnded && run.isWhole && toStart.length < MOST.atOnce) {
			toStart.push(run);
			handed.set(run.id, [run.id, run.createdAt, now]);
			// After a start of n8n, n8n gets all of them again: that says nothing about executions.
			isRepeat ||= (earlier?.[2] ?? NEVER) !== NEVER;
		} else if (run.hasEnded || run.createdAt >= now - LONGEST_RUN_MS) {
			watched.set(run.id, entryOf(run));
		}
	}
	for (const id of sight.missing) {
		const known = watched.get(id);
		const createdAt = (known ?? handed.get(id))?.[1];
		const missingSince = known?.[2] ?? now;
		handed.delete(id);
		watched.delete(id);
		if (createdAt === undefined) continue;
		if (now - missingSince < MISSING_MS) watched.set(id, [id, createdAt, missingSince]);
	}
	for (const id of sight.unread) moveToEnd(watched, id);
	const bounded = boundedWatch([...watched.values()]);
	return {
		state: {
			polls: before.polls + 1,
			at: now,
			environment: environmentOf(sight.runs) ?? before.environment,
			...bounded,
			handed: [...handed.values()],
			...recent([...done], [...bounded.watched, ...handed.values()], before.since, now),
			repeats: before.repeats + (isRepeat ? 1 : 0),
		},
		toStart,
		leftOut: watched.size - bounded.watched.length,
	};
}

function byEnd(runs: SeenRun[]): SeenRun[] {
	return [...runs].sort((a, b) => a.endedAt - b.endedAt);
}

/** What can't be read must not hold up the others in the next poll. */
function moveToEnd(watched: Map<string, WatchedEntry>, id: string): void {
	const entry = watched.get(id);
	if (!entry) return;
	watched.delete(id);
	watched.set(id, entry);
}

/** Where the next poll's list ends, and which of its runs are done with. */
function recent(
	done: Entry[],
	others: (WatchedEntry | HandedEntry)[],
	since: number,
	now: number,
): Pick<PollState, 'since' | 'done'> {
	const created = [...done, ...others].map(([, createdAt]) => createdAt);
	const from = Math.max(since, lookBack(created, now));
	const kept = done.filter(([, createdAt]) => createdAt >= from).sort((a, b) => b[1] - a[1]);
	const leftOut = kept[MOST.done];
	if (!leftOut) return { since: from, done: kept };
	const end = leftOut[1] < now ? leftOut[1] + 1 : from;
	return { since: end, done: kept.slice(0, MOST.done).filter((run) => run[1] >= end) };
}
