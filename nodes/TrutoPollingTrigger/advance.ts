import { look, lookFirst, type RunSource } from './look';
import { firstState, type PollState } from './state';
import { step, withRecorded, type Circumstances, type Step } from './step';

/** What is remembered about a trigger. */
export interface Remembered extends Circumstances {
	/** undefined at the first poll. */
	state: PollState | undefined;
}

/** What a poll came to. */
export interface Advance extends Step {
	/** Why some runs could not be read. The next poll reads them again. */
	errors: unknown[];
}

/**
 * One poll: from the state before it to the state after it. The first poll in an environment only takes
 * note of the runs.
 *
 * @throws if the lists of runs can't be read. The state before the poll then stays valid.
 */
export async function advance(source: RunSource, remembered: Remembered): Promise<Advance> {
	const state = remembered.state && withRecorded(remembered.state, remembered);
	const found = state && (await look(source, state));
	if (found) return { ...step(state, found, source.now()), errors: found.errors };
	const first = firstState(await lookFirst(source), source.now(), state);
	// In an environment that had hardly any run, some may be new.
	const again = state && first.watched.length > 0 ? await look(source, first) : undefined;
	if (!again) return { state: first, toStart: [], leftOut: 0, errors: [] };
	return { ...step(first, again, source.now()), errors: again.errors };
}
