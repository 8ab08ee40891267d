import { fetchLogs } from '../../../../lib/api/logs';
import type { NameBook } from '../../../../lib/api/nameBook';
import { fetchOne } from '../../../../lib/api/things';
import type { JsonRecord } from '../../../../lib/json';
import { runLogSpan, windowMerger } from '../../../../lib/logs/windows';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import type { Diagnosis } from '../../../../lib/runs/diagnose/diagnosis';
import {
	MOST_LOG_ENTRIES,
	withSource,
	type Answer,
	type Known,
	type Source,
} from '../../../../lib/runs/diagnose/known';
import { nextSources } from '../../../../lib/runs/diagnose/nextSources';
import type { TrutoClient } from '../../../../lib/transport/client';
import { TrutoError } from '../../../../lib/transport/trutoError';
import { INTEGRATED_ACCOUNT, SYNC_JOB, type Kind } from '../../../../lib/truto/kinds';
import { namesOf } from '../../../../lib/truto/names';
import type { Run } from '../../../../lib/truto/run';

/**
 * Diagnoses a run. Reads only what the finding needs; what can't be read is named in `not_checked`.
 */
export async function diagnoseRun(
	client: TrutoClient,
	run: Run,
	{ stuckAfterMinutes, names }: { stuckAfterMinutes?: number; names?: NameBook },
): Promise<Diagnosis> {
	let known: Known = { run, now: Date.now(), stuckAfterMinutes };
	for (let next = nextSources(known); next.length > 0; next = nextSources(known)) {
		const answers = await Promise.all(
			next.map(async ({ source, id }) => await orNull(READERS[source](client, id, run))),
		);
		for (const [index, { source }] of next.entries()) {
			known = withSource(known, source, answers[index] ?? null);
		}
	}
	return diagnose(names ? await withNamesOf(known, names) : known);
}

/** Adds the names that the finding didn't need. A kind that can't be read counts as not checked. */
async function withNamesOf(known: Known, names: NameBook): Promise<Known> {
	const { run, account, job } = known;
	const open = {
		...run,
		integratedAccountId: account === undefined ? run.integratedAccountId : null,
		syncJobId: job === undefined ? run.syncJobId : null,
	};
	const [named = open] = await names.named([open]);
	const isUnread = (kind: Kind) => names.unread.some((unread) => unread.kind === kind);
	return {
		...known,
		run: { ...run, ...namesOf(named) },
		...(account === undefined && named.tenantId === null && isUnread(INTEGRATED_ACCOUNT)
			? { account: null }
			: {}),
		...(job === undefined && !named.knowsLabel && isUnread(SYNC_JOB) ? { job: null } : {}),
	};
}

/** null if Truto doesn't return it, for example because the token may not read it. */
async function orNull(answer: Promise<Answer>): Promise<Answer | null> {
	return await answer.catch((error: unknown) => {
		if (error instanceof TrutoError) return null;
		throw error;
	});
}

const READERS: Record<Source, (client: TrutoClient, id: string, run: Run) => Promise<Answer>> = {
	job: async (client, id) => await fetchOne(client, SYNC_JOB, id),
	account: async (client, id) => await fetchOne(client, INTEGRATED_ACCOUNT, id),
	logs: readLogs,
	deliveries: async (client, id, run) =>
		await fetchLogs(client, {
			type: 'webhook',
			filter: { webhook_id: id },
			span: runLogSpan(run, Date.now()),
			limit: MOST_LOG_ENTRIES,
			about: `the deliveries of sync job run ${String(run.id)}`,
		}),
};

async function readLogs(client: TrutoClient, id: string, run: Run): Promise<JsonRecord[]> {
	const read = async (event?: string) =>
		await fetchLogs(client, {
			type: 'rapid_bridge',
			filter: { sync_job_run_id: id, sync_job_run_event: event },
			span: runLogSpan(run, Date.now()),
			limit: MOST_LOG_ENTRIES,
			about: `the logs of sync job run ${id}`,
		});
	const entries = await read();
	// The error that ended the run comes last, so the limit may have cut it off.
	if (entries.length < MOST_LOG_ENTRIES || run.status !== 'failed') return entries;
	const newOnes = windowMerger();
	return [entries, await read('failed')].flatMap(newOnes);
}
