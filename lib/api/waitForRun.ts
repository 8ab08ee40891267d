import { sleep } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import type { JsonRecord } from '../json';
import { isFinished } from '../runs/runStatus';
import type { TrutoClient } from './client';
import { fetchRun } from './fetchRun';
import { isPassing, isRateLimited } from './retryPolicy';
import { TrutoError } from './trutoError';

export interface WaitSettings {
	pollIntervalMs: number;
	timeoutMs: number;
	/** What happens when the time is over: an error, or the run as it is then. */
	onTimeout: 'error' | 'returnRun';
}

/**
 * Polls a run until it has ended. Waiting for a rate limit is waiting, and so is a status that is not
 * known here. Passing errors of Truto do not end the wait.
 *
 * @throws {ExplainedError} when the time is over; {@link TrutoError} for an error that will not pass; the
 * signal's reason as soon as the execution is cancelled
 */
export async function waitForRun(
	client: TrutoClient,
	id: string,
	{ pollIntervalMs, timeoutMs, onTimeout }: WaitSettings,
): Promise<JsonRecord> {
	const deadline = Date.now() + timeoutMs;
	let run: JsonRecord | undefined;
	for (;;) {
		run = (await pollOnce(client, id)) ?? run;
		if (run && isFinished(run.status)) return run;
		const left = deadline - Date.now();
		if (left <= 0) break;
		await sleep(Math.min(pollIntervalMs, left), client.signal);
	}
	if (run && onTimeout === 'returnRun') return run;
	throw new ExplainedError(
		`Sync job run ${id} did not end within ${timeoutMs / 60_000} minutes: it is ${String(run?.status ?? 'unreachable')}`,
		'It may still be going on in Truto. Raise "Timeout", or set "On Timeout" to return the run as it is.',
	);
}

/** undefined where Truto was not to be had this time. */
async function pollOnce(client: TrutoClient, id: string): Promise<JsonRecord | undefined> {
	return await fetchRun(client, id).catch((error: unknown) => {
		const isOverSoon =
			error instanceof TrutoError && (isRateLimited(error.failure) || isPassing(error.failure));
		if (!isOverSoon) throw error;
		return undefined;
	});
}
