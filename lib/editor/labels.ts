import { accountIntegration } from '../accounts/attention';
import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { runLabel } from '../runs/runContext';
import { scheduleTimes } from '../schedules/schedule';
import { jobLabel } from '../syncJobs/jobLabel';
import { accountId, syncJobId } from '../truto/references';
import { utcTime } from '../truto/timestamp';

/** What people call things that other things only name by id. */
export type Names = ReadonlyMap<string, string>;

export function syncJobText(job: JsonRecord): string {
	return joined([jobLabel(job), different(job.integration_name, jobLabel(job))], job.id);
}

export function accountText(account: JsonRecord): string {
	return joined([account.tenant_id, accountIntegration(account), account.status], account.id);
}

/** Whose account it is, next to other things that are shown with it. */
export function tenantText(account: JsonRecord): string {
	return joined([account.tenant_id ?? accountIntegration(account)], account.id);
}

export function webhookText(webhook: JsonRecord): string {
	return joined(
		[webhook.target_url, webhook.is_active === false ? 'not active' : 'active'],
		webhook.id,
	);
}

/** @param jobs for runs without their sync job */
export function runText(run: JsonRecord, jobs: Names): string {
	const account = isJsonRecord(run.integrated_account) ? run.integrated_account : {};
	const begun = textOrNull(utcTime(run.started_at)) ?? utcTime(run.created_at) ?? '';
	return joined(
		[
			runLabel(run) ?? jobs.get(syncJobId(run) ?? ''),
			account.tenant_id ?? run.tenant_id,
			run.status,
			begun === '' ? null : `${begun.slice(0, 16).replace('T', ' ')} UTC`,
			`…${String(run.id).slice(-8)}`,
		],
		run.id,
	);
}

export function scheduleText(schedule: JsonRecord, jobs: Names, tenants: Names): string {
	const job = syncJobId(schedule) ?? '';
	const account = accountId(schedule) ?? '';
	return joined(
		[
			jobs.get(job) ?? shortId(job),
			tenants.get(account) ?? shortId(account),
			scheduleTimes(schedule, 0).runs ?? schedule.cron_expression,
		],
		schedule.id,
	);
}

/** The end of an id: the beginning may be the same for all ids of a day. */
function shortId(id: string): string {
	return id === '' ? '' : `…${id.slice(-8)}`;
}

function different(value: unknown, other: unknown): unknown {
	return value === other ? null : value;
}

function joined(parts: unknown[], id: unknown): string {
	const texts = parts.filter((part) => typeof part === 'string' && part.trim() !== '');
	return texts.join(' · ') || String(id);
}
