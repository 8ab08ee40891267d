import type { INodeExecutionData, IPollFunctions } from 'n8n-workflow';

import { latestRunPages, MOST_LISTED, runsById, unfinishedRuns } from '../../lib/api/recentRuns';
import type { JsonRecord } from '../../lib/json';
import { clientFor } from '../../lib/n8n/clients';
import { activationError, reasonOf, triggerKey, triggerName } from '../../lib/n8n/trigger';
import { countOf } from '../../lib/text';
import { advance } from './advance';
import type { RunSource } from './look';
import { recall, remember } from './memory';
import { endOutage, isBriefOutage, TookTooLong } from './outage';
import { readWantedRuns } from './parameters';
import { seenRun } from './seenRun';
import type { PollState } from './state';

/** A run as a poll passes it to the execution. */
export interface PolledRun {
	[key: string]: string | JsonRecord;
	id: string;
	run: JsonRecord;
}

/** A poll that takes longer ends with an error, and the next one begins anew. */
const LONGEST_POLL_MS = 240_000;

/** Triggers with a poll under way. n8n doesn't wait for it before it starts the next one. */
const polling = new Set<string>();

/**
 * Looks for runs that have ended since the last poll.
 *
 * @returns an item for each, which the node's `execute` turns into its output; null if there are none, or
 * if Truto is away for a while
 * @throws an error for people. The next poll then finds what this one would have found.
 */
export async function poll(n8n: IPollFunctions): Promise<INodeExecutionData[][] | null> {
	const key = triggerKey(n8n);
	if (polling.has(key)) return null;
	polling.add(key);
	try {
		const runs = await endedRuns(n8n, key);
		endOutage(n8n);
		return runs.length > 0 ? [runs.map((json) => ({ json }))] : null;
	} catch (cause) {
		if (isBriefOutage(n8n, cause)) return null;
		throw activationError(cause, n8n.getNode());
	} finally {
		polling.delete(key);
	}
}

async function endedRuns(n8n: IPollFunctions, key: string): Promise<PolledRun[]> {
	const signal = AbortSignal.timeout(LONGEST_POLL_MS);
	const source = await sourceOf(n8n, signal);
	const advanced = await advance(source, recall(n8n)).catch((error: unknown) => {
		throw signal.aborted ? new TookTooLong(LONGEST_POLL_MS) : error;
	});
	const { state, toStart, leftOut, errors } = advanced;
	warnOfErrors(n8n, errors);
	if (leftOut > 0) warnOnce(n8n, key, state);
	remember(n8n, state);
	return toStart.map(({ id, raw }) => ({ id, run: raw }));
}

async function sourceOf(n8n: IPollFunctions, signal: AbortSignal): Promise<RunSource> {
	const wanted = readWantedRuns(n8n);
	const limits = { lane: 'polling', maxRetries: 2, timeoutMs: 30_000, signal };
	const client = await clientFor(n8n, limits);
	return {
		async *pages() {
			let count = 0;
			for await (const page of latestRunPages(client)) {
				yield page;
				count += page.length;
				if (count >= MOST_LISTED) {
					n8n.logger.warn(
						`${triggerName(n8n)}: more than ${MOST_LISTED} sync job runs were created since the last poll. Those before ${String(page.at(-1)?.created_at)} are left out.`,
					);
				}
			}
		},
		unfinished: async (createdSince) => await unfinishedRuns(client, createdSince),
		byId: async (ids) => await runsById(client, ids),
		see: (raw, isWhole) => seenRun(raw, wanted, isWhole),
		now: () => Date.now(),
	};
}

function warnOfErrors(n8n: IPollFunctions, errors: unknown[]): void {
	if (errors.length === 0) return;
	n8n.logger.warn(
		`${triggerName(n8n)}: ${countOf(errors.length, 'sync job run')} could not be read. The next poll tries again. ${reasonOf(n8n, errors[0])}`,
	);
}

/** Triggers that have said that there are too many runs. */
const warned = new Set<string>();

function warnOnce(n8n: IPollFunctions, key: string, { watched }: PollState): void {
	if (warned.has(key)) return;
	warned.add(key);
	n8n.logger.warn(
		`${triggerName(n8n)}: more than ${watched.length} sync job runs are in progress. The trigger follows the oldest. It follows each of the others when there is room for it.`,
	);
}
