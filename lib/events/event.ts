import { createHash } from 'crypto';

import { isJsonRecord, parseJson, type Json, type JsonRecord } from '../json';
import { timestamp } from '../truto/timestamp';
import { epochMs } from '../zonedTime';

/** What Truto sends to a webhook (*Webhooks* in its API docs). */
export interface TrutoEvent {
	/** Truto's id; null if it sent none. */
	id: string | null;
	/** For example `sync_job_run:completed`. */
	name: string;
	payload: Json;
	/** Milliseconds since 1970; null if Truto sent no readable time. */
	createdAt: number | null;
	/** The webhook that it was sent to; null if Truto does not name it. */
	webhookId: string | null;
}

/** Far longer than a UUID. */
const LONGEST_ID = 200;

/**
 * The event in a body. The docs name it `event` or `event_type`.
 *
 * @returns undefined if the body isn't an event, because nothing names it
 */
export function readEvent(body: string): TrutoEvent | undefined {
	// JSON may begin with a byte order mark, which JSON.parse rejects.
	const fields = parseJson(body.replace(/^\uFEFF/, ''));
	return isJsonRecord(fields) ? eventOf(fields) : undefined;
}

/** The event in the fields of a body. */
export function eventOf(fields: JsonRecord): TrutoEvent | undefined {
	const name = [fields.event, fields.event_type].find(isName);
	if (name === undefined) return undefined;
	return {
		id: idOf(fields.id),
		name,
		payload: fields.payload ?? null,
		createdAt: timeOf(fields.created_at),
		webhookId: idOf(fields.webhook_id),
	};
}

function isName(value: Json | undefined): value is string {
	return typeof value === 'string' && value.trim() !== '';
}

function idOf(value: Json | undefined): string | null {
	if (typeof value !== 'string' && typeof value !== 'number') return null;
	return String(value).trim() || null;
}

function timeOf(value: Json | undefined): number | null {
	const time = typeof value === 'number' ? epochMs(value) : timestamp(value);
	return Number.isNaN(new Date(time).getTime()) ? null : time;
}

/**
 * Identifies an event, in at most 200 characters: its id, or the hash of the id if it doesn't look like
 * one of Truto's. An event without an id is identified by the hash of its body, which is the same each
 * time Truto sends it.
 */
export function eventKey({ id }: TrutoEvent, body: string): string {
	if (id !== null && id.length <= LONGEST_ID) return id;
	return createHash('sha256')
		.update(id ?? body)
		.digest('base64');
}
