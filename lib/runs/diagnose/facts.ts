import { isJsonRecord, textOrNull, type JsonRecord } from '../../json';
import { readLogEntry, sortByTime, type LogEntry } from '../../logs/logEntry';
import { jobLabel } from '../../syncJobs/jobLabel';
import { hasEnded } from '../../truto/statuses';
import { timestamp } from '../../truto/timestamp';
import { readableStats } from '../resourceStats';
import { runLabel } from '../runContext';
import { isRunStuck, STUCK_AFTER_MINUTES } from '../runProgress';
import type { Known } from './diagnosis';
import { countResources, type CountedResource } from './resourceCounts';

/** The state of a run, from its status and times alone. Logs only count if the status is unknown. */
export type Stage =
	| 'waiting'
	| 'rate_limited'
	| 'running'
	| 'stuck'
	| 'stopped'
	| 'failed'
	| 'completed';

/** What is known about a run, in a form that is easy to judge. */
export interface Facts {
	run: JsonRecord;
	job: JsonRecord;
	account: JsonRecord | null;
	label: string | null;
	stage: Stage;
	resources: CountedResource[];
	/** All records; null if the run doesn't count them. */
	fetched: number | null;
	persisted: number | null;
	/** Oldest first. */
	entries: LogEntry[];
	errors: LogEntry[];
	/** Records that did not reach their destination. */
	undelivered: LogEntry[];
	/** What the run's webhook answered, from the delivery logs, oldest first. */
	refusals: LogEntry[];
	webhookId: string | null;
	/** When a rate limit is over, in milliseconds since 1970; NaN if unknown. */
	resumesAt: number;
}

export function factsOf(known: Known): Facts {
	const { run, account = null } = known;
	const job = known.job ?? (isJsonRecord(run.sync_job) ? run.sync_job : {});
	const entries = readEntries(known.logs);
	const ownResources = Array.isArray(run.resources) && run.resources.length > 0;
	const resources = countResources(run, ownResources ? run.resources : job.resources);
	const undelivered = entries.filter((entry) => wasRefused(entry) && entry.numRecords !== 0);
	return {
		run,
		job,
		account,
		label: jobLabel(known.job ?? undefined) ?? runLabel(run),
		stage: stageOf(known, entries),
		resources,
		fetched: fetchedOf(known, resources, entries),
		persisted: sumOrNull(resources.map(({ persisted }) => persisted)),
		entries,
		errors: entries.filter((entry) => entry.isError && !isHarmless(entry)),
		undelivered,
		refusals: readEntries(known.deliveries).filter(({ isError }) => isError),
		webhookId:
			textOrNull(run.webhook_id) || (undelivered.find((e) => e.webhookId)?.webhookId ?? null),
		resumesAt: resumesAt(run, entries),
	};
}

function wasRefused({ webhookSuccessful, datastoreSuccessful }: LogEntry): boolean {
	return webhookSuccessful === false || datastoreSuccessful === false;
}

/** If the destination only refused event notifications, no record is missing. */
function isHarmless(entry: LogEntry): boolean {
	return wasRefused(entry) && entry.numRecords === 0 && entry.event !== 'failed';
}

function readEntries(logs: JsonRecord[] | null | undefined): LogEntry[] {
	return sortByTime((logs ?? []).filter(isJsonRecord)).map(readLogEntry);
}

function stageOf({ run, now, stuckAfterMinutes }: Known, entries: LogEntry[]): Stage {
	const { status } = run;
	if (hasEnded(run)) {
		if (status === 'stopped' || status === 'failed' || status === 'completed') return status;
		return entries.some(({ event }) => event === 'failed') ? 'failed' : 'completed';
	}
	if (status === 'rate_limited') return 'rate_limited';
	if (status === 'created') return 'waiting';
	return isRunStuck(run, now, stuckAfterMinutes ?? STUCK_AFTER_MINUTES) ? 'stuck' : 'running';
}

function fetchedOf(
	{ run, logs }: Known,
	resources: CountedResource[],
	entries: LogEntry[],
): number | null {
	const counted = sumOrNull(resources.map(({ fetched }) => fetched));
	if (counted !== null) return counted;
	// Missing statistics don't prove anything, because the logs count records, too.
	if (readableStats(run) === null || resources.length > 0 || !logs) return null;
	return sumOrNull(entries.map(({ numRecords }) => numRecords)) ?? 0;
}

function sumOrNull(values: Array<number | null>): number | null {
	const numbers = values.filter((value) => value !== null);
	return numbers.length === 0 ? null : numbers.reduce((sum, value) => sum + value, 0);
}

/** The last pause in the logs. `retry_after` is a number of seconds or a time. */
function resumesAt(run: JsonRecord, entries: LogEntry[]): number {
	const pause = entries.filter(({ retryAfter }) => retryAfter !== null).at(-1);
	if (!pause) return Number.NaN;
	if (typeof pause.retryAfter === 'string') return timestamp(pause.retryAfter);
	const since = Number.isNaN(pause.time) ? timestamp(run.updated_at) : pause.time;
	const time = since + (pause.retryAfter ?? 0) * 1000;
	return Math.abs(time) <= LAST_TIME ? time : Number.NaN;
}

/** The latest time that a JavaScript date can hold. */
const LAST_TIME = 8.64e15;
