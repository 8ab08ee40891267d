import { fetchAccount } from '../api/integratedAccounts';
import { fetchSyncJob } from '../api/syncJobs';
import { checkIntegration } from '../syncJobs/integrationCheck';
import { TrutoError } from '../transport/trutoError';
import type { Account } from '../truto/account';
import type { SyncJob } from '../truto/syncJob';
import type { ItemContext } from './operation';

/** Fetches a sync job once for all items. @throws {TrutoError} */
export async function syncJobOnce({ client, nodeRun }: ItemContext, id: string): Promise<SyncJob> {
	return await nodeRun.once(`sync job ${id}`, async () => await fetchSyncJob(client, id));
}

/**
 * Fetches the account that a sync job is to sync, once for all items, beside what is done until it is
 * checked.
 *
 * @returns what checks it, and returns it if it could be read: throws an `ExplainedError` if it is one of
 * another integration, and a {@link TrutoError}
 */
export function accountCheck(
	{ client, nodeRun }: ItemContext,
	id: string | undefined,
): (job: SyncJob) => Promise<Account | undefined> {
	if (id === undefined) return async () => await Promise.resolve(undefined);
	const fetching = nodeRun.once(`account ${id}`, async () => await fetchAccount(client, id));
	const reading = fetching.catch((error: unknown) => {
		// Truto decides if the token may not read accounts, or there is none with this id.
		if (error instanceof TrutoError && [403, 404].includes(error.status ?? 0)) return undefined;
		throw error;
	});
	// There may be another error before anybody waits for it.
	reading.catch(() => undefined);
	return async (job) => {
		// There is nothing to check for a job over several integrations.
		if (job.integrationName === null) return await reading.catch(() => undefined);
		const account = await reading;
		if (account) checkIntegration(job, account);
		return account;
	};
}
