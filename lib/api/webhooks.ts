import type { JsonRecord } from '../json';
import { WEBHOOK } from '../truto/kinds';
import type { TrutoClient } from '../transport/client';
import { listEntries } from './lists';
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
		path: '/webhook',
		body: { target_url: target, event_types: events, is_active: true },
		about: `a webhook to ${target}`,
	});
}

/** `GET /webhook/{id}`; undefined if Truto does not know it (any more). @throws {TrutoError} */
export async function fetchWebhook(
	client: TrutoClient,
	id: string,
): Promise<JsonRecord | undefined> {
	return await unlessGone(fetchOne(client, WEBHOOK, id));
}

/** The webhooks of the environment that send to an address. @throws as `listEntries` */
export async function webhooksTo(client: TrutoClient, target: string): Promise<JsonRecord[]> {
	const list = { path: '/webhook', query: {}, about: 'the list of webhooks' };
	const webhooks = await listEntries(client, list);
	return webhooks.filter((webhook) => webhook.target_url === target);
}

/**
 * Deletes the webhooks of the environment that send to an address, and no others.
 *
 * @returns their ids
 * @throws as `listEntries`
 */
export async function deleteWebhooksTo(client: TrutoClient, target: string): Promise<string[]> {
	const ids = (await webhooksTo(client, target)).map(({ id }) => String(id));
	for (const id of ids) await unlessGone(deleteOne(client, WEBHOOK, id));
	return ids;
}
