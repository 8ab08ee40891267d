import { resourcePath } from '../shared/ids';
import type { JsonRecord } from '../shared/json';
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
