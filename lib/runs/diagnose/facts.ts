import type { LogEntry } from '../../logs/logEntry';
import type { Account } from '../../truto/account';
import type { Run } from '../../truto/run';
import type { RunStage } from '../../truto/statuses';
import type { SyncJob } from '../../truto/syncJob';
import { timestamp } from '../../truto/timestamp';
import { sumOrNull } from '../resourceStats';
import { isRunStuck, STUCK_AFTER_MINUTES } from '../runProgress';
import type { Known } from './known';
import { overcomeErrors, wasRefused } from './overcome';
import { countRun, type CountedResource } from './resourceCounts';

/** The state of a run, from its status and times alone. Logs only count if the status is unknown. */
export type Stage = Exclude<RunStage, 'ended'> | 'stuck';

/** What is known about a run, in a form that is easy to judge. */
export interface Facts {
	run: Run;
	/** As it is now, or else as it is in the run. */
	job: SyncJob | null;
	account: Account | null;
	label: string | null;
	integrationName: string | null;
	stage: Stage;
	resources: CountedResource[];
	/** All records; null if the run doesn't count them. */
	fetched: number | null;
	persisted: number | null;
	/** Oldest first. */
	entries: LogEntry[];
	/** Without those that were overcome. */
	errors: LogEntry[];
	/** Errors after which Truto tried again, and that worked. */
	overcome: LogEntry[];
	/** Records that did not reach their destination. */
	undelivered: LogEntry[];
	/** What the run's webhook answered, from the delivery logs, oldest first. */
	refusals: LogEntry[];
	webhookId: string | null;
	/** When a rate limit is over, in milliseconds since 1970; NaN if unknown. */
	resumesAt: number;
}

/** What follows from what is known, whatever of it is missing. */
export function factsOf(known: Known): Facts {
	const { run, account = null } = known;
	const job = known.job ?? run.job;
	const entries = known.logs ?? [];
	const stage = stageOf(known, entries);
	const resources = countRun(run, job);
	const overcome = overcomeErrors(run, entries, resources);
	const problems = entries.filter((entry) => entry.isError && !isHarmless(entry));
	const left = problems.filter((entry) => !overcome.has(entry));
	const undelivered = left.filter((entry) => wasRefused(entry) && entry.numRecords !== 0);
	return {
		run,
		job,
		account,
		label: known.job?.label ?? run.label,
		integrationName:
			known.job?.integrationName ?? run.integrationName ?? account?.integrationName ?? null,
		stage,
		resources,
		fetched: fetchedOf(known, resources, entries),
		persisted: sumOrNull(resources.map(({ persisted }) => persisted)),
		entries,
		// Something has ended a failed run.
		errors: stage === 'failed' && left.length === 0 ? problems : left,
		overcome: [...overcome],
		undelivered,
		refusals: (known.deliveries ?? []).filter(({ isError }) => isError),
		webhookId: run.webhookId ?? undelivered.find((entry) => entry.webhookId)?.webhookId ?? null,
		resumesAt: resumesAt(run, entries),
	};
}

/** If the destination only refused event notifications, no record is missing. */
function isHarmless(entry: LogEntry): boolean {
	return wasRefused(entry) && entry.numRecords === 0 && entry.event !== 'failed';
}

function stageOf({ run, now, stuckAfterMinutes }: Known, entries: LogEntry[]): Stage {
	if (run.stage === 'ended') {
		return entries.some(({ event }) => event === 'failed') ? 'failed' : 'completed';
	}
	const isStuck = isRunStuck(run, now, stuckAfterMinutes ?? STUCK_AFTER_MINUTES);
	return isStuck ? 'stuck' : run.stage;
}

function fetchedOf(
	{ run, logs }: Known,
	resources: CountedResource[],
	entries: LogEntry[],
): number | null {
	const counted = sumOrNull(resources.map(({ fetched }) => fetched));
	if (counted !== null) return counted;
	// Missing statistics don't prove anything, because the logs count records, too.
	if (run.stats === null || resources.length > 0 || !logs) return null;
	return sumOrNull(entries.map(({ numRecords }) => numRecords)) ?? 0;
}

/** The last pause in the logs. `retry_after` is a number of seconds or a time. */
function resumesAt(run: Run, entries: LogEntry[]): number {
	const pause = entries.filter(({ retryAfter }) => retryAfter !== null).at(-1);
	if (!pause) return Number.NaN;
	if (typeof pause.retryAfter === 'string') return timestamp(pause.retryAfter);
	const since = Number.isNaN(pause.time) ? run.updatedAt.ms : pause.time;
	const time = since + (pause.retryAfter ?? 0) * 1000;
	return Math.abs(time) <= LAST_TIME ? time : Number.NaN;
}

/** The latest time that a JavaScript date can hold. */
const LAST_TIME = 8.64e15;
