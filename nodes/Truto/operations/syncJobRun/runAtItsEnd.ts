import type { TrutoClient } from '../../../../lib/transport/client';
import { NotEndedError, waitForRun } from '../../../../lib/api/waitForRun';
import { ExplainedError } from '../../../../lib/explainedError';
import type { NameBook } from '../../../../lib/api/nameBook';
import { nameOf } from '../../../../lib/runs/diagnose/summary';
import type { Waiting } from '../../../../lib/parameters/waiting';
import { unlessAborted } from '../../../../lib/pause';
import { jsonText } from '../../../../lib/text';
import type { Run } from '../../../../lib/truto/run';
import { syncJobName } from '../../../../lib/truto/syncJob';
import { diagnoseRun } from './diagnoseRun';

/** The time of the wait is over, so names must not keep the error back for long. */
const LONGEST_LOOKUP_MS = 10_000;

/**
 * Waits until a run has ended.
 *
 * @param isNew whether this node has just started it
 * @param names for the error of a run that has failed, or has not ended in time
 * @throws {ExplainedError} if it has failed and that is to be an error; an error that names the run if it
 * has not ended in time
 */
export async function runAtItsEnd(
	client: TrutoClient,
	id: string,
	waiting: Waiting & { isNew: boolean },
	names?: NameBook,
): Promise<Run> {
	const run = await waitForRun(client, id, waiting).catch(async (error: unknown) => {
		throw names && error instanceof NotEndedError ? await withWhose(error, names) : error;
	});
	if (waiting.failOnFailedRun) await throwIfFailed(client, run, names);
	return run;
}

/** @throws {ExplainedError} if the run has failed: with the reason, if it can be found */
async function throwIfFailed(client: TrutoClient, run: Run, names?: NameBook): Promise<void> {
	if (run.status !== 'failed') return;
	const diagnosis = await diagnoseRun(client, run, { names });
	const reason = diagnosis.errors.first ?? 'its logs do not say why';
	const facts = [
		fact('Cause', diagnosis.cause_name),
		...(names ? whose(diagnosis.tenant_id, nameOf(diagnosis)) : []),
	];
	throw new ExplainedError(
		`Sync job run ${String(run.id)} failed: ${reason}`,
		[...facts, diagnosis.next_step].filter(Boolean).join(' '),
	);
}

/** The error with the customer and the sync job. While Truto doesn't answer, nothing is looked up. */
async function withWhose(error: NotEndedError, names: NameBook): Promise<ExplainedError> {
	const { run, isOutage, message, description } = error;
	if (!run) return error;
	const named = isOutage ? run : await namedSoon(run, names);
	const facts = whose(named.tenantId, syncJobName(named));
	return new ExplainedError(message, [...facts, description].filter(Boolean).join(' '));
}

/** The run as it is if the look-up takes too long. */
async function namedSoon(run: Run, names: NameBook): Promise<Run> {
	const signal = AbortSignal.timeout(LONGEST_LOOKUP_MS);
	const [named = run] = await unlessAborted(names.named([run]), signal).catch((error: unknown) => {
		if (error === signal.reason) return [];
		throw error;
	});
	return named;
}

function whose(tenantId: string | null, syncJob: string | null): string[] {
	return [fact('Customer', tenantId), fact('Sync job', syncJob)];
}

/** @returns for example `Customer: acme-1.`; `''` if it isn't known */
function fact(name: string, value: string | null): string {
	return value ? `${name}: ${jsonText(value, 120)}.` : '';
}
