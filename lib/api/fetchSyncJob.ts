import { resourcePath } from '../parameters/id';
import type { JsonRecord } from '../json';
import type { TrutoClient } from './client';

/**
 * `GET /sync-job/{id}`.
 *
 * @throws {TrutoError}
 */
export async function fetchSyncJob(client: TrutoClient, id: string): Promise<JsonRecord> {
	return await client.sendForRecord({
		method: 'GET',
		path: resourcePath('sync-job', id),
		about: `sync job ${id}`,
	});
}
