import { textOrNull, type JsonRecord } from '../json';
import { jsonText } from '../text';
import { cronWords } from '../schedules/schedule';
import type { Account } from '../truto/account';
import type { Nameable } from '../truto/names';
import type { Run } from '../truto/run';
import type { Schedule } from '../truto/schedule';
import { ACCOUNT_STATUSES } from '../truto/statuses';
import { syncJobName, type SyncJob } from '../truto/syncJob';
import { shortTime } from '../zonedTime';

/** Such as `HubSpot CRM to warehouse · hubspot`. */
export function syncJobText({ label, integrationName }: SyncJob): string {
	return joined([label, integrationName]);
}

/** Such as `acme-1 · HubSpot · Active`. */
export function accountText({ tenantId, integrationLabel, status }: Account): string {
	const known = ACCOUNT_STATUSES.find(({ value }) => value === status);
	return joined([tenantId, integrationLabel, known?.name ?? status]);
}

/** Such as `https://example.com/hook · active`. */
export function webhookText(webhook: JsonRecord): string {
	return joined([
		textOrNull(webhook.target_url),
		webhook.is_active === false ? 'not active' : 'active',
	]);
}

/** Such as `Warehouse · postgres`. */
export function datastoreText({ label, type }: JsonRecord): string {
	return joined([textOrNull(label), textOrNull(type)]);
}

/** An entry of a state with its value, which may be long. */
export function stateEntryText({ key, value }: JsonRecord): string {
	return joined([textOrNull(key), jsonText(value ?? null, 60)]);
}

/** Such as `acme-1 · HubSpot CRM to warehouse · failed · 28 Nov 14:36`. */
export function runText(run: Run, timeZone: string, now: number): string {
	const begun = [run.startedAt.ms, run.createdAt.ms].find((time) => !Number.isNaN(time));
	return joined([
		...whose(run),
		run.status?.replaceAll('_', ' '),
		begun === undefined ? null : shortTime(begun, timeZone, now),
	]);
}

/** The times first: schedules of one sync job often differ in nothing else, and the list cuts off the end. */
export function scheduleText(schedule: Schedule): string {
	const { cronExpression } = schedule;
	return joined([cronWords(cronExpression) ?? cronExpression, ...whose(schedule)]);
}

/** The customer and the sync job, or the ends of their ids. */
function whose({ syncJobId, integratedAccountId, ...names }: Nameable): Array<string | null> {
	return [names.tenantId ?? shortId(integratedAccountId), syncJobName(names) ?? shortId(syncJobId)];
}

/** The end of an id: the beginning may be the same for all ids of a day. */
function shortId(id: string | null): string | null {
	return id === null ? null : `…${id.slice(-8)}`;
}

/** `''` if nothing is known. */
function joined(parts: Array<string | null | undefined>): string {
	return parts.filter((part) => part?.trim()).join(' · ');
}
