import type { LogEntry } from '../../logs/logEntry';
import type { Run } from '../../truto/run';
import { causeOf } from './causeOf';
import type { CountedResource } from './resourceCounts';

/**
 * Finds the errors in a run's log that are no problem any more: Truto tried again, and that worked. Its
 * docs don't say how tries are logged (D14). So an error was overcome if all of these are true:
 *
 * - It isn't the error that ended the run, nor one that was reported as a `record_error`.
 * - Truto may have tried again: the entry says so, or it is an error that Truto retries.
 * - The same request worked later. If the entry itself says that it was retried, it's enough that all
 *   records of its resource were persisted.
 *
 * A completed run with `fail_fast` has overcome every error, because the first other one would have ended
 * it.
 *
 * @param entries oldest first
 * @param resources the run's counters
 */
export function overcomeErrors(
	run: Run,
	entries: LogEntry[],
	resources: CountedResource[],
): Set<LogEntry> {
	const hasCompleted = run.stage === 'completed' || run.stage === 'ended';
	const fetched = successesOf(entries.filter(hasResult));
	const delivered = successesOf(entries.filter(wasDelivered));
	const endsAtFirstError = run.stage === 'completed' && run.raw.error_handling === 'fail_fast';
	const isOvercome = (entry: LogEntry): boolean => {
		if (entry.event === 'failed' || entry.event === 'record_error' || entry.needsReauth) {
			return false;
		}
		const counted = resources.find(({ resource }) => resource === entry.resource);
		if (wasRefused(entry)) return !counted?.dropped && workedLater(delivered, entry);
		if (endsAtFirstError) return true;
		if (!saysRetried(entry)) return isRetriedByTruto(entry) && workedLater(fetched, entry);
		const isComplete = hasCompleted && Boolean(counted?.fetched) && counted?.dropped === 0;
		return isComplete || workedLater(fetched, entry);
	};
	return new Set(entries.filter((entry) => entry.isError && isOvercome(entry)));
}

/** Whether the destination did not take what it was sent. */
export function wasRefused({ webhookSuccessful, datastoreSuccessful }: LogEntry): boolean {
	return webhookSuccessful === false || datastoreSuccessful === false;
}

function wasDelivered(entry: LogEntry): boolean {
	const { webhookSuccessful, datastoreSuccessful } = entry;
	return !entry.isError && (webhookSuccessful === true || datastoreSuccessful === true);
}

/** A line such as "Trying again" is no result. */
function hasResult(entry: LogEntry): boolean {
	if (entry.isError) return false;
	return entry.numRecords !== null || entry.httpStatus !== null || wasDelivered(entry);
}

function saysRetried({ retryAfter, retryCount }: LogEntry): boolean {
	return retryAfter !== null || (retryCount ?? 0) > 0;
}

/** Truto's rules: 429, 502 and 504, and any other 5xx that doesn't come from the integrated app. */
function isRetriedByTruto(entry: LogEntry): boolean {
	const { httpStatus, isRemote } = entry;
	if (httpStatus === null) return ['rate_limit', 'upstream'].includes(causeOf(entry) ?? '');
	if ([429, 502, 504].includes(httpStatus)) return true;
	return httpStatus >= 500 && !isRemote;
}

/** When each request last worked: by resource, then by method. */
type Successes = Map<string | null, Map<string | null, number>>;

function successesOf(entries: LogEntry[]): Successes {
	const successes: Successes = new Map();
	for (const { resource, method, time } of entries) {
		for (const key of new Set([resource, null])) {
			const methods = successes.get(key) ?? new Map<string | null, number>();
			methods.set(method, Math.max(methods.get(method) ?? -Infinity, time || -Infinity));
			successes.set(key, methods);
		}
	}
	return successes;
}

/** An error without a resource or method may be of any. At the same time isn't later. */
function workedLater(successes: Successes, { resource, method, time }: LogEntry): boolean {
	const methods = successes.get(resource) ?? new Map<string | null, number>();
	const times = method === null ? [...methods.values()] : [methods.get(method), methods.get(null)];
	return times.some((at) => at !== undefined && at > time);
}
