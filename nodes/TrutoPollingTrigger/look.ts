import type { RunsById } from '../../lib/api/recentRuns';
import type { JsonRecord } from '../../lib/json';
import type { SeenRun } from './seenRun';
import {
	ASKED_FOR,
	environmentOf,
	knownRuns,
	lookBack,
	LONGEST_RUN_MS,
	MOST,
	type PollState,
} from './state';
import { isDueAgain, type Sight } from './step';

/** How a poll reads Truto. */
export interface RunSource {
	/** The latest runs, latest first, page by page. */
	pages(): AsyncIterable<JsonRecord[]>;
	/** The runs in progress that were created after a time in milliseconds since 1970. */
	unfinished(createdSince: number): Promise<JsonRecord[]>;
	byId(ids: string[]): Promise<RunsById>;
	/** @returns undefined if the run has no id or no readable `created_at` */
	see(raw: JsonRecord, isWhole: boolean): SeenRun | undefined;
	/** Milliseconds since 1970. */
	now(): number;
}

/** Up to this many watched runs are read one by one. If there are more, lists first rule out some. */
const MOST_ONE_BY_ONE = 20;

/** How many runs are read at the same time. */
const READ_AT_ONCE = 50;

/**
 * How long a poll reads runs, in milliseconds: half of the time until the next poll, within these bounds.
 * The rest is for the lists.
 */
const READ_MS = { least: 30_000, most: 180_000 };

/** What a first poll has to know: the latest runs, and all in progress. */
export async function lookFirst(source: RunSource): Promise<SeenRun[]> {
	let floor: number | undefined;
	const listed = await list(source, (page) => {
		floor ??= lookBack(
			page.map(({ createdAt }) => createdAt),
			source.now(),
		);
		return floor;
	});
	const unfinished = await source.unfinished(source.now() - LONGEST_RUN_MS);
	// The list may be older: a run that has ended meanwhile counts as one in progress.
	return [...listed, ...seenIn(source, unfinished, false).filter(({ hasEnded }) => !hasEnded)];
}

/** What a poll found, and why it could not read some runs. */
export interface Look extends Sight {
	errors: unknown[];
}

/**
 * Looks for what has changed since the last poll.
 *
 * @returns undefined if Truto's answers are those of another environment
 * @throws if the lists can't be read
 */
export async function look(source: RunSource, state: PollState): Promise<Look | undefined> {
	const start = source.now();
	const listed = await list(source, () => state.since);
	if (!(await isSameEnvironment(source, state, listed))) return undefined;
	const runs = new Map(listed.map((run) => [run.id, run]));
	const due = dueOf(state, listed, start);
	const watched = state.watched.filter(([id]) => !runs.has(id));
	if (watched.length > MOST_ONE_BY_ONE) {
		const oldest = watched.reduce((least, [, createdAt]) => Math.min(least, createdAt), start);
		for (const run of seenIn(source, await source.unfinished(oldest), false)) {
			if (!runs.has(run.id)) runs.set(run.id, run);
		}
	}
	const toRead = [
		...due.again,
		...watched.map(([id]) => id).filter((id) => !runs.has(id)),
		...due.listed,
	].filter((id) => !runs.get(id)?.isWhole);
	const { tried, found, gone, errors } = await read(
		source,
		toRead,
		start + readMs(start - state.at),
	);
	for (const run of seenIn(source, found, true)) runs.set(run.id, run);
	const missing = new Set(gone);
	const unread = tried.filter((id) => !missing.has(id) && !runs.get(id)?.isWhole);
	return { runs: [...runs.values()], missing: gone, unread, errors };
}

/** The runs to pass to n8n if they can be read, as far as the list shows them. */
function dueOf(state: PollState, listed: SeenRun[], now: number) {
	const again = state.handed
		.filter(([, , handedAt]) => isDueAgain(state, handedAt, now))
		.map(([id]) => id);
	const settled = new Set([...state.handed, ...state.done].map(([id]) => id));
	const ended = listed
		.filter((run) => run.hasEnded && run.starts && !settled.has(run.id))
		.sort((a, b) => a.endedAt - b.endedAt)
		.map(({ id }) => id);
	return { again, listed: ended };
}

/** Reads the list of runs back to the time that `floorOf` returns for each of its pages. */
async function list(source: RunSource, floorOf: (page: SeenRun[]) => number): Promise<SeenRun[]> {
	const listed: SeenRun[] = [];
	for await (const page of source.pages()) {
		const runs = seenIn(source, page, false);
		const floor = floorOf(runs);
		for (const run of runs) if (run.createdAt >= floor) listed.push(run);
		if (runs.some(({ createdAt }) => createdAt < floor)) break;
	}
	return listed;
}

/**
 * Whether these runs are of the environment that the state is about. A credential doesn't tell: it can be
 * edited, and two can be for the same environment. A run may have been deleted, so it takes several that
 * Truto doesn't know to conclude that it is another one.
 */
async function isSameEnvironment(
	source: RunSource,
	state: PollState,
	listed: SeenRun[],
): Promise<boolean> {
	const environment = environmentOf(listed);
	if (environment && state.environment) return environment === state.environment;
	const known = knownRuns(state);
	const ids = new Set(known.map(([id]) => id));
	if (listed.some(({ id }) => ids.has(id))) return true;
	const latest = known.slice(0, ASKED_FOR);
	const { found, errors } = await source.byId(latest.map(([id]) => id));
	if (found.length === 0 && errors.length > 0) throw errors[0];
	return found.length > 0;
}

/** @param intervalMs the time between two polls */
function readMs(intervalMs: number): number {
	return Math.min(READ_MS.most, Math.max(READ_MS.least, intervalMs / 2));
}

/** Reads as many runs as the time allows. */
async function read(source: RunSource, ids: string[], end: number) {
	const all: RunsById & { tried: string[] } = { tried: [], found: [], gone: [], errors: [] };
	for (let at = 0; at < Math.min(ids.length, MOST.atOnce); at += READ_AT_ONCE) {
		if (source.now() > end) break;
		const some = ids.slice(at, at + READ_AT_ONCE);
		const { found, gone, errors } = await source.byId(some);
		all.tried.push(...some);
		all.found.push(...found);
		all.gone.push(...gone);
		all.errors.push(...errors);
	}
	return all;
}

function seenIn(source: RunSource, runs: JsonRecord[], isWhole: boolean): SeenRun[] {
	return runs.flatMap((run) => source.see(run, isWhole) ?? []);
}
