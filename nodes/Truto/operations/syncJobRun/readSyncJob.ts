import { fetchSyncJob } from '../../../../lib/api/syncJobs';
import { TrutoError } from '../../../../lib/api/trutoError';
import type { JsonRecord } from '../../../../lib/json';
import type { ItemContext } from '../../../../lib/n8n/operation';

/**
 * Fetches a sync job once for all items.
 *
 * @returns undefined where the token may not read sync jobs: it may start one all the same
 * @throws {TrutoError}
 */
export async function readSyncJob(
	{ client, nodeRun }: ItemContext,
	id: string,
): Promise<JsonRecord | undefined> {
	const fetching = nodeRun.once(id, async () => await fetchSyncJob(client, id));
	return await fetching.catch((error: unknown) => {
		if (error instanceof TrutoError && error.status === 403) return undefined;
		throw error;
	});
}
