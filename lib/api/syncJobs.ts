import { SYNC_JOB } from '../truto/kinds';
import { readSyncJob, type SyncJob } from '../truto/syncJob';
import type { TrutoClient } from '../transport/client';
import { listEntries, pagesOf, type List } from './lists';
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
	pageSize?: number;
}

/** `GET /sync-job`. @throws {TrutoError} */
export async function listSyncJobs(client: TrutoClient, filter: SyncJobFilter): Promise<SyncJob[]> {
	return await listEntries(client, listOf(filter));
}

/** {@link listSyncJobs}, page by page. @throws as {@link pagesOf} */
export function syncJobPages(
	client: TrutoClient,
	filter: SyncJobFilter,
): AsyncGenerator<SyncJob[]> {
	return pagesOf(client, listOf(filter));
}

function listOf({ integrationName, limit, pageSize }: SyncJobFilter): List<SyncJob> {
	return {
		path: '/sync-job',
		query: integrationName === undefined ? {} : { integration_name: integrationName },
		about: 'the list of sync jobs',
		read: readSyncJob,
		limit,
		pageSize,
		matches: (job) => integrationName === undefined || job.integrationName === integrationName,
	};
}
