import { textOrNull } from '../../json';
import { jsonText } from '../../text';
import type { Run } from '../../truto/run';
import type { SyncJob } from '../../truto/syncJob';
import { shortTime } from '../../zonedTime';
import { secondsBetween } from '../runContext';
import { LONG_WAIT_MINUTES, LONGEST_PAUSE_MINUTES } from '../runProgress';
import type { Cause } from './diagnosis';
import type { Facts } from './facts';
import { MOST_LOG_ENTRIES, type Known } from './known';
import { jobOwner, nobody, trutoSupport, type Advice } from './whoActs';

/** A run in the queue starts automatically, unless something holds it up. */
export function whileWaiting({ now }: Known, { run, job }: Facts): Advice {
	const minutes = minutesSince(run.createdAt.ms, now) ?? 0;
	if (minutes >= LONG_WAIT_MINUTES) return afterLongWait(minutes, heldBy(run, job));
	const why = mutexOf(run, job)
		? ' It may be waiting for another run with the same mutex key.'
		: '';
	return nobody(`Wait: the run has not started yet.${why} Do not start another one.`);
}

/**
 * For a run that has been in the queue for {@link LONG_WAIT_MINUTES} or longer.
 *
 * @param holder see {@link heldBy}
 * @param runId if it isn't clear which run this is about
 */
export function afterLongWait(
	minutes: number,
	holder: string | null,
	runId?: string | null,
): Advice {
	if (holder !== null) {
		const which = runId ? `run ${runId}` : 'this run';
		return jobOwner(
			`Check whether ${holder}: ${which} has been waiting for ${minutes} minutes. Do not start another one.`,
		);
	}
	return trutoSupport(
		`it has been waiting for ${minutes} minutes`,
		'Do not start another one.',
		runId,
	);
}

/** What may keep a run in the queue, as a clause of a sentence; null if nothing is known. */
export function heldBy(run: Run, job: SyncJob | null): string | null {
	const mutex = mutexOf(run, job);
	if (mutex) return `another run with the mutex key ${jsonText(mutex, 80)} is still running`;
	const group = textOrNull(run.raw.daemon_group_key);
	return group ? `a daemon of the group ${jsonText(group, 80)} is running` : null;
}

function mutexOf(run: Run, job: SyncJob | null): string | null {
	return textOrNull(run.raw.mutex_key) || textOrNull(job?.raw.mutex_key);
}

/** The run resumes automatically. If it doesn't, waiting doesn't help. @param cause of the pause */
export function whilePaused(
	{ now }: Known,
	{ run, entries, resumesAt }: Facts,
	cause: Cause | null,
): Advice {
	const isAnnounced = !Number.isNaN(resumesAt);
	// If there are more entries than are read, a later pause may be among the others.
	const isSure = isAnnounced && entries.length < MOST_LOG_ENTRIES;
	const signs = [
		resumesAt,
		...(isSure ? [] : [run.updatedAt.ms]),
		...entries.map(({ time }) => time),
	];
	const last = signs.reduce((latest, time) => (time > latest ? time : latest), -Infinity);
	const minutes = minutesSince(last, now);
	if (minutes === null || minutes < (isAnnounced ? LONG_WAIT_MINUTES : LONGEST_PAUSE_MINUTES)) {
		const isEndKnown = cause === 'rate_limit' || resumesAt > now;
		const end = isEndKnown ? ` ${pauseEnd(now, resumesAt, 'on')}` : '';
		return nobody(`Wait: the run resumes automatically${end}. Do not restart it.`);
	}
	const why = isAnnounced
		? `it should have resumed on ${shortUtc(resumesAt, now)}`
		: `it has been paused for ${Math.floor(minutes / 60)} hours`;
	return trutoSupport(why, 'Do not restart it.');
}

/** Whole minutes; null if the time is unknown. */
function minutesSince(time: number, now: number): number | null {
	if (!Number.isFinite(time)) return null;
	const seconds = secondsBetween(time, now);
	return seconds === null ? null : Math.floor(seconds / 60);
}

/** When the rate limit is over, for a sentence. */
export function pauseEnd(now: number, resumesAt: number, preposition: string): string {
	return resumesAt > now
		? `${preposition} ${shortUtc(resumesAt, now)}`
		: 'once the rate limit of the integrated app is over';
}

/** Such as `28 Nov 14:36 UTC`. */
function shortUtc(time: number, now: number): string {
	return `${shortTime(time, 'UTC', now)} UTC`;
}
