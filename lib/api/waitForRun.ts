import { ExplainedError } from '../explainedError';
import { pause } from '../pause';
import { countOf } from '../text';
import type { Run } from '../truto/run';
import type { TrutoClient } from '../transport/client';
import { isOutage } from '../transport/retries';
import { TrutoError } from '../transport/trutoError';
import { fetchRun } from './syncJobRuns';

/** How to wait for a run. */
export interface WaitSettings {
	pollIntervalMs: number;
	/** For the whole wait, whatever happens. */
	timeoutMs: number;
	/** What happens when the time is over: an error, or the run as it is then. */
	onTimeout: 'error' | 'returnRun';
	/** A run that was just started may not be found yet. */
	isNew: boolean;
}

/** The end of a run was not seen: not in time, or not at all. */
export class NotEndedError extends ExplainedError {
	/**
	 * @param run as it was seen last; undefined if it never was
	 * @param isOutage whether the last request failed
	 */
	constructor(
		message: string,
		description: string,
		readonly run: Run | undefined,
		readonly isOutage: boolean,
	) {
		super(message, description);
	}
}

/** A timeout of 0 still looks once. */
const SHORTEST_REQUEST_MS = 1_000;

/** How long after its start Truto may not know a run yet. */
const UNKNOWN_AT_FIRST_MS = 30_000;

/**
 * Polls a run until it has ended. A run that waits for a rate limit, or has an unknown status, hasn't
 * ended. While Truto can't be reached, the wait continues, as the run does, if it was reached once.
 *
 * @throws {NotEndedError} when the time is over; {@link TrutoError} for an error that will not pass;
 * the signal's reason as soon as the execution is cancelled
 */
export async function waitForRun(
	client: TrutoClient,
	id: string,
	{ pollIntervalMs, timeoutMs, onTimeout, isNew }: WaitSettings,
): Promise<Run> {
	const startedAt = Date.now();
	const elapsedMs = () => Date.now() - startedAt;
	let run: Run | undefined;
	let troubles: TrutoError[] = [];
	for (;;) {
		const withinMs = Math.max(SHORTEST_REQUEST_MS, timeoutMs - elapsedMs());
		troubles = [];
		// A pause that is too long for others isn't for a wait, which can take weeks.
		const asking = run ? client.forExtras() : client;
		const seen = await fetchRun(asking, id, { withinMs }).catch((error: unknown) => {
			if (!(error instanceof TrutoError)) throw error;
			if (run && error.status === 404) throw goneError(id, run);
			const isTooEarly = isNew && error.status === 404 && elapsedMs() < UNKNOWN_AT_FIRST_MS;
			// Without one look that worked, the address or the token may be wrong.
			const isFirst = run === undefined && !isNew && elapsedMs() < timeoutMs;
			if (!isTooEarly && (isFirst || !isOutage(error.failure))) throw error;
			troubles = [error];
			return undefined;
		});
		run = seen ?? run;
		if (seen?.hasEnded) return seen;
		const leftMs = timeoutMs - elapsedMs();
		if (leftMs <= 0) break;
		await pause(Math.min(pollIntervalMs, leftMs), client.signal);
	}
	if (run && onTimeout === 'returnRun') return run;
	const minutes = timeoutMs / 60_000;
	const state = run ? `it was ${run.status ?? 'without a status'}` : 'it was never seen';
	throw new NotEndedError(
		`Sync job run ${id} did not end within ${countOf(minutes, 'minute')}: ${state}`,
		[
			...troubles.map(
				({ message, description }) => `The last request failed: ${message}. ${description}`,
			),
			"The run may still be in progress in Truto. Raise 'Timeout (Minutes)', or set 'On Timeout' to return the run as it is.",
		].join(' '),
		run,
		troubles.length > 0,
	);
}

/** Truto knew the run a moment ago. */
function goneError(id: string, run: Run): NotEndedError {
	return new NotEndedError(
		`Sync job run ${id} is gone: it was ${run.status ?? 'without a status'} when it was last seen`,
		'Somebody stopped or deleted it in Truto while the node waited.',
		run,
		false,
	);
}
