import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import type { TrutoClient } from '../../lib/transport/client';
import { MOST_LISTED, runsBackTo, runsById, unfinishedRuns } from '../../lib/api/recentRuns';
import type { JsonRecord } from '../../lib/json';
import { clientFor } from '../../lib/n8n/clients';
import { toNodeError } from '../../lib/n8n/nodeError';
import { activationError, triggerKey } from '../../lib/n8n/trigger';
import { hasEnded } from '../../lib/truto/statuses';
import { recall, remember } from './memory';
import { readPollSettings, seenRun, type Choice } from './parameters';
import {
	advance,
	firstState,
	LATE_MS,
	LONGEST_RUN_MS,
	withPostponed,
	withUnfinished,
	withUnsure,
	type PollState,
	type SeenRun,
} from './pollState';

/**
 * How many unfinished runs are fetched one by one. If there are more, lists first rule out those in
 * progress.
 */
const MOST_ONE_BY_ONE = 20;

/** How many single runs are fetched in one poll. */
const MOST_FETCHED = 200;

/** Triggers with a poll under way. n8n doesn't wait for it before it starts the next one. */
const polling = new Set<string>();

/**
 * Looks for runs that have ended since the last poll.
 *
 * @returns an item for each, which the node's `execute` turns into its output; null if there are none
 * @throws an error for people. The next poll then finds what this one would have found.
 */
export async function poll(n8n: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const key = triggerKey(n8n);
	if (polling.has(key)) return null;
	polling.add(key);
	try {
		return await pollAlone(n8n);
	} catch (cause) {
		throw activationError(cause, n8n.getNode());
	} finally {
		polling.delete(key);
	}
}

async function pollAlone(n8n: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const choice = readPollSettings(n8n);
	const client = await clientFor(n8n, { lane: 'polling', maxRetries: 2, timeoutMs: 30_000 });
	const { state, isUnsure } = recall(n8n);
	if (!state) {
		remember(n8n, await firstPoll(client, choice));
		return null;
	}
	const before = isUnsure ? withUnsure(state) : state;
	const runs = new Map<string, PolledRun>();
	const findings = await lookAround(n8n, { client, choice, runs }, before);
	const { state: after, toStart } = advance(findings.before, findings);
	const missing = toStart.filter((id) => !runs.has(id));
	// After a long pause of n8n there can be more. The execution reads those.
	const toRead = missing.length <= MOST_FETCHED ? missing : [];
	const unread = await readRuns(client, toRead, runs);
	remember(n8n, unread.length > 0 ? withPostponed(after, unread, before.handed) : after);
	const left = new Set(toRead.filter((id) => !runs.has(id)));
	const toPass = toStart.filter((id) => !left.has(id));
	if (toPass.length === 0) return null;
	return [toPass.map((id) => ({ json: { ...(runs.get(id) ?? { id, run: null }) } }))];
}

/**
 * Reads the runs of which only the id is known, before an execution records them as started.
 *
 * @returns those that could not be read
 */
async function readRuns(
	client: TrutoClient,
	ids: string[],
	runs: Map<string, PolledRun>,
): Promise<string[]> {
	const { found, gone } = await runsById(client, ids);
	for (const run of found) runs.set(String(run.id), { id: String(run.id), run });
	const done = new Set([...gone, ...found.map(({ id }) => String(id))]);
	return ids.filter((id) => !done.has(id));
}

/** A run as a poll passes it to the execution. */
export interface PolledRun {
	[key: string]: string | JsonRecord | null;
	id: string;
	/** null if the poll only knows its id. */
	run: JsonRecord | null;
}

interface Look {
	client: TrutoClient;
	choice: Choice;
	/** Collects the runs that have ended. */
	runs: Map<string, PolledRun>;
}

/** Runs that have already ended are old. Those in progress may still start the workflow. */
async function firstPoll(client: TrutoClient, choice: Choice): Promise<PollState> {
	const listed = await runsBackTo(client, (newest) => newest - LATE_MS);
	const going = await unfinishedRuns(client, Date.now() - LONGEST_RUN_MS);
	return firstState(see(listed, choice), see(going, choice), choice.scope);
}

async function lookAround(n8n: IPollFunctions, look: Look, state: PollState) {
	const { client, choice, runs } = look;
	const listed = await runsBackTo(client, () => state.since ?? Number.NEGATIVE_INFINITY);
	if (listed.length >= MOST_LISTED) {
		n8n.logger.warn(
			`${n8n.getNode().name}: more than ${MOST_LISTED} sync job runs were created since the last poll. Those before ${String(listed.at(-1)?.created_at)} are left out.`,
		);
	}
	for (const run of listed) keepEnded(runs, run);
	const before =
		state.scope === choice.scope
			? state
			: withUnfinished(
					state,
					see(await unfinishedRuns(client, Date.now() - LONGEST_RUN_MS), choice),
					choice.scope,
				);
	const inList = new Set(listed.map(({ id }) => id));
	const ids = before.unfinished.filter(([id]) => !inList.has(id));
	const { found, gone, errors } = await runsById(client, await idsToFetch(client, ids));
	for (const run of found) keepEnded(runs, run);
	for (const error of errors) {
		const { message, description } = toNodeError(error, n8n.getNode());
		n8n.logger.warn(
			`${n8n.getNode().name}: ${message}. ${description ?? ''} The next poll looks again.`,
		);
	}
	return { before, listed: see(listed, choice), checked: see(found, choice), gone };
}

/** The runs that may have ended. Three lists of unfinished runs rule out the others. */
async function idsToFetch(
	client: TrutoClient,
	unfinished: PollState['unfinished'],
): Promise<string[]> {
	const ids = unfinished.map(([id]) => id);
	if (ids.length <= MOST_ONE_BY_ONE) return ids;
	const oldest = unfinished.reduce((least, [, createdAt]) => Math.min(least, createdAt), Infinity);
	const going = new Set((await unfinishedRuns(client, oldest)).map(({ id }) => id));
	return ids.filter((id) => !going.has(id)).slice(0, MOST_FETCHED);
}

function keepEnded(runs: Map<string, PolledRun>, run: JsonRecord): void {
	const id = String(run.id);
	if (hasEnded(run)) runs.set(id, { id, run });
}

function see(runs: JsonRecord[], choice: Choice): SeenRun[] {
	return runs.flatMap((run) => seenRun(run, choice) ?? []);
}
