import { textOrNull, type JsonRecord } from '../json';
import { accountId, syncJobId } from '../truto/references';
import { timestamp, utcTime } from '../truto/timestamp';
import { localTime } from '../zonedTime';
import { nextTimes, parseCron, type Cron } from './cron';
import { describeCron } from './describeCron';

/** When a schedule runs; null for what is unknown. */
export type ScheduleTimes = {
	/** In words, such as `every 6 hours`. */
	runs: string | null;
	/** The next three times in UTC; empty if the expression can't be read. */
	next_runs: string[];
	/** The same times in the time zone that was asked for, with its offset. */
	next_runs_local: string[];
	/** From the next time to the one after it. */
	period_seconds: number | null;
	/** Why the expression can't be read; null if it can. */
	cron_error: string | null;
};

const MOST_PREVIEWED = 3;

/** Clocks differ, so a run that begins a little early still counts for its scheduled time. */
const EARLY_MS = 60_000;

/**
 * When a schedule runs.
 *
 * @param schedule the answer of `GET /sync-job-cron-trigger/{id}`
 * @param now milliseconds since 1970
 * @param timeZone the workflow's, such as `Europe/Berlin`
 */
export function scheduleTimes(
	schedule: JsonRecord,
	now: number,
	timeZone: string = 'UTC',
): ScheduleTimes {
	const expression = textOrNull(schedule.cron_expression) ?? '';
	try {
		const times = nextTimes(parseCron(expression), now, MOST_PREVIEWED);
		const [first, second] = times;
		return {
			runs: describeCron(expression),
			next_runs: times.map((time) => new Date(time).toISOString()),
			next_runs_local: times.map((time) => localTime(time, timeZone)),
			period_seconds: first === undefined || second === undefined ? null : (second - first) / 1000,
			cron_error: null,
		};
	} catch (error) {
		return {
			runs: null,
			next_runs: [],
			next_runs_local: [],
			period_seconds: null,
			cron_error: (error as Error).message,
		};
	}
}

/**
 * Whether a schedule has missed two runs: the second time after the last run, and after the schedule's
 * own last change, has passed.
 *
 * @param schedule the answer of `GET /sync-job-cron-trigger/{id}`
 * @param lastRun the last run of its sync job and account, which may also have been started by hand;
 * null if there is none
 * @param now milliseconds since 1970
 * @returns null if unknown
 */
export function isLate(
	schedule: JsonRecord,
	lastRun: JsonRecord | null,
	now: number,
): boolean | null {
	const changed = changeOf(schedule);
	const last = lastRun ? timestamp(lastRun.created_at) : changed;
	const cron = readCron(schedule);
	if (Number.isNaN(last) || cron === null) return null;
	// Before its last change, the schedule had another expression, or didn't exist.
	const since = Number.isNaN(changed) ? last : Math.max(last, changed);
	const [, second] = nextTimes(cron, since + EARLY_MS, 2);
	return second === undefined ? null : second <= now;
}

/**
 * The fields of a schedule that people look at, flat: at most 10, as n8n's guideline for *Simplify* says.
 *
 * @param schedule the answer of `GET /sync-job-cron-trigger/{id}`
 * @param now milliseconds since 1970
 */
export function simplifySchedule(schedule: JsonRecord, now: number): JsonRecord {
	const { runs, next_runs: nextRuns, cron_error: cronError } = scheduleTimes(schedule, now);
	return {
		sync_job_cron_trigger_id: textOrNull(schedule.id),
		sync_job_id: syncJobId(schedule),
		integrated_account_id: accountId(schedule),
		cron_expression: textOrNull(schedule.cron_expression),
		runs,
		next_run_at: nextRuns[0] ?? null,
		cron_error: cronError,
		created_at: utcTime(schedule.created_at),
		updated_at: utcTime(schedule.updated_at),
	};
}

function readCron(schedule: JsonRecord): Cron | null {
	try {
		return parseCron(textOrNull(schedule.cron_expression) ?? '');
	} catch {
		return null;
	}
}

function changeOf(schedule: JsonRecord): number {
	const changed = timestamp(schedule.updated_at);
	return Number.isNaN(changed) ? timestamp(schedule.created_at) : changed;
}
