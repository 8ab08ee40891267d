import { SYNC_JOB } from '../truto/kinds';
import { readSyncJob, type SyncJob } from '../truto/syncJob';
import type { TrutoClient } from '../transport/client';
import { listEntries, listOf, pagesOf, type List } from './lists';
import { fetchOne } from './things';

/** `GET /sync-job/{id}`. @throws {TrutoError} */
export async function fetchSyncJob(client: TrutoClient, id: string): Promise<SyncJob> {
	return readSyncJob(await fetchOne(client, SYNC_JOB, id));
}

/** Which sync jobs to list. */
export interface SyncJobFilter {
	/** Truto's name of an integration, such as `hubspot`. */
	integrationName?: string;
	limit?: number;
}

/** `GET /sync-job`. @throws {TrutoError} */
export async function listSyncJobs(client: TrutoClient, filter: SyncJobFilter): Promise<SyncJob[]> {
	return await listEntries(client, jobList(filter));
}

/** {@link listSyncJobs}, page by page. @throws as {@link pagesOf} */
export function syncJobPages(
	client: TrutoClient,
	filter: SyncJobFilter,
): AsyncGenerator<SyncJob[]> {
	return pagesOf(client, jobList(filter));
}

function jobList({ integrationName, limit }: SyncJobFilter): List<SyncJob> {
	return {
		...listOf(SYNC_JOB),
		query: integrationName === undefined ? {} : { integration_name: integrationName },
		read: readSyncJob,
		limit,
		matches: (job) => integrationName === undefined || job.integrationName === integrationName,
	};
}
