import type { JsonRecord } from '../json';
import type { Run } from '../truto/run';
import type { Schedule } from '../truto/schedule';
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
	/** Why the expression can't be read; null if it can. */
	cron_error: string | null;
};

const MOST_PREVIEWED = 3;

/** Clocks differ, so a run that begins a little early still counts for its scheduled time. */
const EARLY_MS = 60_000;

/**
 * When a schedule runs.
 *
 * @param now milliseconds since 1970
 * @param timeZone the workflow's, such as `Europe/Berlin`
 */
export function scheduleTimes(
	{ cronExpression }: Schedule,
	now: number,
	timeZone: string = 'UTC',
): ScheduleTimes {
	if (known.now !== now || known.timeZone !== timeZone) {
		known = { now, timeZone, times: new Map() };
	}
	const expression = cronExpression ?? '';
	const times = known.times.get(expression) ?? timesOf(expression, now, timeZone);
	known.times.set(expression, times);
	// Each row has lists of its own.
	const { next_runs: utc, next_runs_local: local } = times;
	return { ...times, next_runs: [...utc], next_runs_local: [...local] };
}

/** Of the list that is being read: many of its schedules have the same expression. */
let known = { now: Number.NaN, timeZone: '', times: new Map<string, ScheduleTimes>() };

function timesOf(expression: string, now: number, timeZone: string): ScheduleTimes {
	try {
		const cron = parseCron(expression);
		const times = nextTimes(cron, now, MOST_PREVIEWED);
		return {
			runs: describeCron(expression, cron),
			next_runs: times.map((time) => new Date(time).toISOString()),
			next_runs_local: times.map((time) => localTime(time, timeZone)),
			cron_error: null,
		};
	} catch (error) {
		return {
			runs: null,
			next_runs: [],
			next_runs_local: [],
			cron_error: error instanceof Error ? error.message : String(error),
		};
	}
}

/** A cron expression in words; null if it can't be read. */
export function cronWords(expression: string | null): string | null {
	try {
		return describeCron(expression ?? '');
	} catch {
		return null;
	}
}

/**
 * Whether a schedule has missed two runs: the second time after the last run, and after the schedule's
 * own last change, has passed.
 *
 * @param lastRun the last run of its sync job and account, which may also have been started by hand;
 * null if there is none
 * @param now milliseconds since 1970
 * @returns null if unknown
 */
export function isLate(schedule: Schedule, lastRun: Run | null, now: number): boolean | null {
	const missed = missedAt(schedule, lastRun ? lastRun.createdAt.ms : Number.NEGATIVE_INFINITY);
	return Number.isNaN(missed) ? null : missed <= now;
}

/**
 * When a schedule has missed two runs: the second time after its last run, and after its own last change.
 *
 * @param lastRunAt milliseconds since 1970; `-Infinity` if there was none
 * @returns milliseconds since 1970; NaN if unknown
 */
export function missedAt(schedule: Schedule, lastRunAt: number): number {
	return dueTimes(schedule, lastRunAt)[1];
}

/** When the first run of a schedule is due, in milliseconds since 1970; NaN if unknown. */
export function firstDueAt(schedule: Schedule): number {
	return dueTimes(schedule, Number.NEGATIVE_INFINITY)[0];
}

/** The next two times after the last run, and after the schedule's last change; NaN if unknown. */
function dueTimes(schedule: Schedule, lastRunAt: number): [number, number] {
	const changed = changeOf(schedule);
	const cron = readCron(schedule);
	// Before its last change, the schedule had another expression, or didn't exist.
	const since = Number.isNaN(changed) ? lastRunAt : Math.max(lastRunAt, changed);
	if (cron === null || !Number.isFinite(since)) return [Number.NaN, Number.NaN];
	const [first = Number.NaN, second = Number.NaN] = nextTimes(cron, since + EARLY_MS, 2);
	return [first, second];
}

/**
 * The fields of a schedule that people look at, flat.
 *
 * @param times of the schedule, as {@link scheduleTimes} gives them
 */
export function simplifySchedule(
	schedule: Schedule,
	{ runs, next_runs, next_runs_local, cron_error }: ScheduleTimes,
): JsonRecord {
	return {
		runs,
		tenant_id: schedule.tenantId,
		sync_job_label: schedule.label,
		next_run_at_local: next_runs_local[0] ?? null,
		next_run_at: next_runs[0] ?? null,
		integration_name: schedule.integrationName,
		cron_expression: schedule.cronExpression,
		cron_error,
		created_at: schedule.createdAt.text,
		updated_at: schedule.updatedAt.text,
		sync_job_cron_trigger_id: schedule.id,
		sync_job_id: schedule.syncJobId,
		integrated_account_id: schedule.integratedAccountId,
	};
}

function readCron({ cronExpression }: Schedule): Cron | null {
	try {
		return parseCron(cronExpression ?? '');
	} catch {
		return null;
	}
}

function changeOf({ createdAt, updatedAt }: Schedule): number {
	return Number.isNaN(updatedAt.ms) ? createdAt.ms : updatedAt.ms;
}
