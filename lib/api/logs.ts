import type { JsonRecord } from '../json';
import { logWindows, windowMerger, type TimeWindow } from '../logs/windows';
import { SAFE_PAGE } from '../truto/limits';
import type { TrutoClient } from '../transport/client';
import { asSent, listEntries } from './lists';

/** The types of Truto's logs that this package reads. */
export type LogType = 'rapid_bridge' | 'webhook' | 'sync_job_cron_trigger';

/** Which log entries to fetch. */
export interface LogQuery {
	type: LogType;
	/** Fields of the entries and the values they must have; those without a value are ignored. */
	filter: Record<string, string | undefined>;
	/** What Truto has no filter for. */
	matches?: (entry: JsonRecord) => boolean;
	span: TimeWindow;
	/** How many entries at most; all if undefined. */
	limit?: number;
	pageSize?: number;
	/** For error texts, such as `the logs of sync job run 3f0c8a52-…`. */
	about: string;
}

/**
 * Log entries (`GET /log`), each once, from the oldest time window on.
 *
 * @throws {ExplainedError} for a span that can't be searched; {@link TrutoError}
 */
export async function fetchLogs(client: TrutoClient, query: LogQuery): Promise<JsonRecord[]> {
	const { type, filter, matches, span, limit, pageSize = SAFE_PAGE, about } = query;
	const filters = Object.entries(filter).flatMap(([field, value]) =>
		value === undefined ? [] : [[`log_type_filter[${field}]`, value]],
	);
	const newOnes = windowMerger();
	let found: JsonRecord[] = [];
	for (const { from, to } of logWindows(span)) {
		if (limit !== undefined && found.length >= limit) break;
		const entries = await listEntries(client, {
			path: '/log',
			query: {
				log_type: type,
				...Object.fromEntries(filters),
				'created_at[gt]': new Date(from).toISOString(),
				'created_at[lt]': new Date(to).toISOString(),
			},
			read: asSent,
			matches,
			limit,
			pageSize,
			about,
		});
		found = found.concat(newOnes(entries));
	}
	return found.slice(0, limit);
}
