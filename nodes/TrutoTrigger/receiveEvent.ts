import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { readRunOutput } from '../../lib/parameters/runOutput';
import { isJsonRecord } from '../../lib/json';
import { fetchRun } from '../../lib/api/syncJobRuns';
import { clientFor } from '../../lib/n8n/clients';
import { memoryOf, triggerKey } from './memory';
import { readerOf, readFilter, toleranceMs, type TriggerOptions } from './parameters';
import { eventItems, RECORD_EVENT } from './eventItems';
import { seenBy } from './seenEvents';
import { isSignedBy } from './signature';
import { isTooOld, passes, readEvent, type TrutoEvent } from './trutoEvent';

/** Far more than any run has; n8n itself takes 16 MB unless told otherwise. */
const LARGEST_BODY = 10_000_000;

const NO_BODY = Buffer.alloc(0);

/** Truto waits for the answer meanwhile. */
const FETCH_WITHIN_MS = 5_000;

/**
 * Starts the workflow for an event of Truto, once and only if it is genuine. n8n answers 200 as soon as
 * it has stored the execution, so that the workflow's length does not make Truto try again.
 */
export async function receiveEvent(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	// n8n reads forms by itself and leaves no raw body; no event of Truto comes as a form.
	const { rawBody = NO_BODY } = n8n.getRequestObject() as { rawBody?: Buffer };
	const memory = memoryOf(n8n);
	if (rawBody.length > LARGEST_BODY) return refuse(n8n, 413, 'The event is too large');
	const signature = n8n.getHeaderData()['x-truto-signature'];
	if (!isSignedBy(memory.secret ?? '', signature, rawBody)) {
		return refuse(n8n, 401, 'The signature is missing or wrong');
	}
	const event = readEvent(rawBody.toString());
	if (!event) return refuse(n8n, 400, 'The body is not an event of Truto');
	const options = n8n.getNodeParameter('options', {}) as TriggerOptions;
	if (isTooOld(event, Date.now(), toleranceMs(options))) {
		return refuse(n8n, 401, 'The event is too old');
	}
	const events = n8n.getNodeParameter('events') as string[];
	if (!events.includes(event.event) || !passes(event, readFilter(n8n))) {
		return { webhookResponse: 'The event is not one that this workflow waits for' };
	}
	const seen = seenBy(triggerKey(n8n), memory.seen);
	if (!seen.add(event.id)) return { webhookResponse: 'The event was here before' };
	memory.seen = seen.toStoreWith(event.id);
	const response = n8n.getResponseObject();
	response.once('close', () => {
		if (response.statusCode === 200) seen.markAnswered(event.id);
		// n8n could not start the execution: Truto tries again, and then the event must not be a double.
		else seen.forget(event.id);
	});
	if (options.fetchRun) await refresh(n8n, event);
	const items = eventItems(event, {
		...readRunOutput(readerOf(n8n)),
		splitRecords: n8n.getNodeParameter('splitRecords', false) as boolean,
	});
	return { workflowData: [n8n.helpers.returnJsonArray(items as IDataObject[])] };
}

function refuse(n8n: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	n8n.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}

/** Puts the run as it is now in the place of the event's; where that fails, the event's must do. */
async function refresh(n8n: IWebhookFunctions, event: TrutoEvent): Promise<void> {
	const { payload } = event;
	if (event.event.startsWith(RECORD_EVENT) || !isJsonRecord(payload)) return;
	if (typeof payload.id !== 'string') return;
	try {
		const client = await clientFor(n8n, {
			lane: 'events',
			maxRetries: 1,
			timeoutMs: FETCH_WITHIN_MS,
			signal: AbortSignal.timeout(FETCH_WITHIN_MS),
		});
		event.payload = await fetchRun(client, payload.id);
	} catch (error) {
		n8n.logger.warn(`Truto Trigger: the run was not fetched. ${String(error)}`);
	}
}
