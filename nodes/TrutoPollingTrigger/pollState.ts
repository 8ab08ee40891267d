/** A run and when it was created, in milliseconds since 1970. */
export type Entry = [id: string, createdAt: number];

/** What the trigger remembers from one poll to the next. It is stored as JSON. */
export interface PollState {
	/** The number of polls so far. Of two states, the one with more polls is newer. */
	polls: number;
	/** The credential and the filters. If they change, other unfinished runs have to be watched. */
	scope: string;
	/**
	 * Each poll looks at the runs created from this time on, in milliseconds since 1970; null if there was
	 * no run yet.
	 */
	since: number | null;
	/** Runs created since then that are done with. */
	settled: Entry[];
	/** Runs that hadn't ended, the most recently checked ones last. */
	unfinished: Entry[];
	/** Ended runs that did not fit into one execution. */
	waiting: string[];
	/** The runs that n8n got from the last poll that had any. */
	handed: string[];
	/** Runs that n8n got, but may have lost because it stopped afterwards. */
	unsure: string[];
}

/** What a poll knows about a run. */
export interface SeenRun {
	id: string;
	/** Milliseconds since 1970. */
	createdAt: number;
	hasEnded: boolean;
	/** Milliseconds since 1970: the order in which ended runs start the workflow. */
	endedAt: number;
	/** The filters let it through. */
	passes: boolean;
	/** It has ended in a way that starts the workflow. */
	starts: boolean;
}

/** What a poll found in Truto. */
export interface Findings {
	/** Runs created since `since`, including all new ones. */
	listed: SeenRun[];
	/** Unfinished runs as they are now. */
	checked: SeenRun[];
	/** Unfinished runs that Truto no longer knows. */
	gone: string[];
}

/**
 * A run can appear in Truto's list after a run that was created later. Each poll looks back this far, in
 * milliseconds, to find such late runs.
 */
export const LATE_MS = 5 * 60_000;

/** How long after its creation a run in progress is forgotten, in milliseconds. */
export const LONGEST_RUN_MS = 30 * 24 * 3_600_000;

/** How many runs are kept: at about 55 bytes each, the first two lists stay below 250 kB. */
export const MOST = { settled: 2_000, unfinished: 2_000, atOnce: 500 };

/**
 * The state before the first poll: all runs that have ended are old.
 *
 * @param listed the latest runs, at least those of the last {@link LATE_MS}
 * @param unfinished all runs in progress, of any age
 */
export function firstState(listed: SeenRun[], unfinished: SeenRun[], scope: string): PollState {
	const start: PollState = {
		polls: 0,
		scope,
		since: null,
		settled: [],
		unfinished: [],
		waiting: [],
		handed: [],
		unsure: [],
	};
	const old = listed.map((run) => ({ ...run, starts: false }));
	return advance(withUnfinished(start, unfinished, scope), { listed: old, checked: [], gone: [] })
		.state;
}

/**
 * For changed filters. Only runs that are in progress now can be told apart from those that ended long
 * ago.
 */
export function withUnfinished(state: PollState, runs: SeenRun[], scope: string): PollState {
	const known = new Set([...state.waiting, ...state.handed, ...state.unsure]);
	const unfinished = runs
		.filter((run) => run.passes && !run.hasEnded && !known.has(run.id))
		.map(entryOf);
	return { ...state, scope, unfinished };
}

/** For when n8n may have stopped before it started the workflow for the last runs that it got. */
export function withUnsure(state: PollState): PollState {
	return { ...state, handed: [], unsure: [...new Set([...state.handed, ...state.unsure])] };
}

/**
 * For runs that could not be read after all: the next poll passes them to n8n.
 *
 * @param handedBefore what counts as handed if this poll passes nothing
 */
export function withPostponed(state: PollState, ids: string[], handedBefore: string[]): PollState {
	const postponed = new Set(ids);
	const handed = state.handed.filter((id) => !postponed.has(id));
	return {
		...state,
		waiting: [...ids, ...state.waiting],
		handed: handed.length > 0 ? handed : handedBefore,
	};
}

/**
 * Works out what follows from a poll.
 *
 * @returns the new state, and the ids of the runs to pass to n8n now, in the order in which they ended.
 * A run that n8n may have lost is passed again together with the next one: the execution recognizes
 * repeated runs.
 */
export function advance(
	state: PollState,
	{ listed, checked, gone }: Findings,
): { state: PollState; toStart: string[] } {
	const settled = new Map(state.settled);
	const unfinished = new Map(state.unfinished);
	const ended: SeenRun[] = [];
	for (const id of gone) unfinished.delete(id);
	const now = [...checked.filter(({ id }) => unfinished.has(id)), ...listed];
	const toKeep: Entry[] = [];
	for (const run of now) {
		if (settled.has(run.id)) continue;
		unfinished.delete(run.id);
		if (run.passes && !run.hasEnded) {
			toKeep.push(entryOf(run));
			continue;
		}
		settled.set(run.id, run.createdAt);
		if (run.passes && run.starts) ended.push(run);
	}
	const newest = listed.reduce((latest, run) => Math.max(latest, run.createdAt), NEVER);
	const bounds = boundsOf([...settled], Math.max(state.since ?? NEVER, newest - LATE_MS));
	ended.sort((a, b) => a.endedAt - b.endedAt);
	const due = [...state.waiting, ...ended.map(({ id }) => id)];
	const next: PollState = {
		...state,
		...bounds,
		polls: state.polls + 1,
		unfinished: latestOf([...new Map([...unfinished, ...toKeep])], newest),
	};
	if (due.length === 0) return { state: next, toStart: [] };
	const toStart = [...new Set([...due, ...state.unsure])].slice(0, MOST.atOnce);
	const taken = new Set(toStart);
	const waiting = due.filter((id) => !taken.has(id));
	const unsure = state.unsure.filter((id) => !taken.has(id));
	return { state: { ...next, waiting, unsure, handed: toStart }, toStart };
}

function entryOf({ id, createdAt }: SeenRun): Entry {
	return [id, createdAt];
}

const NEVER = Number.NEGATIVE_INFINITY;

/** Where the next poll starts, and which of the runs created since then it can skip. */
function boundsOf(settled: Entry[], from: number): Pick<PollState, 'since' | 'settled'> {
	if (from === NEVER) return { since: null, settled };
	const recent = settled.filter(([, createdAt]) => createdAt >= from).sort((a, b) => b[1] - a[1]);
	const leftOut = recent[MOST.settled];
	if (!leftOut) return { since: from, settled: recent };
	return { since: leftOut[1] + 1, settled: recent.filter((run) => run[1] > leftOut[1]) };
}

function latestOf(runs: Entry[], newest: number): Entry[] {
	const young = runs.filter(([, createdAt]) => createdAt >= newest - LONGEST_RUN_MS);
	if (young.length <= MOST.unfinished) return young;
	const kept = [...young].sort((a, b) => b[1] - a[1]).slice(0, MOST.unfinished);
	const ids = new Set(kept.map(([id]) => id));
	return young.filter(([id]) => ids.has(id));
}
