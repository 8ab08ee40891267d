import type { IHookFunctions } from 'n8n-workflow';

import { deleteWebhooksTo, fetchWebhook, isSameAddress } from '../../../lib/api/webhooks';
import type { Json } from '../../../lib/json';
import { clientFor } from '../../../lib/n8n/clients';
import {
	activationError,
	isTrutoAway,
	reasonOf,
	triggerKey,
	triggerName,
	triggerParameters,
} from '../../../lib/n8n/trigger';
import type { TrutoClient } from '../../../lib/transport/client';
import { forgetDeliveries } from '../deliveries';
import { readAdmission, readEventOutput } from '../parameters';
import { forgetRefusals } from '../refusals';
import { stopTrying, tryLater } from './later';
import { forgetMending } from './mend';
import { replaceWebhook } from './replace';
import { forgetNewest, storedRegistration } from './stored';
import { canReceive, fits, noPublicAddress } from './target';

/** n8n activates one workflow after the other, so a Truto that doesn't answer must not hold it up. */
const CHECK_WITHIN_MS = 10_000;

/** What an activation needs. All of it is read first: later, n8n can't evaluate parameters any more. */
interface Activation {
	n8n: IHookFunctions;
	client: TrutoClient;
	target: string;
	events: string[];
}

/**
 * Whether the webhook that this trigger created in Truto can still be used. If not, {@link register}
 * replaces it: other events are selected, Truto gave it up after failed deliveries, or n8n has another
 * address now. If Truto can't be asked, it counts as usable, and is checked later.
 */
export async function isRegistered(n8n: IHookFunctions): Promise<boolean> {
	return await explaining(n8n, async () => {
		await stopTrying(triggerKey(n8n));
		const stored = storedRegistration(n8n);
		if (n8n.getMode() === 'manual') stored.isTest = true;
		const { webhookId, secret } = stored;
		// Without the secret, which Truto only sends once, no event can be trusted.
		if (webhookId === undefined || secret === undefined) return false;
		const activation = await activationOf(n8n);
		return await canBeUsed(activation, webhookId).catch(async (error: unknown) => {
			await activateAnyway(activation, error);
			return true;
		});
	});
}

/** Creates the webhook in Truto and stores its id and secret. */
export async function register(n8n: IHookFunctions): Promise<void> {
	await explaining(n8n, async () => {
		const activation = await activationOf(n8n);
		const { client, target } = activation;
		if (!canReceive(target, client.origin)) throw noPublicAddress(target);
		readEventOutput(triggerParameters(n8n));
		await replace(activation).catch(async (error: unknown) => {
			await activateAnyway(activation, error);
		});
	});
}

/**
 * Deletes the webhooks to this trigger's address in Truto, and no others. If that fails, n8n's log says
 * so, and the workflow is deactivated anyway. What could not be deleted is not forgotten: the next
 * activation uses or replaces it, and the next deactivation deletes it.
 */
export async function unregister(n8n: IHookFunctions): Promise<void> {
	const stored = storedRegistration(n8n);
	const trigger = triggerKey(n8n, stored.isTest);
	await stopTrying(trigger);
	forgetRefusals(trigger);
	forgetMending(trigger);
	try {
		await removeOwn(n8n, stored.webhookId);
	} catch (error) {
		const webhook =
			stored.webhookId === undefined ? 'a webhook' : `the webhook ${stored.webhookId}`;
		n8n.logger.warn(
			`${triggerName(n8n)} may have left ${webhook} to ${targetOf(n8n)} in Truto: ${reasonOf(n8n, error)}`,
		);
		return;
	}
	delete stored.webhookId;
	delete stored.secret;
	delete stored.createdAt;
	forgetDeliveries(trigger);
	forgetNewest(trigger);
}

