import { isBlankError } from '../blankError';
import { isJsonRecord, parseJson, textOrNull, type Json, type JsonRecord } from '../json';
import { inReadingOrder } from '../readingOrder';
import { cutFields } from '../text';
import { timestamp, utcTime } from '../truto/timestamp';
import { logMessage, logObjects } from './logMessage';

/** A log entry of Truto (`GET /log`) in one form, whatever form it came in. */
export interface LogEntry {
	/** Milliseconds since 1970; NaN if unknown. */
	time: number;
	timestamp: string | null;
	isError: boolean;
	/** `sync_job_run_event` of runs, such as `record_error`; `event` of deliveries. */
	event: string | null;
	resource: string | null;
	method: string | null;
	/** The entry's texts, errors first, of limited length. */
	message: string | null;
	/** An HTTP status that the entry or its error body names. */
	httpStatus: number | null;
	/** The error came from the integrated app, not from Truto. */
	isRemote: boolean;
	numRecords: number | null;
	/** How often it was tried before. */
	retryCount: number | null;
	/** Seconds, or a time. */
	retryAfter: number | string | null;
	webhookId: string | null;
	/** What the receiver answered. */
	webhookStatus: string | null;
	webhookSuccessful: boolean | null;
	datastoreSuccessful: boolean | null;
	needsReauth: boolean;
}

/**
 * The fields of an entry on one level: Truto's docs don't say whether they are at the top level or in
 * `metadata`. If a field is in both, the top level wins.
 */
export function flatLogEntry(entry: JsonRecord): JsonRecord {
	const { metadata, ...top } = entry;
	const inner = typeof metadata === 'string' ? parseJson(metadata) : metadata;
	if (!isJsonRecord(inner)) return entry;
	const given = Object.entries(top).filter(([, value]) => value !== null);
	return Object.fromEntries([...Object.entries(inner), ...given]);
}

/** Reads an entry in any of the forms that Truto's public material allows; missing fields are null. */
export function readLogEntry(entry: JsonRecord): LogEntry {
	const flat = flatLogEntry(entry);
	const errors = logObjects(flat)
		.map(({ error }) => error)
		.filter(isJsonRecord);
	return {
		time: timestamp(flat.timestamp ?? flat.created_at),
		timestamp: utcTime(flat.timestamp ?? flat.created_at),
		isError: isErrorEntry(flat),
		event: textOrNull(flat.sync_job_run_event) ?? textOrNull(flat.event),
		resource: textOrNull(flat.resource),
		method: textOrNull(flat.method),
		message: logMessage(flat),
		httpStatus: statusOf([
			ownStatus(flat),
			...errors.map((error) => numberOrNull(error.statusCode)),
		]),
		isRemote: [flat, ...errors].some((part) => flagOrNull(part.truto_is_remote_error) === true),
		numRecords: numberOrNull(flat.num_records),
		retryCount: numberOrNull(flat.retry_count),
		retryAfter: numberOrNull(flat.retry_after) ?? (textOrNull(flat.retry_after) || null),
		webhookId: textOrNull(flat.webhook_id),
		webhookStatus: scalarText(flat.webhook_status) ?? scalarText(flat.webhook_endpoint_status),
		webhookSuccessful: flagOrNull(flat.webhook_successful),
		datastoreSuccessful: flagOrNull(flat.datastore_successful),
		needsReauth: flagOrNull(flat.integrated_account_needs_reauth) === true,
	};
}

/**
 * What *Get Logs* outputs for an entry: first what people look for, then the rest as Truto sent it,
 * shortened, with IDs last.
 *
 * @param names columns that say whom the entry is about; null where only the entry itself may know
 */
export function logRow(entry: JsonRecord, names: JsonRecord = {}): JsonRecord {
	const flat = flatLogEntry(entry);
	const read = readLogEntry(flat);
	const first: JsonRecord = {
		timestamp: read.timestamp,
		is_error: read.isError,
		message: read.message,
		resource: read.resource,
		method: read.method,
		event: read.event,
		...Object.fromEntries(
			Object.entries(names).map(([name, value]) => [name, value ?? flat[name] ?? null]),
		),
	};
	const rest = Object.entries(flat).filter(([name]) => !Object.hasOwn(first, name));
	return { ...first, ...inReadingOrder(cutFields(Object.fromEntries(rest))) };
}

/** Oldest first. Entries without a readable time come last, in their original order. */
export function sortByTime(entries: JsonRecord[]): JsonRecord[] {
	const timed = entries.map((entry) => {
		const time = entryTime(entry);
		return { entry, time: Number.isNaN(time) ? Number.MAX_VALUE : time };
	});
	return timed.sort((a, b) => a.time - b.time).map(({ entry }) => entry);
}

/** When an entry was written, in milliseconds since 1970; NaN if that can't be read. */
export function entryTime(entry: JsonRecord): number {
	const flat = flatLogEntry(entry);
	return timestamp(flat.timestamp ?? flat.created_at);
}

const ERROR_WORDS = /error|fail|fatal|critical/i;

function isErrorEntry(flat: JsonRecord): boolean {
	const words = [flat.status, flat.level, flat.sync_job_run_event, flat.webhook_endpoint_status];
	if (words.some((word) => typeof word === 'string' && ERROR_WORDS.test(word))) return true;
	if (flagOrNull(flat.webhook_successful) === false) return true;
	if (flagOrNull(flat.datastore_successful) === false) return true;
	if (flagOrNull(flat.integrated_account_needs_reauth) === true) return true;
	const answered = numberOrNull(flat.webhook_endpoint_status);
	// Truto sends it again after anything else.
	if (answered !== null && answered !== 200) return true;
	if ((ownStatus(flat) ?? 0) >= 400) return true;
	return logObjects(flat).some(
		({ level, error }) =>
			(typeof level === 'string' && ERROR_WORDS.test(level)) || !isBlankError(error),
	);
}

/** The first status of an error, or else the first one. */
function statusOf(found: Array<number | null>): number | null {
	const statuses = found.filter((status) => status !== null);
	return statuses.find((status) => status >= 400) ?? statuses[0] ?? null;
}

/** The HTTP status of the entry itself. `status` may also be a word. */
function ownStatus(flat: JsonRecord): number | null {
	return numberOrNull(flat.http_status_code) ?? numberOrNull(flat.status);
}

/** Numbers may also come as texts. */
function numberOrNull(value: Json | undefined): number | null {
	const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** Some log stores keep booleans as texts or numbers. */
function flagOrNull(value: Json | undefined): boolean | null {
	if (value === true || value === 'true' || value === 1) return true;
	if (value === false || value === 'false' || value === 0) return false;
	return null;
}

function scalarText(value: Json | undefined): string | null {
	return typeof value === 'number' ? String(value) : textOrNull(value) || null;
}
