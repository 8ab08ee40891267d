import type { TrutoClient } from '../../../../lib/transport/client';
import { fetchLogs } from '../../../../lib/api/logs';
import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import { fetchOne } from '../../../../lib/api/things';
import { TrutoError } from '../../../../lib/transport/trutoError';
import type { JsonRecord } from '../../../../lib/json';
import { runLogSpan, windowMerger } from '../../../../lib/logs/windows';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import type { Diagnosis, Known, Source } from '../../../../lib/runs/diagnose/diagnosis';
import { nextSource } from '../../../../lib/runs/diagnose/nextSource';
import { accountId, syncJobId } from '../../../../lib/truto/references';
import { INTEGRATED_ACCOUNT } from '../../../../lib/truto/kinds';

/** Enough to tell why a run failed; a run can log an error for each of its records. */
const MOST_ENTRIES = 1_000;

/**
 * Diagnoses a run. Reads only what the finding needs; what can't be read is named in `not_checked`.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 */
export async function diagnoseRun(
	client: TrutoClient,
	run: JsonRecord,
	stuckAfterMinutes?: number,
): Promise<Diagnosis> {
	let known: Known = { run, now: Date.now(), stuckAfterMinutes };
	for (let source = nextSource(known); source !== null; source = nextSource(known)) {
		known = { ...known, [source]: await readSource(client, run, source) };
	}
	return diagnose(known);
}

/** null if Truto doesn't return it, for example because the token may not read it. */
async function readSource(
	client: TrutoClient,
	run: JsonRecord,
	source: Source,
): Promise<JsonRecord | JsonRecord[] | null> {
	return await READERS[source](client, run).catch((error: unknown) => {
		if (error instanceof TrutoError) return null;
		throw error;
	});
}

const READERS: Record<
	Source,
	(client: TrutoClient, run: JsonRecord) => Promise<JsonRecord | JsonRecord[]>
> = {
	job: async (client, run) => await fetchSyncJob(client, String(syncJobId(run))),
	account: async (client, run) =>
		await fetchOne(client, INTEGRATED_ACCOUNT, String(accountId(run))),
	logs: readLogs,
	deliveries: async (client, run) =>
		await fetchLogs(client, {
			type: 'webhook',
			filter: { webhook_id: String(run.webhook_id) },
			span: runLogSpan(run, Date.now()),
			limit: MOST_ENTRIES,
			about: `the deliveries of sync job run ${String(run.id)}`,
		}),
};

async function readLogs(client: TrutoClient, run: JsonRecord): Promise<JsonRecord[]> {
	const read = async (event?: string) =>
		await fetchLogs(client, {
			type: 'rapid_bridge',
			filter: { sync_job_run_id: String(run.id), sync_job_run_event: event },
			span: runLogSpan(run, Date.now()),
			limit: MOST_ENTRIES,
			about: `the logs of sync job run ${String(run.id)}`,
		});
	const entries = await read();
	// The error that ended the run comes last, so the limit may have cut it off.
	const isCut = entries.length >= MOST_ENTRIES && run.status === 'failed';
	if (!isCut) return entries;
	const newOnes = windowMerger();
	return [entries, await read('failed')].flatMap(newOnes);
}
