import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { TrutoClient } from '../../lib/transport/client';
import { runPagesBackTo } from '../../lib/api/recentRuns';
import { fetchRun } from '../../lib/api/syncJobRuns';
import { unlessGone } from '../../lib/api/things';
import { eventItems } from '../../lib/events/eventItems';
import { ExplainedError } from '../../lib/explainedError';
import { isJsonRecord, type JsonRecord } from '../../lib/json';
import { clientForItem } from '../../lib/n8n/clients';
import { itemsOf } from '../../lib/n8n/items';
import { toNodeError } from '../../lib/n8n/nodeError';
import { notStartedBefore } from '../../lib/n8n/startedBefore';
import { triggerParameters } from '../../lib/n8n/trigger';
import { readRunOutput } from '../../lib/parameters/runOutput';
import type { RunOutput } from '../../lib/runs/output';
import { eventOfRun } from './eventOfRun';
import { readPollSettings, seenRun } from './parameters';
import type { PolledRun } from './poll';

/**
 * What the node outputs when n8n runs the workflow: the runs that a poll found, without those that have
 * already started it. In the editor, a recent run that would start it.
 *
 * @throws an error for people
 */
export async function output(n8n: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const client = await clientForItem(n8n, 0, () => ({
			lane: n8n.getExecutionId() ?? n8n.getWorkflow().id ?? '',
			maxRetries: 5,
			requestsPerTenSeconds: Number.POSITIVE_INFINITY,
			signal: n8n.getExecutionCancelSignal(),
			hasOptions: false,
		}));
		const runs =
			n8n.getMode() === 'manual' ? [await sample(n8n, client)] : await polled(n8n, client);
		return [rowsOf(runs, readRunOutput(triggerParameters(n8n)))];
	} catch (error) {
		throw toNodeError(error, n8n.getNode());
	}
}

/** A run and the input item it comes from. */
interface ItemRun {
	run: JsonRecord;
	item: number;
}

async function polled(n8n: IExecuteFunctions, client: TrutoClient): Promise<ItemRun[]> {
	const given = n8n.getInputData().map(({ json }) => json as unknown as PolledRun);
	const ids = given.map(({ id }) => id);
	// People repeat a failed execution on purpose.
	const isNew = n8n.getMode() === 'retry' ? new Set(ids) : await notStartedBefore(n8n, ids);
	const failures: unknown[] = [];
	const runs = await Promise.all(
		given.map(async (polledRun, item) => {
			if (!isNew.has(polledRun.id)) return [];
			const run = await wholeRun(client, polledRun, (error) => failures.push(error));
			return run ? [{ run, item }] : [];
		}),
	);
	n8n.getExecutionCancelSignal()?.throwIfAborted();
	if (failures.length > 0) {
		const [first] = failures;
		const message = `${failures.length} of ${given.length} runs could not be fetched, and are shown as in Truto's list, which may leave out the sync job: ${first instanceof Error ? first.message : String(first)}`;
		n8n.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
	}
	return runs.flat();
}

/**
 * The run as *Get* outputs it, with its sync job, which lists may leave out. If Truto doesn't answer, the
 * run as the list had it.
 *
 * @returns undefined if Truto no longer knows it, and only its id is left
 */
async function wholeRun(
	client: TrutoClient,
	{ id, run }: PolledRun,
	onFailure: (error: unknown) => void,
): Promise<JsonRecord | undefined> {
	if (run && isJsonRecord(run.sync_job)) return run;
	const fetching = unlessGone(fetchRun(client, id)).then((fetched) => fetched?.raw);
	if (!run) return await fetching;
	const fetched = await fetching.catch((error: unknown) => {
		onFailure(error);
	});
	return fetched ?? run;
}

/** How far back the editor looks for a run to show, in milliseconds: 30 days. */
const SAMPLE_SPAN_MS = 30 * 24 * 3_600_000;

async function sample(n8n: IExecuteFunctions, client: TrutoClient): Promise<ItemRun> {
	const choice = readPollSettings(n8n);
	for await (const runs of runPagesBackTo(client, (newest) => newest - SAMPLE_SPAN_MS)) {
		const latest = runs
			.flatMap((run) => {
				const seen = seenRun(run, choice);
				return seen?.hasEnded && seen.passes && seen.starts ? [{ ...seen, run }] : [];
			})
			.sort((a, b) => b.endedAt - a.endedAt)[0];
		if (latest) {
			return { run: (await unlessGone(fetchRun(client, latest.id)))?.raw ?? latest.run, item: 0 };
		}
	}
	throw new ExplainedError(
		'No sync job run was found that would start the workflow',
		"Check 'Trigger On' and the filters, or start a sync and try again when it has ended.",
	);
}

/** The same columns as those of the webhook trigger, so that a workflow can begin with either. */
function rowsOf(runs: ItemRun[], output: RunOutput): INodeExecutionData[] {
	return runs.flatMap(({ run, item }) =>
		itemsOf(eventItems(eventOfRun(run), { ...output, splitRecords: false }), item),
	);
}
