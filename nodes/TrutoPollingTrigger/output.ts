import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { latestRunPages } from '../../lib/api/recentRuns';
import { fetchRun } from '../../lib/api/syncJobRuns';
import { unlessGone } from '../../lib/api/things';
import type { TrutoEvent } from '../../lib/events/event';
import { eventItems, eventThing } from '../../lib/events/eventItems';
import { ExplainedError } from '../../lib/explainedError';
import type { JsonRecord } from '../../lib/json';
import { clientForTrigger } from '../../lib/n8n/clients';
import { eventNames } from '../../lib/n8n/eventNames';
import { itemsOf } from '../../lib/n8n/items';
import { toNodeError } from '../../lib/n8n/nodeError';
import { notStartedBefore } from '../../lib/n8n/startedBefore';
import { triggerParameters } from '../../lib/n8n/trigger';
import { runOutput } from '../../lib/parameters/runOutput';
import { readRun } from '../../lib/truto/run';
import { noteRecorded } from './memory';
import { readIncludeNames, readWantedRuns } from './parameters';
import type { PolledRun } from './poll';
import { seenRun } from './seenRun';

/**
 * What the node outputs when n8n runs the workflow: the runs that a poll found, without those that have
 * already started it. In the editor, a recent run that would start it.
 *
 * @throws an error for people
 */
export async function output(n8n: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	try {
		const runs = n8n.getMode() === 'manual' ? [await sample(n8n)] : await polled(n8n);
		return [await rowsOf(n8n, runs)];
	} catch (error) {
		throw toNodeError(error, n8n.getNode());
	}
}

/** How many runs an execution can recognize, at two entries of about 27 bytes each. */
const MOST_REMEMBERED = 10_000;

/** A run and the input item it comes from. */
interface LinkedRun {
	run: JsonRecord;
	item: number;
}

async function polled(n8n: IExecuteFunctions): Promise<LinkedRun[]> {
	const given = n8n.getInputData().map(({ json }) => json as unknown as PolledRun);
	const ids = given.map(({ id }) => id);
	// People repeat a failed execution on purpose.
	const isRetry = n8n.getMode() === 'retry';
	const isNew = isRetry ? new Set(ids) : await notStartedBefore(n8n, ids, MOST_REMEMBERED);
	if (!isRetry) noteRecorded(n8n, ids);
	return given.flatMap(({ id, run }, item) => (isNew.has(id) ? [{ run, item }] : []));
}

/** How far back the editor looks for a run to show, in milliseconds: 30 days. */
const SAMPLE_SPAN_MS = 30 * 24 * 3_600_000;

async function sample(n8n: IExecuteFunctions): Promise<LinkedRun> {
	const wanted = readWantedRuns(n8n);
	const client = await clientForTrigger(n8n, 5);
	const oldest = Date.now() - SAMPLE_SPAN_MS;
	for await (const page of latestRunPages(client)) {
		const seen = page.flatMap((run) => seenRun(run, wanted, false) ?? []);
		const [latest] = seen
			.filter(({ starts, createdAt }) => starts && createdAt >= oldest)
			.sort((a, b) => b.endedAt - a.endedAt);
		if (latest) {
			const run = await unlessGone(fetchRun(client, latest.id));
			return { run: run?.raw ?? latest.raw, item: 0 };
		}
		if (seen.some(({ createdAt }) => createdAt < oldest)) break;
	}
	throw new ExplainedError(
		'No sync job run was found that would start the workflow',
		"Check 'Trigger On' and the filters, or start a sync and try again when it has ended.",
	);
}

/** The same columns as those of the webhook trigger, so that a workflow can begin with either. */
async function rowsOf(n8n: IExecuteFunctions, runs: LinkedRun[]): Promise<INodeExecutionData[]> {
	const parameters = triggerParameters(n8n);
	const output = { ...runOutput.read(parameters), splitRecords: false };
	const events = runs.map(({ run }) => eventOf(run));
	const names = readIncludeNames(parameters) ? await eventNames(n8n, events.map(eventThing)) : [];
	return runs.flatMap(({ item }, index) => {
		const event = events[index];
		return event ? itemsOf(eventItems(event, output, names[index]), item) : [];
	});
}

/**
 * A run in the form of the event that Truto would send to a webhook. Each run gives one event, so the
 * event's id is the run's id, and its time is the end of the run.
 */
function eventOf(raw: JsonRecord): TrutoEvent {
	const { id, status, finishedAt } = readRun(raw);
	return {
		id,
		name: `sync_job_run:${String(status)}`,
		payload: raw,
		createdAt: Number.isNaN(finishedAt.ms) ? null : finishedAt.ms,
		webhookId: null,
	};
}
