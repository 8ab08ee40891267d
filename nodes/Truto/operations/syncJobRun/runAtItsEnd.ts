import type { TrutoClient } from '../../../../lib/transport/client';
import { waitForRun } from '../../../../lib/api/waitForRun';
import { ExplainedError } from '../../../../lib/explainedError';
import type { NameBook } from '../../../../lib/api/nameBook';
import { nameOf } from '../../../../lib/runs/diagnose/summary';
import type { Waiting } from '../../../../lib/parameters/waiting';
import type { Run } from '../../../../lib/truto/run';
import { diagnoseRun } from './diagnoseRun';

/**
 * Waits until a run has ended.
 *
 * @param isNew whether this node has just started it
 * @param names for the error of a run that has failed
 * @throws {ExplainedError} if it has failed and that is to be an error; an error that names the run if it
 * has not ended in time
 */
export async function runAtItsEnd(
	client: TrutoClient,
	id: string,
	waiting: Waiting & { isNew: boolean },
	names?: NameBook,
): Promise<Run> {
	const run = await waitForRun(client, id, waiting);
	if (waiting.failOnFailedRun) await throwIfFailed(client, run, names);
	return run;
}

/** @throws {ExplainedError} if the run has failed: with the reason, if it can be found */
async function throwIfFailed(client: TrutoClient, run: Run, names?: NameBook): Promise<void> {
	if (run.status !== 'failed') return;
	const diagnosis = await diagnoseRun(client, run, { names });
	const reason = diagnosis.errors.first ?? 'its logs do not say why';
	const facts = [
		['Cause', diagnosis.cause_name],
		...(names
			? [
					['Customer', diagnosis.tenant_id],
					['Sync job', nameOf(diagnosis)],
				]
			: []),
	];
	throw new ExplainedError(
		`Sync job run ${String(run.id)} failed: ${reason}`,
		[
			...facts.filter(([, fact]) => fact).map((fact) => `${fact.join(': ')}.`),
			diagnosis.next_step,
		].join(' '),
	);
}
