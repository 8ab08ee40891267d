import { ExplainedError } from '../explainedError';
import type { JsonRecord } from '../json';
import { pathOf, STATE_ENTRY } from '../truto/kinds';
import type { TrutoClient, TrutoRequest } from '../transport/client';
import { asSent, listEntries, listOf } from './lists';
import { sendDelete } from './things';

/** Where an entry of a state is. State keys separate the entries of sync jobs and accounts. */
export interface EntryId {
	stateKey: string;
	key: string;
}

/** `GET /sync-job-run-state/{key}?state_key=…`. @throws {TrutoError} */
export async function fetchStateEntry(client: TrutoClient, id: EntryId): Promise<JsonRecord> {
	return await client.sendForRecord({ method: 'GET', ...requestOf(id) });
}

/** `GET /sync-job-run-state?state_key=…`. @throws {TrutoError} */
export async function listStateEntries(
	client: TrutoClient,
	{ stateKey, limit }: { stateKey: string; limit?: number },
): Promise<JsonRecord[]> {
	return await listEntries(client, {
		...listOf(STATE_ENTRY),
		query: { state_key: stateKey },
		about: `the list of entries of state ${stateKey}`,
		read: asSent,
		limit,
	});
}

/** `POST /sync-job-run-state?state_key=…`: creates an entry or changes the one that is there. @throws {TrutoError} */
export async function postStateEntry(
	client: TrutoClient,
	id: EntryId,
	value: string,
): Promise<JsonRecord> {
	return await client.sendForSuccess({
		...requestOf(id),
		method: 'POST',
		path: `/${STATE_ENTRY.collection}`,
		body: { key: id.key, value },
	});
}

/**
 * `DELETE /sync-job-run-state/{key}?state_key=…`.
 *
 * @param isDone as in {@link TrutoRequest}
 * @throws as {@link sendDelete}
 */
export async function deleteStateEntry(
	client: TrutoClient,
	id: EntryId,
	isDone: TrutoRequest['isDone'],
): Promise<void> {
	await sendDelete(client, { ...requestOf(id), isDone });
}

function requestOf({ stateKey, key }: EntryId): Omit<TrutoRequest, 'method'> {
	// Encoding leaves dots as they are, and these two would lead to another endpoint.
	if (key === '.' || key === '..') {
		throw new ExplainedError(`'Key' is not valid: ${key}`, 'Enter the key of a state entry.');
	}
	return {
		path: pathOf(STATE_ENTRY, key),
		query: { state_key: stateKey },
		about: `${STATE_ENTRY.noun} ${key} of state ${stateKey}`,
	};
}
