import type { IDataObject } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { pathOf, SCHEDULE } from '../truto/kinds';
import { SMALLEST_LARGE_PAGE } from '../truto/limits';
import { accountId, isSameId, syncJobId } from '../truto/references';
import type { TrutoClient } from '../transport/client';
import { fetchPage, listEntries } from './lists';
import { fetchOne } from './things';

/** `GET /sync-job-cron-trigger/{id}`. @throws {TrutoError} */
export async function fetchSchedule(client: TrutoClient, id: string): Promise<JsonRecord> {
	return await fetchOne(client, SCHEDULE, id);
}

/** Which schedules to list. */
export interface ScheduleFilter {
	syncJobId?: string;
	integratedAccountId?: string;
	limit?: number;
	pageSize?: number;
}

/**
 * `GET /sync-job-cron-trigger`. Truto's SDK also filters by sync job. If Truto refuses or ignores that,
 * the result is still right.
 *
 * @throws {TrutoError}
 */
export async function listSchedules(
	client: TrutoClient,
	filter: ScheduleFilter,
): Promise<JsonRecord[]> {
	const query: IDataObject = {
		...(filter.syncJobId === undefined ? {} : { sync_job_id: filter.syncJobId }),
		...(filter.integratedAccountId === undefined
			? {}
			: { integrated_account_id: filter.integratedAccountId }),
	};
	return await listEntries(client, {
		path: `/${SCHEDULE.collection}`,
		query,
		about: 'the list of schedules',
		limit: filter.limit,
		pageSize: filter.pageSize,
		matches: (schedule) =>
			isSameId(syncJobId(schedule), filter.syncJobId) &&
			isSameId(accountId(schedule), filter.integratedAccountId),
		doubtful: ['sync_job_id'],
	});
}

/** `PATCH /sync-job-cron-trigger/{id}`. @throws {TrutoError} */
export async function patchSchedule(
	client: TrutoClient,
	id: string,
	body: JsonRecord,
): Promise<JsonRecord> {
	return await client.sendForRecord({
		method: 'PATCH',
		path: pathOf(SCHEDULE, id),
		body,
		about: `${SCHEDULE.noun} ${id}`,
	});
}

/**
 * `POST /sync-job-cron-trigger/{id}/schedule`. Truto only runs a new schedule, or a changed expression,
 * after this request (*Sync Job Cron Triggers* in Truto's guide).
 *
 * @throws {ExplainedError} if Truto answers that it has not; {@link TrutoError}
 */
export async function activateSchedule(client: TrutoClient, id: string): Promise<void> {
	const about = `${SCHEDULE.noun} ${id}`;
	const answer = await client.send({
		method: 'POST',
		path: `${pathOf(SCHEDULE, id)}/schedule`,
		about,
	});
	if (isJsonRecord(answer) && answer.success === false) {
		throw new ExplainedError(
			`Truto did not activate ${about}`,
			'Look at the schedule in Truto, then try again.',
		);
	}
}

/**
 * The latest run of a schedule's sync job and account, whoever started it: Truto does not name the
 * schedule on a run. One request, however many runs there are.
 *
 * @returns null if there is none; undefined if there is none among the latest 100 runs, but there are more
 * @throws {TrutoError}
 */
export async function fetchLastRun(
	client: TrutoClient,
	schedule: JsonRecord,
): Promise<JsonRecord | null | undefined> {
	const job = syncJobId(schedule) ?? '';
	const account = accountId(schedule) ?? undefined;
	// If the schedule names its account in the arguments only, so may its runs: Truto might not find them.
	const named = textOrNull(schedule.integrated_account_id);
	const page = await fetchPage(client, {
		path: '/sync-job-run',
		query: {
			sort: '-created_at',
			sync_job_id: job,
			...(named ? { integrated_account_id: named } : {}),
		},
		size: SMALLEST_LARGE_PAGE,
		about: `the runs of ${SCHEDULE.noun} ${String(schedule.id)}`,
	});
	const last = page.entries.find(
		(run) => isSameId(syncJobId(run), job) && isSameId(accountId(run), account),
	);
	return last ?? (page.nextCursor === null ? null : undefined);
}
