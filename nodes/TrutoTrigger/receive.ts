import type { IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';

import { eventKey, type TrutoEvent } from '../../lib/events/event';
import { triggerKey, triggerParameters } from '../../lib/n8n/trigger';
import { countOf } from '../../lib/text';
import { deliveriesOf } from './deliveries';
import { DEFAULT_TOLERANCE_MS, isWaitedFor, readAdmission, type Admission } from './parameters';
import { logRefusal } from './refusals';
import { mendRegistration } from './registration/mend';
import { newerSecret, noteLoss, restoreNewest, storedRegistration } from './registration/stored';
import {
	isMultipart,
	isSignedBy,
	readingsOf,
	readSignature,
	type Reading,
	type ReceivedRequest,
} from './signedEvent';
import { handOn } from './start';

/**
 * Receives a request. If it is a genuine event, passes it on to the execution that it starts, once per
 * event. It sends no request and reads no credential unless a signature is wrong, so refusals are cheap.
 * n8n 2.35 and newer send a 200 response after they have stored the execution, older n8n before that.
 *
 * n8n itself limits the size of a body (`N8N_PAYLOAD_SIZE_MAX`), so there is no limit here.
 *
 * A response other than 200 stops a sync that sends its records to this webhook. So anything that Truto
 * has signed gets 200, even if this trigger doesn't wait for it or understand it. The only exception is an
 * event whose time is too far away: it may be a repeated one that somebody has recorded.
 */
export async function receiveEvent(n8n: IWebhookFunctions): Promise<IWebhookResponseData> {
	const request: ReceivedRequest = n8n.getRequestObject();
	const signature = readSignature(n8n.getHeaderData()['x-truto-signature']);
	const reading = signature && verifiedReading(n8n, request, signature);
	if (!reading) return await refuseUnverified(n8n, request, signature !== undefined);
	const event = reading.event();
	if (!event) {
		logRefusal(
			n8n,
			'no event',
			'received a signed body that is not an event it knows. The workflow was not started.',
		);
		return ignore(n8n, 'The body is not an event that this trigger knows');
	}
	const admission = tryToReadAdmission(n8n);
	const age = event.createdAt === null ? 0 : Date.now() - event.createdAt;
	if (Math.abs(age) > (admission?.toleranceMs ?? DEFAULT_TOLERANCE_MS)) {
		return refuseForItsTime(n8n, age);
	}
	if (admission && !isWaitedFor(event, admission)) {
		return ignore(n8n, 'The event is not one that this workflow waits for');
	}
	return await startOnce(n8n, event, eventKey(event, String(reading.signed)), !admission);
}

/** undefined if a parameter is not valid: the execution then fails with an error that people see. */
function tryToReadAdmission(n8n: IWebhookFunctions): Admission | undefined {
	try {
		return readAdmission(triggerParameters(n8n));
	} catch {
		return undefined;
	}
}

function verifiedReading(
	n8n: IWebhookFunctions,
	request: ReceivedRequest,
	signature: Buffer,
): Reading | undefined {
	const stored = storedRegistration(n8n);
	const { secret = '' } = stored;
	const readings = readingsOf(request);
	const verified = readings.find(({ signed }) => isSignedBy(secret, signature, signed));
	if (verified) return verified;
	const trigger = triggerKey(n8n);
	const newer = newerSecret(trigger, stored) ?? '';
	const saved = readings.find(({ signed }) => isSignedBy(newer, signature, signed));
	if (saved) noteLoss(trigger);
	return saved;
}

async function refuseUnverified(
	n8n: IWebhookFunctions,
	request: ReceivedRequest,
	isWellFormed: boolean,
): Promise<IWebhookResponseData> {
	if (isWellFormed && isMultipart(request)) {
		logRefusal(
			n8n,
			'form',
			'received an event as a form. The workflow was not started, because n8n does not keep the body that was signed. Set up the webhook in Truto to send JSON.',
		);
		return ignore(n8n, "The signature of a form can't be verified");
	}
	if (isWellFormed && (await mendRegistration(n8n))) {
		return answer(n8n, 503, "The signature can't be verified at the moment");
	}
	logRefusal(
		n8n,
		'signature',
		'refused an event (401): its signature is missing or wrong. It does not come from Truto, a proxy changed it, or it comes from a former webhook of this trigger.',
	);
	restoreNewest(triggerKey(n8n), storedRegistration(n8n));
	return answer(n8n, 401, 'The signature is missing or wrong');
}

function refuseForItsTime(n8n: IWebhookFunctions, age: number): IWebhookResponseData {
	const seconds = Math.round(Math.abs(age) / 1000);
	const [time, message] = age > 0 ? ['in the past', 'old'] : ['in the future', 'far in the future'];
	logRefusal(
		n8n,
		'time',
		`refused an event (401): its time is ${countOf(seconds, 'second')} ${time}. If this keeps happening, check the clock of this machine, or raise 'Tolerance (Minutes)'.`,
	);
	restoreNewest(triggerKey(n8n), storedRegistration(n8n));
	return answer(n8n, 401, `The event is too ${message}`);
}

/** Answers 200 without starting the workflow. */
function ignore(n8n: IWebhookFunctions, message: string): IWebhookResponseData {
	restoreNewest(triggerKey(n8n), storedRegistration(n8n));
	return { webhookResponse: message };
}

/** @param isUnchecked the execution must still find out whether the workflow waits for the event */
async function startOnce(
	n8n: IWebhookFunctions,
	event: TrutoEvent,
	key: string,
	isUnchecked: boolean,
): Promise<IWebhookResponseData> {
	const delivery = await deliveriesOf(triggerKey(n8n)).take(key, Date.now());
	if (!delivery) return ignore(n8n, 'The event was received before');
	const response = n8n.getResponseObject();
	const onClose = () => {
		// If the sender has hung up, the status is still 200, but Truto didn't get it.
		delivery.markAnswered(response.writableFinished && response.statusCode === 200);
	};
	if (response.closed) onClose();
	else response.once('close', onClose);
	return { workflowData: [[handOn({ event, key, isUnchecked })]] };
}

/** The answer to a request that doesn't start the workflow. */
function answer(n8n: IWebhookFunctions, status: number, message: string): IWebhookResponseData {
	n8n.getResponseObject().status(status).json({ message });
	return { noWebhookResponse: true };
}
