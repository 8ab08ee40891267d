import { isBlankError } from '../blankError';
import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { jsonText } from '../text';
import type { TrutoEvent } from './event';

const LONGEST_ERROR = 300;

/**
 * The items of a `record` event: a page of records of the run that was started with the webhook. Its
 * payload is `{ resource, records, meta }`; whether it names its run is not documented.
 *
 * @param about the columns that say which event it is
 */
export function recordItems(event: TrutoEvent, about: JsonRecord, split: boolean): JsonRecord[] {
	const { records, context } = recordsOf(event.payload);
	const columns: JsonRecord = {
		event: event.name,
		resource: textOrNull(context.resource),
		sync_job_run_id: textOrNull(context.sync_job_run_id),
		...about,
	};
	// The event's own columns come first and stay as they are, whatever else the payload has.
	const item: JsonRecord = { ...columns, ...context, ...columns };
	if (!split || records.length === 0) return [{ ...item, records }];
	return records.map((record) => ({ ...item, record }));
}

/**
 * The records of a payload, and its other fields. An array is a list of records. Anything else is one
 * record.
 */
function recordsOf(payload: Json): { records: Json[]; context: JsonRecord } {
	if (Array.isArray(payload)) return { records: payload, context: {} };
	if (!isJsonRecord(payload) || !Array.isArray(payload.records)) {
		return { records: [payload], context: {} };
	}
	const { records, ...context } = payload;
	return { records: Array.isArray(records) ? records : [], context };
}

/**
 * The item of a `record_error` event. The payload is the error itself, or has it in `error`, or, with
 * error handling *batch*, has a list in `errors`. Nothing else is documented.
 */
export function recordErrorItem(event: TrutoEvent, about: JsonRecord): JsonRecord {
	const { payload } = event;
	const fields = isJsonRecord(payload) ? payload : {};
	const errors = errorsOf(payload);
	return {
		event: event.name,
		resource: textOrNull(fields.resource),
		method: textOrNull(fields.method),
		// In a batch, the first one may say nothing.
		error: errorText(errors.find((error) => !isBlankError(error)) ?? errors[0]),
		error_count: errors.length,
		sync_job_run_id: textOrNull(fields.sync_job_run_id),
		...about,
		errors,
	};
}

function errorsOf(payload: Json): Json[] {
	if (Array.isArray(payload)) return payload;
	if (!isJsonRecord(payload)) return [payload];
	if (Array.isArray(payload.errors)) return payload.errors;
	return [payload.error ?? payload];
}

/** The text of an error, shortened; null if it has none. */
function errorText(error: Json | undefined): string | null {
	if (error === undefined || error === null) return null;
	const message = isJsonRecord(error) ? textOrNull(error.message)?.trim() : '';
	// If the integrated app failed, the message may be empty, and the app's answer is in the other fields.
	const said = message || error;
	return jsonText(said, LONGEST_ERROR);
}
