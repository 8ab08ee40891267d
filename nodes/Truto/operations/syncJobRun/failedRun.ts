import type { TrutoClient } from '../../../../lib/api/client';
import { fetchLogs } from '../../../../lib/api/logs';
import { TrutoError } from '../../../../lib/api/trutoError';
import { ExplainedError } from '../../../../lib/explainedError';
import type { JsonRecord } from '../../../../lib/json';
import { runLogSpan } from '../../../../lib/logs/windows';
import { summarizeLogs } from '../../../../lib/runs/summarizeLogs';

/** @throws {ExplainedError} where the run has failed: with the reason, as far as it can be found out */
export async function failOnFailedRun(client: TrutoClient, run: JsonRecord): Promise<void> {
	if (run.status !== 'failed') return;
	const id = String(run.id);
	const logs = fetchLogs(client, {
		type: 'rapid_bridge',
		filter: { sync_job_run_id: id },
		span: runLogSpan(run, Date.now()),
		about: `the logs of sync job run ${id}`,
	});
	const entries = await logs.catch((error: unknown) => {
		if (!(error instanceof TrutoError)) throw error;
		throw new ExplainedError(
			`Sync job run ${id} failed`,
			`Its logs could not be read: ${error.message}. ${error.description}`,
		);
	});
	const summary = summarizeLogs(id, entries);
	throw new ExplainedError(
		`Sync job run ${id} failed: ${String(summary.first_error ?? 'its logs do not say why')}`,
		`Likely cause: ${String(summary.likely_cause)}.`,
	);
}
