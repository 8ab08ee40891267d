import { isJsonRecord, type Json, type JsonRecord } from '../../lib/json';
import { simplifyRun } from '../../lib/runs/simplifyRun';
import { splitRuns, type SplitOptions } from '../../lib/runs/splitResourceStats';
import { shaped, type Shape } from '../../lib/shape';
import type { TrutoEvent } from './trutoEvent';

export const RECORD_EVENT = 'sync_job_run:record';

/** What the node makes of an event. */
export interface EventOutput {
	/** Rows of `resource_stats` instead of the run. */
	split?: SplitOptions;
	shape: Shape;
	splitRecords: boolean;
}

/** The JSON of the items that an event gives; at least one, as each event must start the workflow. */
export function eventItems(event: TrutoEvent, output: EventOutput): JsonRecord[] {
	const { id, event: name, created_at, payload } = event;
	const about = { id, event: name, created_at };
	if (name === RECORD_EVENT) return recordItems(about, payload, output.splitRecords);
	if (!isJsonRecord(payload)) return [{ ...about, run: payload }];
	if (output.split) return splitRuns([payload], output.split);
	return [{ ...about, run: shaped(payload, output.shape, simplifyRun) }];
}

/**
 * The docs leave open what surrounds the records: an array of them, an object with an array `records`
 * whose other fields say of which run they are, or one record.
 */
function recordItems(about: JsonRecord, payload: Json, split: boolean): JsonRecord[] {
	let records = payload;
	let item = about;
	if (isJsonRecord(payload) && Array.isArray(payload.records)) {
		const { records: list, ...context } = payload;
		records = list ?? null;
		item = { ...context, ...about };
	}
	const list = [records].flat();
	if (!split || list.length === 0) return [{ ...item, records: list }];
	return list.map((record) => ({ ...item, record }));
}
