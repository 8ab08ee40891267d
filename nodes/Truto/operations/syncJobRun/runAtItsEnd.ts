import type { TrutoClient } from '../../../../lib/transport/client';
import { waitForRun } from '../../../../lib/api/waitForRun';
import { ExplainedError } from '../../../../lib/explainedError';
import type { Waiting } from '../../../../lib/parameters/waiting';
import type { Run } from '../../../../lib/truto/run';
import { diagnoseRun } from './diagnoseRun';

/**
 * Waits until a run has ended.
 *
 * @param isNew whether this node has just started it
 * @throws {ExplainedError} if it has failed and that is to be an error; an error that names the run if it
 * has not ended in time
 */
export async function runAtItsEnd(
	client: TrutoClient,
	id: string,
	waiting: Waiting & { isNew: boolean },
): Promise<Run> {
	const run = await waitForRun(client, id, waiting);
	if (waiting.failOnFailedRun) await throwIfFailed(client, run);
	return run;
}

/** @throws {ExplainedError} if the run has failed: with the reason, if it can be found */
async function throwIfFailed(client: TrutoClient, run: Run): Promise<void> {
	if (run.status !== 'failed') return;
	const { errors, cause_name: cause, next_step: nextStep } = await diagnoseRun(client, run);
	const reason = errors.first ?? 'its logs do not say why';
	throw new ExplainedError(
		`Sync job run ${String(run.id)} failed: ${reason}`,
		[cause === null ? '' : `Cause: ${cause}.`, nextStep].filter(Boolean).join(' '),
	);
}
