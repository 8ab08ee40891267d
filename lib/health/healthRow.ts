import type { Actor } from '../runs/diagnose/diagnosis';
import { sumOrNull } from '../runs/resourceStats';
import { scheduleTimes } from '../schedules/schedule';
import { compareTexts } from '../text';
import type { SyncRun } from './syncRun';
import { endOf, failedInARow, lastSuccess, type Rules, type Sync } from './sync';
import { HEALTHS, verdictOn, type Health } from './verdict';

const HOUR = 3_600_000;

/** The columns of *Check Health*: the answer first, ids last. Times are in UTC, null if unknown. */
export type HealthRow = {
	health: Health;
	tenant_id: string | null;
	sync_job_label: string | null;
	next_step: string;
	who_acts: Actor;
	since: string | null;
	integration_name: string | null;
	last_success_at: string | null;
	hours_since_success: number | null;
	last_run_status: string | null;
	last_run_at: string | null;
	failures_in_a_row: number;
	runs: number;
	completed: number;
	failed: number;
	fetched: number | null;
	persisted: number | null;
	dropped: number | null;
	fetched_before: number | null;
	fetched_change_percent: number | null;
	schedule: string | null;
	next_run_at: string | null;
	sync_job_run_id: string | null;
	sync_job_id: string | null;
	integrated_account_id: string | null;
};

/** The time that a check looks at. */
export interface Period extends Rules {
	/** Counters are of the runs created in these last hours, and compared with as many hours before. */
	periodHours: number;
}

/** What a check says about one sync. */
export function healthRow(sync: Sync, period: Period): HealthRow {
	const { now, periodHours } = period;
	const verdict = verdictOn(sync, period);
	const start = now - periodHours * HOUR;
	const current = sync.runs.filter(({ createdAt }) => createdAt >= start);
	const before = sync.runs.filter(
		({ createdAt }) => createdAt < start && createdAt >= start - periodHours * HOUR,
	);
	const [last] = sync.runs;
	const success = lastSuccess(sync);
	const succeededAt = success ? endOf(success) : Number.NaN;
	const fetched = total(current, 'fetched');
	const fetchedBefore = total(before, 'fetched');
	return {
		health: verdict.health,
		tenant_id: sync.account?.tenantId ?? null,
		sync_job_label: sync.job?.label ?? null,
		next_step: verdict.next_step,
		who_acts: verdict.who_acts,
		since: utc(verdict.since),
		integration_name: sync.job?.integrationName ?? sync.account?.integrationName ?? null,
		last_success_at: utc(succeededAt),
		hours_since_success: Number.isNaN(succeededAt) ? null : hoursSince(succeededAt, now),
		last_run_status: last?.status ?? null,
		last_run_at: last ? utc(last.createdAt) : null,
		failures_in_a_row: failedInARow(sync).length,
		runs: current.length,
		completed: current.filter(({ stage }) => stage === 'completed').length,
		failed: current.filter(({ stage }) => stage === 'failed').length,
		fetched,
		persisted: total(current, 'persisted'),
		dropped: total(current, 'dropped'),
		fetched_before: fetchedBefore,
		fetched_change_percent: changePercent(fetched, fetchedBefore),
		...scheduleColumns(sync, now),
		sync_job_run_id: last?.id ?? null,
		sync_job_id: sync.syncJobId,
		integrated_account_id: sync.integratedAccountId,
	};
}

/** The worst ones first; alike ones by customer, then by sync job. */
export function worstFirst(rows: HealthRow[]): HealthRow[] {
	const place = new Map(HEALTHS.map((health, index) => [health, index]));
	const names = (row: HealthRow) =>
		[row.tenant_id, row.sync_job_label, row.sync_job_id, row.integrated_account_id]
			.map((name) => name ?? '')
			.join('\n');
	return rows
		.map((row) => ({ row, rank: place.get(row.health) ?? 0, names: names(row) }))
		.sort((a, b) => a.rank - b.rank || compareTexts(a.names, b.names))
		.map(({ row }) => row);
}

function total(runs: SyncRun[], counter: 'fetched' | 'persisted' | 'dropped'): number | null {
	return sumOrNull(runs.map((run) => run[counter]));
}

/** Whole percent; null if there is nothing to compare. */
function changePercent(current: number | null, before: number | null): number | null {
	return current === null || !before ? null : Math.round((current / before - 1) * 100);
}

/** In words, and when the next run of any of them is due. */
function scheduleColumns({ schedules }: Sync, now: number) {
	const times = schedules.map((schedule) => scheduleTimes(schedule, now));
	const words = times.map(({ runs }) => runs).filter((text) => text !== null);
	const [next] = times.flatMap(({ next_runs: [first] }) => first ?? []).sort();
	return {
		schedule: words.length === 0 ? null : [...new Set(words)].join('; '),
		next_run_at: next ?? null,
	};
}

/** To a tenth, and at least 0: Truto's clock may be ahead. */
function hoursSince(time: number, now: number): number {
	return Math.max(0, Math.round(((now - time) / HOUR) * 10) / 10);
}

function utc(time: number): string | null {
	return Number.isNaN(time) ? null : new Date(time).toISOString();
}
