import { isJsonRecord, type JsonRecord } from '../../json';
import { readLogEntry, sortByTime, type LogEntry } from '../../logs/logEntry';
import { readAccount, type Account } from '../../truto/account';
import type { Run } from '../../truto/run';
import { readSyncJob, type SyncJob } from '../../truto/syncJob';

/** How many log entries are read: enough to tell why a run failed. A run can log an error for each record. */
export const MOST_LOG_ENTRIES = 1_000;

/** What can be read besides the run. */
export type Source = 'job' | 'logs' | 'account' | 'deliveries';

export const SOURCES: readonly Source[] = ['job', 'logs', 'account', 'deliveries'];

/**
 * What is known about a run. A source is absent until somebody tries to read it, and null if it can't be
 * read.
 */
export interface Known {
	run: Run;
	/** Milliseconds since 1970. */
	now: number;
	/** After how many minutes without an update a running run is stuck; 5 if absent, as in Truto. */
	stuckAfterMinutes?: number;
	job?: SyncJob | null;
	/** The entries of the run's log, oldest first. */
	logs?: LogEntry[] | null;
	account?: Account | null;
	/** The entries of the delivery log of the run's webhook, oldest first. */
	deliveries?: LogEntry[] | null;
}

/** What Truto returned for a source: one thing, or the entries of a log in any order. */
export type Answer = JsonRecord | JsonRecord[];

/**
 * Adds a source. Each answer is read once, however often the diagnosis looks at it.
 *
 * @param answer null if it can't be read
 */
export function withSource(known: Known, source: Source, answer: Answer | null): Known {
	return { ...known, [source]: answer === null ? null : READERS[source](answer) };
}

const READERS: { [Name in Source]: (answer: Answer) => NonNullable<Known[Name]> } = {
	job: (answer) => readSyncJob(thing(answer)),
	account: (answer) => readAccount(thing(answer)),
	logs: readEntries,
	deliveries: readEntries,
};

function thing(answer: Answer): JsonRecord {
	return isJsonRecord(answer) ? answer : {};
}

function readEntries(answer: Answer): LogEntry[] {
	const entries = Array.isArray(answer) ? answer.filter(isJsonRecord) : [];
	return sortByTime(entries).map(readLogEntry);
}
