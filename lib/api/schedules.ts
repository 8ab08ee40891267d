import type { IDataObject } from 'n8n-workflow';

import { withoutUndefined, type JsonRecord } from '../json';
import { pathOf, SCHEDULE, SYNC_JOB_RUN } from '../truto/kinds';
import { SAFE_PAGE } from '../truto/limits';
import { couldBe, idKey } from '../truto/references';
import { readRun, type Run } from '../truto/run';
import { readSchedule, type Schedule } from '../truto/schedule';
import type { TrutoClient } from '../transport/client';
import { fetchPage, listEntries, listOf } from './lists';
import { fetchOne } from './things';

/** `GET /sync-job-cron-trigger/{id}`. @throws {TrutoError} */
export async function fetchSchedule(client: TrutoClient, id: string): Promise<Schedule> {
	return readSchedule(await fetchOne(client, SCHEDULE, id));
}

/** Which schedules to list. Each of these is a filter of the operation *Get Many*. */
export interface ScheduleFilter {
	syncJobId?: string;
	integratedAccountId?: string;
}

/**
 * `GET /sync-job-cron-trigger`. Truto's SDK also filters by sync job. If Truto refuses or ignores that,
 * the result is still right.
 *
 * @param limit how many at most; all if undefined
 * @throws {TrutoError}
 */
export async function listSchedules(
	client: TrutoClient,
	{ syncJobId, integratedAccountId }: ScheduleFilter,
	limit?: number,
): Promise<Schedule[]> {
	const query: IDataObject = { sync_job_id: syncJobId, integrated_account_id: integratedAccountId };
	return await listEntries(client, {
		...listOf(SCHEDULE),
		query: withoutUndefined(query),
		read: readSchedule,
		limit,
		matches: (schedule) =>
			couldBe(schedule.syncJobId, syncJobId) &&
			couldBe(schedule.integratedAccountId, integratedAccountId),
		doubtful: ['sync_job_id'],
	});
}

/** `PATCH /sync-job-cron-trigger/{id}`. Returns what Truto says of the schedule now, if anything. @throws {TrutoError} */
export async function patchSchedule(
	client: TrutoClient,
	id: string,
	body: JsonRecord,
): Promise<JsonRecord> {
	return await client.sendForSuccess({
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
 * @throws {TrutoError}
 */
export async function activateSchedule(client: TrutoClient, id: string): Promise<void> {
	await client.sendForSuccess({
		method: 'POST',
		path: `${pathOf(SCHEDULE, id)}/schedule`,
		about: `${SCHEDULE.noun} ${id}`,
	});
}

/**
 * The latest run of a schedule's sync job and account, whoever started it: Truto does not name the
 * schedule on a run. One request, however many runs there are; two if Truto finds none, because runs that
 * name their account in their arguments only can't be found by it.
 *
 * @returns null if there is none; undefined if there is none among the latest 100 runs, but there are more
 * @throws {TrutoError}
 */
export async function fetchLastRun(
	client: TrutoClient,
	{ id, syncJobId, integratedAccountId }: Schedule,
): Promise<Run | null | undefined> {
	const latest = async (filter: IDataObject, isOwn: (run: Run) => boolean) => {
		const { entries, nextCursor } = await fetchPage(client, {
			...listOf(SYNC_JOB_RUN),
			query: { sort: '-created_at', sync_job_id: syncJobId ?? '', ...filter },
			size: SAFE_PAGE,
			about: `the runs of ${SCHEDULE.noun} ${id ?? ''}`,
		});
		const last = entries
			.map(readRun)
			.find((run) => couldBe(run.syncJobId, syncJobId ?? '') && isOwn(run));
		return last ?? (nextCursor === null ? null : undefined);
	};
	// A run without an account is one of a schedule without one, as in Check Health.
	const isSame = (run: Run) => idKey(run.integratedAccountId) === idKey(integratedAccountId);
	if (integratedAccountId === null) return await latest({}, isSame);
	const found = await latest({ integrated_account_id: integratedAccountId }, (run) =>
		couldBe(run.integratedAccountId, integratedAccountId),
	);
	return found === null ? await latest({}, isSame) : found;
}
