import type { JsonRecord } from '../json';
import { entryTime, sortByTime } from '../logs/logEntry';
import { halvesOf, logWindows, windowMerger, type TimeWindow } from '../logs/windows';
import { SAFE_PAGE } from '../truto/limits';
import type { TrutoClient } from '../transport/client';
import { asSent, listEntries, pagesOf, type List } from './lists';

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
	/** For error texts, such as `the logs of sync job run 3f0c8a52-…`. */
	about: string;
}

/**
 * Log entries (`GET /log`), each once, from the oldest time window on. Which ones of a window a limit leaves
 * out is up to Truto.
 *
 * @throws {ExplainedError} for a span that can't be searched; {@link TrutoError}
 */
export async function fetchLogs(client: TrutoClient, query: LogQuery): Promise<JsonRecord[]> {
	return await fromWindows(query, async (window) => {
		return await listEntries(client, { ...logList(query, window), limit: query.limit });
	});
}

/**
 * The oldest log entries, oldest first.
 *
 * @throws as {@link fetchLogs}
 */
export async function fetchOldestLogs(client: TrutoClient, query: LogQuery): Promise<JsonRecord[]> {
	const { limit } = query;
	if (limit === undefined) return sortByTime(await fetchLogs(client, query));
	const windows = async (window: TimeWindow) => await oldestIn(client, query, window, limit);
	return sortByTime(await fromWindows(query, windows));
}

async function fromWindows(
	{ span, limit }: LogQuery,
	read: (window: TimeWindow) => Promise<JsonRecord[]>,
): Promise<JsonRecord[]> {
	const windows = logWindows(span);
	const newOnes = windowMerger();
	// Without a limit, all of them are needed, so they are read side by side.
	if (limit === undefined) {
		return (await Promise.all(windows.map(read))).flatMap((entries) => newOnes(entries));
	}
	let found: JsonRecord[] = [];
	for (const window of windows) {
		if (found.length >= limit) break;
		found = found.concat(newOnes(await read(window)));
	}
	return found.slice(0, limit);
}

/**
 * The oldest entries of a window. Truto's docs name no order. If the entries don't come oldest first, and
 * there are many, the first half of the window has the oldest ones.
 */
async function oldestIn(
	client: TrutoClient,
	query: LogQuery,
	window: TimeWindow,
	limit: number,
): Promise<JsonRecord[]> {
	const halves = halvesOf(window);
	const entries: JsonRecord[] = [];
	let last = Number.NaN;
	let isInOrder = true;
	let isAscending = false;
	for await (const page of pagesOf(client, logList(query, window))) {
		for (const entry of page) {
			const time = entryTime(entry);
			if (entries.length > 0) isInOrder &&= time >= last;
			isAscending ||= time > last;
			last = time;
			entries.push(entry);
		}
		// Entries of one moment don't tell the order.
		if (isInOrder && isAscending && entries.length >= limit) break;
		if (isInOrder || !halves || entries.length <= 2 * (limit + SAFE_PAGE)) continue;
		const [first, second] = halves;
		const oldest = await oldestIn(client, query, first, limit);
		if (oldest.length >= limit) return oldest;
		const newOnes = windowMerger();
		return [oldest, await oldestIn(client, query, second, limit)].flatMap(newOnes).slice(0, limit);
	}
	return sortByTime(entries).slice(0, limit);
}

function logList(
	{ type, filter, matches, about }: LogQuery,
	{ from, to }: TimeWindow,
): List<JsonRecord> {
	const filters = Object.entries(filter).flatMap(([field, value]) =>
		value === undefined ? [] : [[`log_type_filter[${field}]`, value]],
	);
	return {
		path: '/log',
		query: {
			log_type: type,
			...Object.fromEntries(filters),
			'created_at[gt]': new Date(from).toISOString(),
			'created_at[lt]': new Date(to).toISOString(),
		},
		read: asSent,
		matches,
		pageSize: SAFE_PAGE,
		about,
	};
}
