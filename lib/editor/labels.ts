import { textOrNull, type JsonRecord } from '../json';
import { jsonText } from '../text';
import { cronWords } from '../schedules/schedule';
import type { Account } from '../truto/account';
import type { Run } from '../truto/run';
import type { Schedule } from '../truto/schedule';
import { ACCOUNT_STATUSES } from '../truto/statuses';
import { syncJobName, type SyncJob } from '../truto/syncJob';

/** What people call things that other things only name by id. */
export type Names = ReadonlyMap<string, string>;

export function syncJobText({ label, integrationName }: SyncJob): string {
	return joined([label, integrationName]);
}

export function accountText({ tenantId, integrationLabel, status }: Account): string {
	const known = ACCOUNT_STATUSES.find(({ value }) => value === status);
	return joined([tenantId, integrationLabel, known?.name ?? status]);
}

/** Whose account it is, next to other things that are shown with it. */
export function tenantText({ tenantId, integrationLabel }: Account): string {
	return joined([tenantId ?? integrationLabel]);
}

export function webhookText(webhook: JsonRecord): string {
	return joined([
		textOrNull(webhook.target_url),
		webhook.is_active === false ? 'not active' : 'active',
	]);
}

export function datastoreText({ label, type }: JsonRecord): string {
	return joined([textOrNull(label), textOrNull(type)]);
}

/** An entry of a state with its value, which may be long. */
export function stateEntryText({ key, value }: JsonRecord): string {
	return joined([textOrNull(key), jsonText(value ?? null, 60)]);
}

/** @param jobs for runs without their sync job */
export function runText(run: Run, jobs: Names): string {
	const begun = run.startedAt.text ?? run.createdAt.text ?? '';
	return joined([
		syncJobName(run) ?? jobs.get(run.syncJobId ?? ''),
		run.tenantId,
		run.status,
		begun === '' ? null : `${begun.slice(0, 16).replace('T', ' ')} UTC`,
		shortId(run.id),
	]);
}

export function scheduleText(schedule: Schedule, jobs: Names, tenants: Names): string {
	const { syncJobId: job, integratedAccountId: account, cronExpression } = schedule;
	return joined([
		jobs.get(job ?? '') ?? shortId(job),
		tenants.get(account ?? '') ?? shortId(account),
		cronWords(cronExpression) ?? cronExpression,
	]);
}

/** The end of an id: the beginning may be the same for all ids of a day. */
function shortId(id: string | null): string | null {
	return id === null ? null : `…${id.slice(-8)}`;
}

/** `''` if nothing is known. */
function joined(parts: Array<string | null | undefined>): string {
	return parts.filter((part) => part?.trim()).join(' · ');
}
