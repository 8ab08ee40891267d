import type { JsonRecord } from '../../../lib/json.ts';
import type { SyncRun } from '../../../lib/health/syncRun.ts';
import type { Sync } from '../../../lib/health/sync.ts';
import { readAccount } from '../../../lib/truto/account.ts';
import { readSchedule } from '../../../lib/truto/schedule.ts';
import { readSyncJob } from '../../../lib/truto/syncJob.ts';
import type { RunStage } from '../../../lib/truto/statuses.ts';

/** Wednesday. */
export const NOW = Date.parse('2026-04-01T12:00:00.000Z');

export const HOUR = 3_600_000;

/** A run that was created so many hours ago, and completed half an hour later. */
export function run(hoursAgo: number, given: Partial<SyncRun> = {}): SyncRun {
	const createdAt = NOW - hoursAgo * HOUR;
	return {
		id: `run-${hoursAgo}`,
		syncJobId: 'job',
		integratedAccountId: 'account',
		status: given.stage ?? 'completed',
		stage: 'completed',
		hasEnded: true,
		isAccountInArgs: false,
		heldBy: null,
		createdAt,
		updatedAt: createdAt + HOUR / 2,
		finishedAt: createdAt + HOUR / 2,
		fetched: 100,
		persisted: 100,
		dropped: 0,
		losing: null,
		...given,
	};
}

export const failed = (hoursAgo: number, given: Partial<SyncRun> = {}) =>
	run(hoursAgo, { stage: 'failed', ...given });

export const losing = (hoursAgo: number) =>
	run(hoursAgo, { persisted: 0, dropped: 100, losing: 'crm/contacts' });

/** A sync with these runs, the newest one first, of which all are known. */
export function sync(runs: SyncRun[], given: Partial<Sync> = {}): Sync {
	return {
		syncJobId: 'job',
		integratedAccountId: 'account',
		runs,
		readSince: Number.NEGATIVE_INFINITY,
		schedules: [],
		job: readSyncJob({ id: 'job', label: 'HubSpot CRM to warehouse', integration_name: 'hubspot' }),
		account: acme(),
		...given,
	};
}

/** Every six hours, unchanged since January. */
export const EVERY_SIX_HOURS = readSchedule({
	id: 'schedule',
	cron_expression: '0 */6 * * *',
	created_at: '2026-01-01T00:00:00.000Z',
	updated_at: '2026-01-01T00:00:00.000Z',
});

/** The customer's account, as Truto sends it. */
export function acme(given: JsonRecord = {}) {
	return readAccount({
		id: 'account',
		tenant_id: 'acme',
		status: 'active',
		integration: { name: 'hubspot', label: 'HubSpot' },
		...given,
	});
}

export const needsReauth = acme({ status: 'needs_reauth' });
export const setupFailed = acme({ status: 'post_install_error' });
export const forbidden = acme({
	last_forbidden_error: {
		missing_scopes: ['crm.read', 'deals.read'],
		occurred_at: '2026-03-31T20:00:00.000Z',
	},
});
export const inProgress = { stage: 'running' as RunStage, hasEnded: false, finishedAt: Number.NaN };
export const advancing = { ...inProgress, updatedAt: NOW - 60_000 };
export const silent = { ...inProgress, updatedAt: NOW - 5 * 60_000 };
export const queued = {
	...inProgress,
	stage: 'waiting' as RunStage,
	status: 'created',
	updatedAt: NOW,
};
export const paused = {
	...inProgress,
	stage: 'paused' as RunStage,
	status: 'rate_limited',
	updatedAt: NOW - 20 * HOUR,
};
export const stoppedRun = { stage: 'stopped' } as const;
export const scheduled = { schedules: [EVERY_SIX_HOURS] };
/** Older runs were not read. */
export const cut = { readSince: NOW - 48 * HOUR };
