import type { IHookFunctions } from 'n8n-workflow';

import type { TrutoClient } from '../../../lib/transport/client';
import { deleteWebhooksTo, fetchWebhook } from '../../../lib/api/webhooks';
import { ExplainedError } from '../../../lib/explainedError';
import { clientFor } from '../../../lib/n8n/clients';
import { toNodeError } from '../../../lib/n8n/nodeError';
import {
	activationError,
	triggerKey,
	triggerName,
	triggerParameters,
} from '../../../lib/n8n/trigger';
import { forgetDeliveries } from '../deliveries';
import { readAdmission, readEventOutput } from '../parameters';
import { forgetRefusals } from '../refusals';
import { forgetMending } from './mend';
import { replaceWebhook } from './replace';
import { forgetNewest, storedRegistration } from './stored';
import { canReceive, fits, TARGET_ADVICE } from './target';

/**
 * Whether the webhook that this trigger created in Truto can still be used. If not, {@link register}
 * replaces it: other events are selected, Truto gave it up after failed deliveries, or n8n has another
 * address now.
 */
export async function isRegistered(n8n: IHookFunctions): Promise<boolean> {
	return await explaining(n8n, async () => {
		const { webhookId, secret } = storedRegistration(n8n);
		// Without the secret, which Truto only sends once, no event can be trusted.
		if (webhookId === undefined || secret === undefined) return false;
		const { events } = readAdmission(triggerParameters(n8n));
		const client = await hookClient(n8n);
		const webhook = await fetchWebhook(client, webhookId);
		if (webhook === undefined) return false;
		if (webhook.target_url === targetOf(n8n)) return fits(webhook, events);
		leave(n8n, webhookId, webhook.target_url);
		return false;
	});
}

/** Creates the webhook in Truto and stores its id and secret. */
export async function register(n8n: IHookFunctions): Promise<void> {
	await explaining(n8n, async () => {
		const client = await hookClient(n8n);
		const target = targetOf(n8n);
		if (!canReceive(target, client.origin)) {
			throw new ExplainedError(`Truto can't send events to ${target}`, TARGET_ADVICE);
		}
		const { events } = readAdmission(triggerParameters(n8n));
		readEventOutput(triggerParameters(n8n));
		const id = await replaceWebhook(n8n, client, target, events);
		n8n.logger.info(
			`${triggerName(n8n)} receives events through the webhook ${id} at ${target}. Start sync job runs with this webhook to receive their records.`,
		);
	});
}

/**
 * Deletes the webhooks to this trigger's address in Truto, and no others. If that fails, n8n's log says
 * so, and the workflow is deactivated anyway.
 */
export async function unregister(n8n: IHookFunctions): Promise<void> {
	const stored = storedRegistration(n8n);
	const target = targetOf(n8n);
	try {
		const client = await hookClient(n8n);
		if (canReceive(target, client.origin)) await removeOwn(n8n, client, target, stored.webhookId);
	} catch (error) {
		const { message, description } = toNodeError(error, n8n.getNode());
		n8n.logger.warn(
			`${triggerName(n8n)} may have left the webhook ${stored.webhookId ?? '(no ID)'} to ${target} in Truto: ${message}. ${description ?? ''}`,
		);
	}
	delete stored.webhookId;
	delete stored.secret;
	const trigger = triggerKey(n8n);
	for (const forget of [forgetDeliveries, forgetNewest, forgetRefusals, forgetMending]) {
		forget(trigger);
	}
}

async function removeOwn(
	n8n: IHookFunctions,
	client: TrutoClient,
	target: string,
	storedId: string | undefined,
): Promise<void> {
	const removed = await deleteWebhooksTo(client, target);
	if (storedId === undefined || removed.includes(storedId)) return;
	const webhook = await fetchWebhook(client, storedId);
	if (webhook) leave(n8n, storedId, webhook.target_url);
}

/** It belongs to the n8n that this one is a copy of, or to the address that this one had before. */
function leave(n8n: IHookFunctions, webhookId: string, address: unknown): void {
	n8n.logger.warn(
		`${triggerName(n8n)} leaves the webhook ${webhookId} in Truto as it is: it sends to ${String(address)}, and this n8n receives at ${targetOf(n8n)}. If no other n8n uses it, delete it in Truto.`,
	);
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