async function removeOwn(n8n: IHookFunctions, storedId: string | undefined): Promise<void> {
	const client = await hookClient(n8n);
	const target = targetOf(n8n);
	const removed = canReceive(target, client.origin) ? await deleteWebhooksTo(client, target) : [];
	if (storedId === undefined || removed.includes(storedId)) return;
	const webhook = await fetchWebhook(client, storedId);
	if (webhook) leave(n8n, storedId, webhook.target_url);
	else warnOfUnknown(n8n, storedId);
}

async function canBeUsed(
	{ n8n, client, target, events }: Activation,
	webhookId: string,
): Promise<boolean> {
	const webhook = await fetchWebhook(client, webhookId, CHECK_WITHIN_MS);
	if (webhook === undefined) {
		warnOfUnknown(n8n, webhookId);
		return false;
	}
	if (isSameAddress(webhook.target_url, target)) return fits(webhook, events);
	leave(n8n, webhookId, webhook.target_url);
	return false;
}

async function replace({ n8n, client, target, events }: Activation): Promise<void> {
	const id = await replaceWebhook(n8n, client, target, events);
	n8n.logger.info(
		`${triggerName(n8n)} receives events through the webhook ${id} at ${target}. Start sync job runs with this webhook to receive their records.`,
	);
}

/**
 * Lets n8n activate the workflow although Truto could not be asked, because n8n soon gives up for good.
 * The webhook is checked as soon as Truto answers, and replaced if that is necessary.
 *
 * @throws the error if there has been no webhook so far, somebody waits for a test event, or Truto has
 * refused the request
 */
async function activateAnyway(activation: Activation, error: unknown): Promise<void> {
	const { n8n } = activation;
	const { webhookId, secret } = storedRegistration(n8n);
	if (webhookId === undefined || secret === undefined) throw error;
	if (n8n.getMode() === 'manual' || !isTrutoAway(error)) throw error;
	n8n.logger.warn(
		`${triggerName(n8n)} is active, but could not check its webhook ${webhookId}: ${reasonOf(n8n, error)} It will check again.`,
	);
	await tryLater(triggerKey(n8n), async () => await checkAgain(activation, webhookId));
}

/** @returns false if Truto still can't be asked */
async function checkAgain(activation: Activation, webhookId: string): Promise<boolean> {
	const { n8n } = activation;
	try {
		if (!(await canBeUsed(activation, webhookId))) await replace(activation);
	} catch (error) {
		if (isTrutoAway(error)) return false;
		n8n.logger.warn(
			`${triggerName(n8n)} could not check its webhook ${webhookId}, and may get no events: ${reasonOf(n8n, error)} Then deactivate and activate the workflow.`,
		);
	}
	return true;
}

/** It belongs to the n8n that this one is a copy of, or to the address that this one had before. */
function leave(n8n: IHookFunctions, webhookId: string, address: Json | undefined): void {
	n8n.logger.warn(
		`${triggerName(n8n)} leaves the webhook ${webhookId} in Truto as it is: it sends to ${String(address)}, and this n8n receives at ${targetOf(n8n)}. If no other n8n uses it, delete it in Truto.`,
	);
}

/** Somebody has deleted it, or the token belongs to another environment than before. */
function warnOfUnknown(n8n: IHookFunctions, webhookId: string): void {
	n8n.logger.warn(
		`${triggerName(n8n)} had the webhook ${webhookId}, which Truto does not know in the environment of the API token. If the token belonged to another environment before, delete the webhook there.`,
	);
}

async function activationOf(n8n: IHookFunctions): Promise<Activation> {
	const { events } = readAdmission(triggerParameters(n8n));
	return { n8n, client: await hookClient(n8n), target: targetOf(n8n), events };
}

async function hookClient(n8n: IHookFunctions): Promise<TrutoClient> {
	return await clientFor(n8n, { lane: 'webhooks', maxRetries: 2, timeoutMs: 30_000 });
}

function targetOf(n8n: IHookFunctions): string {
	return n8n.getNodeWebhookUrl('default') ?? '';
}

async function explaining<T>(n8n: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((cause: unknown) => {
		throw activationError(cause, n8n.getNode());
	});
}
