import type { Json, JsonRecord } from '../json';
import { WEBHOOK } from '../truto/kinds';
import type { TrutoClient } from '../transport/client';
import { asSent, listEntries, listOf } from './lists';
import { deleteOne, fetchOne, unlessGone } from './things';

/**
 * `POST /webhook`: makes a webhook that sends these events to an address.
 *
 * @returns the webhook with its `secret`, which Truto only sends here
 * @throws {TrutoError}
 */
export async function postWebhook(
	client: TrutoClient,
	target: string,
	events: string[],
): Promise<JsonRecord> {
	return await client.sendForRecord({
		method: 'POST',
		path: `/${WEBHOOK.collection}`,
		body: { target_url: target, event_types: events, is_active: true },
		about: `a webhook to ${target}`,
	});
}

/**
 * `GET /webhook/{id}`; undefined if Truto does not know it (any more).
 *
 * @param withinMs when to give up, in milliseconds
 * @throws {TrutoError}
 */
export async function fetchWebhook(
	client: TrutoClient,
	id: string,
	withinMs?: number,
): Promise<JsonRecord | undefined> {
	return await unlessGone(fetchOne(client, WEBHOOK, id, { withinMs }));
}

/** Whether two texts are the same address: Truto may write it in another way than n8n. */
export function isSameAddress(one: Json | undefined, other: string): boolean {
	return addressOf(String(one)) === addressOf(other);
}

/** The host in lower case, and neither a default port nor a slash at the end. */
function addressOf(text: string): string {
	return (URL.canParse(text) ? new URL(text).href : text).replace(/\/+$/, '');
}

/** The webhooks of the environment that send to an address. @throws as `listEntries` */
export async function webhooksTo(client: TrutoClient, target: string): Promise<JsonRecord[]> {
	const webhooks = await listEntries(client, { ...listOf(WEBHOOK), query: {}, read: asSent });
	return webhooks.filter((webhook) => isSameAddress(webhook.target_url, target));
}

/**
 * Deletes the webhooks of the environment that send to an address, and no others.
 *
 * @returns their ids
 * @throws as `listEntries`
 */
export async function deleteWebhooksTo(client: TrutoClient, target: string): Promise<string[]> {
	const ids = (await webhooksTo(client, target)).map(({ id }) => String(id));
	await Promise.all(ids.map(async (id) => await unlessGone(deleteOne(client, WEBHOOK, id))));
	return ids;
}
