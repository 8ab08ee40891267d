import type { IHookFunctions } from 'n8n-workflow';

import { ExplainedError } from '../../lib/explainedError';
import type { JsonRecord } from '../../lib/json';
import type { TrutoClient } from '../../lib/api/client';
import { listEntries } from '../../lib/api/lists';
import { deleteOne, fetchOne, unlessGone } from '../../lib/api/things';
import { WEBHOOK } from '../../lib/truto/kinds';
import { toNodeError } from '../../lib/n8n/nodeError';
import { clientFor } from '../../lib/n8n/clients';
import { TrutoError } from '../../lib/api/trutoError';
import { forgetTrigger } from './seenEvents';
import { canReceive, fits, TARGET_ADVICE } from './webhookTarget';
import { memoryOf, triggerKey } from './memory';
import { readFilter } from './parameters';

/**
 * Whether the webhook that this trigger made at Truto still serves. One that does not is removed:
 * another address or other events were chosen, or Truto gave it up after failed deliveries.
 */
export async function isRegistered(n8n: IHookFunctions): Promise<boolean> {
	return await explaining(n8n, async () => {
		const { webhookId, secret } = memoryOf(n8n);
		if (webhookId === undefined) return false;
		const client = await hookClient(n8n);
		const webhook = await fetchWebhook(client, webhookId);
		if (!webhook) return false;
		// Without the secret, which Truto tells only once, no event can be trusted.
		if (secret !== undefined && fits(webhook, targetOf(n8n), eventsOf(n8n))) return true;
		await removeWebhook(client, webhookId);
		return false;
	});
}

/** Makes the webhook at Truto and keeps its id and secret. */
export async function register(n8n: IHookFunctions): Promise<void> {
	await explaining(n8n, async () => {
		const client = await hookClient(n8n);
		const target = targetOf(n8n);
		if (!canReceive(target, client.origin)) {
			throw new ExplainedError(`Truto can't send events to ${target}`, TARGET_ADVICE);
		}
		readFilter(n8n);
		await removeWebhooksTo(client, target);
		const { id, secret } = await createWebhook(client, target, eventsOf(n8n));
		if (typeof id !== 'string' || typeof secret !== 'string') {
			await removeWebhooksTo(client, target);
			throw new ExplainedError(
				'Truto made the webhook, but told no secret',
				'Events could not be trusted without it. Check that the Base URL of the credential is the API of Truto.',
			);
		}
		Object.assign(memoryOf(n8n), { webhookId: id, secret });
	});
}

/** Removes the webhook from Truto. Where that fails, it says so in n8n's log and does not get in the way. */
export async function unregister(n8n: IHookFunctions): Promise<void> {
	const memory = memoryOf(n8n);
	const target = targetOf(n8n);
	try {
		const client = await hookClient(n8n);
		// There is no id where n8n gave up an activation before it had stored one.
		if (memory.webhookId !== undefined) await removeWebhook(client, memory.webhookId);
		else if (canReceive(target, client.origin)) await removeWebhooksTo(client, target);
	} catch (error) {
		const { message, description } = toNodeError(error, n8n.getNode());
		n8n.logger.warn(
			`Truto Trigger: the webhook ${memory.webhookId ?? '(no ID)'} to ${target} may be left at Truto. ${message}. ${description ?? ''}`,
		);
	}
	delete memory.webhookId;
	delete memory.secret;
	forgetTrigger(triggerKey(n8n));
}

async function createWebhook(
	client: TrutoClient,
	target: string,
	events: string[],
): Promise<JsonRecord> {
	const body = { target_url: target, event_types: events, is_active: true };
	const about = `a webhook to ${target}`;
	const request = { method: 'POST', path: '/webhook', body, about } as const;
	return await client.sendForRecord(request).catch(async (error: unknown) => {
		if (!(error instanceof TrutoError)) throw error;
		if (error.status === 400 || error.status === 422) {
			throw new ExplainedError(error.message, `${TARGET_ADVICE} ${error.description}`);
		}
		// Truto may have made it although its answer did not arrive. This error says more than the next one.
		if (error.status === undefined || error.status >= 500) {
			await removeWebhooksTo(client, target).catch(() => undefined);
		}
		throw error;
	});
}

async function fetchWebhook(client: TrutoClient, id: string): Promise<JsonRecord | undefined> {
	return await unlessGone(fetchOne(client, WEBHOOK, id));
}

async function removeWebhook(client: TrutoClient, id: string): Promise<void> {
	await unlessGone(deleteOne(client, WEBHOOK, id));
}

/** What an earlier activation may have left behind: the address is this trigger's alone. */
async function removeWebhooksTo(client: TrutoClient, target: string): Promise<void> {
	const list = { path: '/webhook', query: {}, about: 'the list of webhooks' };
	const webhooks = await listEntries(client, list);
	for (const { id, target_url: url } of webhooks) {
		if (url === target) await removeWebhook(client, String(id));
	}
}

async function hookClient(n8n: IHookFunctions): Promise<TrutoClient> {
	return await clientFor(n8n, { lane: 'webhooks', maxRetries: 2, timeoutMs: 30_000 });
}

function targetOf(n8n: IHookFunctions): string {
	return n8n.getNodeWebhookUrl('default') ?? '';
}

function eventsOf(n8n: IHookFunctions): string[] {
	const events = n8n.getNodeParameter('events') as string[];
	if (events.length > 0) return events;
	// Truto would take an empty list for all events.
	throw new ExplainedError('No events are chosen', 'Choose at least one under "Events".');
}

/** n8n shows an activation's error by its message alone: what to do must stand in it, too. */
async function explaining<T>(n8n: IHookFunctions, work: () => Promise<T>): Promise<T> {
	return await work().catch((cause: unknown) => {
		const error = toNodeError(cause, n8n.getNode());
		if (error.description) error.message += `. ${error.description}`;
		throw error;
	});
}
