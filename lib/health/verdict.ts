import { accountAttention, missingScopes } from '../accounts/attention';
import {
	customerText,
	endUser,
	FINISH_SETUP,
	integrationText,
	jobOwner,
	nobody,
	type Advice,
} from '../runs/diagnose/whoActs';
import { firstDueAt, missedAt } from '../schedules/schedule';
import { countOf, jsonText } from '../text';
import type { SyncRun } from './syncRun';
import { stuck } from './stuck';
import {
	beginsBefore,
	decidedRuns,
	endOf,
	failedInARow,
	lastSuccess,
	losingInARow,
	type Rules,
	type Sync,
} from './sync';

const HOUR = 3_600_000;

/** What is the matter with a sync, since when, and what to do about it. */
export interface Verdict extends Advice {
	health: Health;
	/** When this state began, in milliseconds since 1970; NaN if that is not known. */
	since: number;
}

/** What a rule finds. */
type Ruling = Omit<Verdict, 'health'>;

type Rule = (sync: Sync, rules: Rules) => Ruling | null;

/** All states of a sync, the worst one first, each with its rule. The first that applies is the verdict. */
const RULES = {
	reconnect,
	stuck,
	failing,
	late,
	losing_records: losingRecords,
	stopped,
	running,
	unknown,
	never_ran: neverRan,
	healthy,
} as const satisfies Record<string, Rule>;

/** A state of a sync. */
export type Health = keyof typeof RULES;

/** The states of a sync, the worst one first. */
export const HEALTHS = Object.keys(RULES) as Health[];

/** The states in which nobody has to act. */
const FINE: readonly Health[] = ['running', 'unknown', 'never_ran', 'healthy'];

/** Whether somebody has to act. */
export function isUnhealthy(health: Health): boolean {
	return !FINE.includes(health);
}

/** The verdict on a sync: the worst state that applies. */
export function verdictOn(sync: Sync, rules: Rules): Verdict {
	for (const health of HEALTHS) {
		const found = RULES[health](sync, rules);
		if (found) return { health, ...found };
	}
	return { health: 'healthy', ...healthy(sync, rules) };
}

/** The customer has to act before any run can succeed. */
function reconnect(sync: Sync): Ruling | null {
	const { account } = sync;
	if (!account || accountAttention(account).who_acts !== 'end_user') return null;
	const refusedAt = account.lastForbidden?.at.ms ?? Number.NaN;
	const scopes = missingScopes(account).join(', ');
	const permissions = scopes ? ` and grant the missing permissions: ${jsonText(scopes, 200)}` : '';
	const integration = integrationText(account.integrationLabel ?? sync.job?.integrationName);
	const failed = streakStart(sync, failedInARow(sync));
	return {
		since: Number.isNaN(failed) ? refusedAt : failed,
		...endUser(`Ask ${customerText(account.tenantId)} to reconnect ${integration}${permissions}.`),
	};
}

function failing(sync: Sync): Ruling | null {
	const failed = failedInARow(sync);
	const [last] = failed;
	if (!last) return null;
	const isSetUp = sync.account?.status !== 'post_install_error';
	return {
		since: streakStart(sync, failed),
		...(isSetUp
			? jobOwner(`Use 'Diagnose' on run ${String(last.id)} to see why it failed.`)
			: FINISH_SETUP),
	};
}

function late(sync: Sync, { now, lateAfterHours }: Rules): Ruling | null {
	if (lateAfterHours !== undefined) return tooLongWithoutSuccess(sync, now, lateAfterHours);
	// No run since the reading began: it may have run just before.
	const last = sync.runs[0]?.createdAt ?? sync.readSince;
	const missed = sync.schedules
		.map((schedule) => missedAt(schedule, last))
		.filter((time) => time <= now);
	if (missed.length === 0) return null;
	const due = Math.min(...missed);
	const isLastKnown = sync.runs.length > 0 || !Number.isFinite(sync.readSince);
	return {
		// The reading begins later with each check, so a time that depends on it would never be the same.
		since: isLastKnown ? due : Number.NaN,
		...jobOwner('Check the schedule in Truto: two runs in a row were due, and none was created.'),
	};
}

function tooLongWithoutSuccess(sync: Sync, now: number, hours: number): Ruling | null {
	const success = lastSuccess(sync);
	const knownSince = success ? endOf(success) : oldestTrace(sync);
	if (!(now - knownSince > hours * HOUR)) return null;
	const since = success ? knownSince + hours * HOUR : Number.NaN;
	const ago = Math.floor((now - knownSince) / HOUR);
	const agoText = ago === 0 ? 'less than an hour' : countOf(ago, 'hour');
	const last = success ? `The last success was ${agoText} ago` : 'No successful run is known';
	return {
		since,
		...jobOwner(`${last}. Check the schedule of the sync, and start a run if it is due.`),
	};
}

