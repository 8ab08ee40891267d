import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import type { TrutoEvent } from '../../lib/events/event';
import { eventItems, eventThing } from '../../lib/events/eventItems';
import { isJsonRecord } from '../../lib/json';
import { eventNames } from '../../lib/n8n/eventNames';
import { itemsOf } from '../../lib/n8n/items';
import { toNodeError } from '../../lib/n8n/nodeError';
import { notStartedBefore } from '../../lib/n8n/startedBefore';
import { triggerKey, triggerParameters } from '../../lib/n8n/trigger';
import { openDelivery } from './deliveries';
import { isWaitedFor, readAdmission, readEventOutput, readIncludeNames } from './parameters';

/** What the request passes on to the execution that it starts. */
interface ReceivedEvent {
	event: TrutoEvent;
	/** Identifies the event. */
	key: string;
	/** The parameters could not be read when the request came. */
	isUnchecked: boolean;
}

/** The item that an execution starts with, for {@link startWorkflow}. */
export function handOn(received: ReceivedEvent): INodeExecutionData {
	return { json: { ...received } as unknown as IDataObject };
}

/**
 * Starts the workflow for an event that was handed on, with the event's items. An event that has started
 * the workflow before, in this process or another one, gives none, and the execution ends here.
 */
export async function startWorkflow(n8n: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	const input = n8n.getInputData();
	const received = receivedIn(input[0]);
	if (!received) return [input];
	try {
		if (!(await isFirst(n8n, received.key))) return [[]];
		return [await itemsFor(n8n, received)];
	} catch (error) {
		throw toNodeError(error, n8n.getNode());
	}
}

/** What was handed on; undefined if the execution was started in another way. */
function receivedIn(item: INodeExecutionData | undefined): ReceivedEvent | undefined {
	const { event, key } = item?.json ?? {};
	if (!isJsonRecord(event) || typeof event.name !== 'string' || typeof key !== 'string') {
		return undefined;
	}
	return item?.json as unknown as ReceivedEvent;
}

/** Only events that Truto has sent to an active workflow are recorded: a retry by hand runs again. */
async function isFirst(n8n: IExecuteFunctions, key: string): Promise<boolean> {
	if (n8n.getMode() !== 'webhook') return true;
	// Not before Truto has the answer: if n8n crashes now, Truto sends the event again.
	const delivery = openDelivery(triggerKey(n8n), key, Date.now());
	delivery?.markStarted();
	await delivery?.answered;
	return (await notStartedBefore(n8n, [key])).has(key);
}

async function itemsFor(
	n8n: IExecuteFunctions,
	received: ReceivedEvent,
): Promise<INodeExecutionData[]> {
	const { event, isUnchecked } = received;
	const parameters = triggerParameters(n8n);
	if (isUnchecked && !isWaitedFor(event, readAdmission(parameters))) return [];
	const output = readEventOutput(parameters);
	const [names] = readIncludeNames(parameters) ? await eventNames(n8n, [eventThing(event)]) : [];
	return itemsOf(eventItems(event, output, names), 0);
}
