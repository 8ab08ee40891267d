import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { fetchRun } from '../../lib/api/syncJobRuns';
import type { TrutoEvent } from '../../lib/events/event';
import { eventItems } from '../../lib/events/eventItems';
import { passes } from '../../lib/events/filter';
import { isJsonRecord } from '../../lib/json';
import { clientForItem } from '../../lib/n8n/clients';
import { itemsOf } from '../../lib/n8n/items';
import { toNodeError } from '../../lib/n8n/nodeError';
import { eventSubject } from '../../lib/truto/events';
import { deliveryOf } from './memory/deliveries';
import { recordedEventsOf } from './memory/recorded';
import { triggerKey } from './memory/stored';
import { readAdmission, readerOfExecution, readTreatment } from './parameters';
import { receivedIn, type ReceivedEvent } from './receivedItem';
import { nameOf } from './refusals';

const FETCH_WITHIN_MS = 5_000;

/**
 * Starts the workflow for an event that {@link receiveEvent} has passed on, with the event's items. An
 * event that has started the workflow before, in this process or another one, gives none, and the
 * execution ends here.
 */
export async function startWorkflow(n8n: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const input = n8n.getInputData();
	const received = receivedIn(input[0]);
	if (!received) return [input];
	try {
		if (!(await isFirst(n8n, received))) return [[]];
		return [itemsOf(await itemsFor(n8n, received), 0)];
	} catch (error) {
		throw toNodeError(error, n8n.getNode());
	}
}

async function itemsFor(n8n: IExecuteFunctions, { event, isUnchecked }: ReceivedEvent) {
	const parameters = readerOfExecution(n8n);
	if (isUnchecked) {
		const { events, filter } = readAdmission(parameters);
		if (!events.includes(event.name) || !passes(event, filter)) return [];
	}
	const { fetchRun: isToFetch, output } = readTreatment(parameters);
	return eventItems(isToFetch ? await withRunAsItIsNow(n8n, event) : event, output);
}

/** Only events that Truto has sent to an active workflow are recorded: a retry by hand runs again. */
async function isFirst(n8n: IExecuteFunctions, { key }: ReceivedEvent): Promise<boolean> {
	if (n8n.getMode() !== 'webhook') return true;
	const trigger = triggerKey(n8n);
	// Not before Truto has the answer: if n8n crashes now, Truto sends the event again.
	const delivery = deliveryOf(trigger, key, Date.now());
	delivery?.markStarted();
	await delivery?.answered;
	try {
		return await recordedEventsOf(trigger).isFirst(
			{ key, executionId: n8n.getExecutionId() },
			async (keys, maxEntries) => {
				const options = { mode: 'entries', maxEntries } as const;
				const checked = await n8n.helpers.checkProcessedAndRecord(keys, 'node', options);
				return checked.new.map(String);
			},
		);
	} catch (error) {
		n8n.logger.warn(
			`${nameOf(n8n)} could not find out whether an event was received before, so it starts the workflow: ${String(error)}`,
		);
		return true;
	}
}

/** The event with the run as it is now, or with the event's own run if that can't be fetched. */
async function withRunAsItIsNow(n8n: IExecuteFunctions, event: TrutoEvent): Promise<TrutoEvent> {
	const { name, payload } = event;
	if (eventSubject(name) !== 'run' || name === 'sync_job_run:deleted') return event;
	if (!isJsonRecord(payload) || typeof payload.id !== 'string') return event;
	const cancelled = n8n.getExecutionCancelSignal();
	try {
		const client = await clientForItem(n8n, 0, () => ({
			lane: n8n.getExecutionId(),
			maxRetries: 1,
			requestsPerTenSeconds: Number.POSITIVE_INFINITY,
			signal: cancelled,
			hasOptions: false,
		}));
		const run = await fetchRun(client, payload.id, { withinMs: FETCH_WITHIN_MS });
		return { ...event, payload: run };
	} catch (error) {
		cancelled?.throwIfAborted();
		const reason = error instanceof Error ? error.message : String(error);
		const message = `The run is shown as it was at the time of the event, because it could not be fetched: ${reason}`;
		n8n.addExecutionHints({ message, location: 'outputPane', type: 'warning' });
		n8n.logger.warn(`${nameOf(n8n)}. ${message}`);
		return event;
	}
}
