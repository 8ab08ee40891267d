import { resourcePath } from '../parameters/id';
import type { JsonRecord } from '../json';
import type { TrutoClient } from './client';

/**
 * `GET /sync-job-run/{id}` (*Get sync job run* in Truto's API reference).
 *
 * @throws {TrutoError}
 */
export async function fetchRun(client: TrutoClient, id: string): Promise<JsonRecord> {
	return await client.sendForRecord({
		method: 'GET',
		path: resourcePath('sync-job-run', id),
		about: `sync job run ${id}`,
	});
}
