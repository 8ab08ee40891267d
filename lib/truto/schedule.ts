import { textOrNull, type JsonRecord } from '../json';
import { readNames, type Names } from './names';
import { accountId, syncJobId } from './references';
import { readTime, type Time } from './timestamp';

/** A schedule, in Truto a *sync job cron trigger*: what this package understands of it. */
export interface Schedule extends Names {
	/** As Truto sent it, for output. */
	raw: JsonRecord;
	id: string | null;
	syncJobId: string | null;
	/** Given on the schedule, or, with a version 4 job, in the arguments of its runs only. */
	integratedAccountId: string | null;
	/** Five fields, in UTC. */
	cronExpression: string | null;
	createdAt: Time;
	updatedAt: Time;
}

/** @param raw the answer of `GET /sync-job-cron-trigger/{id}`, or an entry of the list */
export function readSchedule(raw: JsonRecord): Schedule {
	return {
		raw,
		id: textOrNull(raw.id) || null,
		...readNames(raw),
		syncJobId: syncJobId(raw),
		integratedAccountId: accountId(raw),
		cronExpression: textOrNull(raw.cron_expression),
		createdAt: readTime(raw.created_at),
		updatedAt: readTime(raw.updated_at),
	};
}
