import { isJsonRecord, parseJson, type Json } from '../../lib/json';
import { timestamp } from '../../lib/truto/timestamp';

/** What Truto sends to a webhook (*Webhooks* in its API docs). */
export interface TrutoEvent {
	id: string;
	/** For example `sync_job_run:completed`. */
	event: string;
	/** The run, or what surrounds its records. */
	payload: Json;
	created_at: string | null;
}

/** @returns undefined where the body is no event */
export function readEvent(body: string): TrutoEvent | undefined {
	const event = parseJson(body);
	if (!isJsonRecord(event)) return undefined;
	const { id, event: name, payload = null, created_at: createdAt } = event;
	if (typeof id !== 'string' || typeof name !== 'string') return undefined;
	return { id, event: name, payload, created_at: typeof createdAt === 'string' ? createdAt : null };
}

/** An event without a readable time is not: it is signed, so it is Truto's. */
export function isTooOld(
	{ created_at: createdAt }: TrutoEvent,
	now: number,
	most: number,
): boolean {
	return now - timestamp(createdAt) > most;
}

/** Ids that an event's payload must have where it has that field. */
export interface EventFilter {
	sync_job_id?: string;
	integrated_account_id?: string;
}

/** The docs leave open what a `record` event names: what it does not name can't rule it out. */
export function passes({ payload }: TrutoEvent, filter: EventFilter): boolean {
	return Object.entries(filter).every(
		([field, id]) => id === undefined || !isJsonRecord(payload) || (payload[field] ?? id) === id,
	);
}
