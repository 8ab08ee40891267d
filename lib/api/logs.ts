import type { IDataObject } from 'n8n-workflow';

import type { JsonRecord } from '../json';
import { SMALLEST_LARGE_PAGE } from '../truto/limits';
import { timestamp } from '../truto/timestamp';
import type { TrutoClient } from './client';
import { listEntries } from './lists';
import { cutIntoWindows } from './timeWindows';

/** Which log entries of a run to fetch. */
export interface LogFilter {
	/** `record_error` or `failed`; all where undefined. */
	event?: string;
	/** Milliseconds since 1970; the run's own times where undefined. */
	from?: number;
	to?: number;
	/** How many entries at the most; all where undefined. */
	limit?: number;
	pageSize?: number;
}

/** Entries may be written a little before and after the times that the run holds. */
const MARGIN_MS = 5 * 60_000;

/**
 * The log entries of a run (`GET /log`), oldest window first.
 *
 * @param run the answer of `GET /sync-job-run/{id}`: its times bound the search, as Truto wants a span of
 * time, of a month at the most
 */
export async function fetchRunLogs(
	client: TrutoClient,
	run: JsonRecord,
	filter: LogFilter = {},
): Promise<JsonRecord[]> {
	const id = String(run.id);
	const entries: JsonRecord[] = [];
	for (const { from, to } of cutIntoWindows(logSpan(run, filter))) {
		if (filter.limit !== undefined && entries.length >= filter.limit) break;
		const query: IDataObject = {
			log_type: 'rapid_bridge',
			'log_type_filter[sync_job_run_id]': id,
			'log_type_filter[sync_job_run_event]': filter.event,
			'created_at[gt]': new Date(from).toISOString(),
			'created_at[lt]': new Date(to).toISOString(),
		};
		const more = await listEntries(client, {
			path: '/log',
			query,
			limit: filter.limit === undefined ? undefined : filter.limit - entries.length,
			pageSize: filter.pageSize ?? SMALLEST_LARGE_PAGE,
			about: `the logs of sync job run ${id}`,
		});
		for (const entry of more) entries.push(entry);
	}
	return entries;
}

function logSpan(run: JsonRecord, filter: LogFilter): { from: number; to: number } {
	const now = Date.now();
	const begun = timestamp(run.created_at);
	const ended = timestamp(run.finished_at);
	return {
		from: filter.from ?? (Number.isNaN(begun) ? now - 24 * 3_600_000 : begun - MARGIN_MS),
		to: filter.to ?? (Number.isNaN(ended) ? now + MARGIN_MS : ended + MARGIN_MS),
	};
}
