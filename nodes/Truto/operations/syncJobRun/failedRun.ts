import type { TrutoClient } from '../../../../lib/api/client';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import { diagnoseRun } from './diagnoseRun';

/** @throws {ExplainedError} if the run has failed: with the reason, if it can be found */
export async function failOnFailedRun(client: TrutoClient, run: JsonRecord): Promise<void> {
	if (run.status !== 'failed') return;
	const { errors, cause_name: cause, next_step: nextStep } = await diagnoseRun(client, run);
	const reason = errors.first ?? 'its logs do not say why';
	throw new ExplainedError(
		`Sync job run ${String(run.id)} failed: ${reason}`,
		[cause === null ? '' : `Cause: ${cause}.`, nextStep].filter(Boolean).join(' '),
	);
}