function losingRecords(sync: Sync): Ruling | null {
	const losing = losingInARow(sync);
	const resource = losing[0]?.losing;
	if (!resource) return null;
	return {
		since: streakStart(sync, losing),
		...jobOwner(
			`Check the steps of the sync job that follow the request for ${jsonText(resource, 80)} (transform, mapping, destination): its records were fetched, and none was persisted.`,
		),
	};
}

/** All that is known are runs that somebody stopped, or that ended in a status that is not known. */
function stopped(sync: Sync): Ruling | null {
	const [last] = sync.runs;
	if (!last?.hasEnded || decidedRuns(sync).length > 0) return null;
	return {
		since: endOf(last),
		...jobOwner(
			last.stage === 'stopped'
				? 'Find out who stopped the last run, and why, before you start a new one.'
				: `Look at run ${String(last.id)} in Truto: it ended with the status ${jsonText(last.status, 80)}, which does not say whether it worked.`,
		),
	};
}

function running({ runs }: Sync): Ruling | null {
	const current = runs.find(({ hasEnded }) => !hasEnded);
	if (!current) return null;
	const isPaused = current.stage === 'paused';
	return {
		since: current.createdAt,
		...nobody(
			isPaused
				? 'Wait: the run is paused, and resumes automatically. Do not restart it.'
				: 'Wait: a run is in progress. Do not start another one.',
		),
	};
}

/** No run was found, and not all of them were read. */
function unknown({ runs, readSince }: Sync): Ruling | null {
	if (runs.length > 0 || readSince === Number.NEGATIVE_INFINITY) return null;
	return {
		since: Number.NaN,
		...nobody(
			"Unknown: no run of this sync was found in the time that was read. To look further back, raise 'Period (Hours)'.",
		),
	};
}

function neverRan({ runs, schedules }: Sync, { now }: Rules): Ruling | null {
	if (runs.length > 0) return null;
	const created = schedules.map(({ createdAt }) => createdAt.ms);
	const since = created.find((time) => !Number.isNaN(time)) ?? Number.NaN;
	const due = schedules.map(firstDueAt).filter((time) => !Number.isNaN(time));
	const step =
		due.length === 0
			? 'Wait: no run has been created yet. It is not known when the first one is due.'
			: Math.min(...due) > now
				? 'Nothing to do: its first run is not due yet.'
				: 'Wait: its first run was due, but has not been created yet.';
	return { since, ...nobody(step) };
}

/** Since the first good run after a problem. Without a problem among the runs that were read: unknown. */
function healthy(sync: Sync, rules: Rules): Ruling {
	const decided = decidedRuns(sync);
	const ended = decided.findIndex(
		(run) => run.stage === 'failed' || run.losing !== null || cameLate(sync, rules, run),
	);
	const run = decided[ended];
	const isGap = run?.stage === 'completed' && run.losing === null;
	const first = isGap ? run : decided[ended - 1];
	return { since: first?.createdAt ?? Number.NaN, ...nobody('Nothing to do.') };
}

/** Whether the sync was late before this run. */
function cameLate(sync: Sync, { lateAfterHours }: Rules, run: SyncRun): boolean {
	const { runs, schedules } = sync;
	const older = runs.slice(runs.indexOf(run) + 1);
	if (lateAfterHours !== undefined) {
		const success = older.find(({ stage }) => stage === 'completed');
		return success !== undefined && run.createdAt - endOf(success) > lateAfterHours * HOUR;
	}
	// A run that somebody stopped was not late, either.
	const [before] = older;
	return (
		before !== undefined &&
		schedules.some((schedule) => missedAt(schedule, before.createdAt) <= run.createdAt)
	);
}

/** When the oldest of these runs was created; NaN if the state may have begun before it. */
function streakStart(sync: Sync, streak: SyncRun[]): number {
	return beginsBefore(sync) ? Number.NaN : (streak.at(-1)?.createdAt ?? Number.NaN);
}

/** The earliest time at which the sync is known to have existed; NaN if there is none. */
function oldestTrace({ runs, schedules }: Sync): number {
	const times = [
		...runs.map(({ createdAt }) => createdAt),
		...schedules.map(({ createdAt }) => createdAt.ms),
	].filter((time) => !Number.isNaN(time));
	return times.length === 0 ? Number.NaN : Math.min(...times);
}
