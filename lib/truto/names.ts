import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { readSyncJob, type SyncJob } from './syncJob';

/** Whom and what a run or a schedule is about, in words for people; null for what is not known. */
export interface Names {
	/** The customer: whose account it is. */
	tenantId: string | null;
	/** Of the sync job; null also if nobody has named it. */
	label: string | null;
	/** Truto sent the label, even if it is blank. */
	knowsLabel: boolean;
	/** Of the sync job. */
	integrationName: string | null;
}

/** What can be given names: a run or a schedule. */
export interface Nameable extends Names {
	syncJobId: string | null;
	integratedAccountId: string | null;
}

/** Only the names of a thing that has them. */
export function namesOf({ tenantId, label, knowsLabel, integrationName }: Names): Names {
	return { tenantId, label, knowsLabel, integrationName };
}

/** The names that Truto sends along with a run or a schedule. It may leave out any of them. */
export function readNames(thing: JsonRecord, job = nestedJob(thing)): Names {
	const account = isJsonRecord(thing.integrated_account) ? thing.integrated_account : {};
	return {
		tenantId: textOrNull(account.tenant_id) || textOrNull(thing.tenant_id) || null,
		label: job?.label ?? null,
		knowsLabel: job?.knowsLabel ?? false,
		integrationName: job?.integrationName ?? null,
	};
}

/** The sync job that Truto sends inside a run or a schedule; null if it sends none. */
export function nestedJob({ sync_job: job }: JsonRecord): SyncJob | null {
	return isJsonRecord(job) ? readSyncJob(job) : null;
}
