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

/** An account that is being fetched. */
export interface AccountCheck {
	/** @throws {ExplainedError} if it is one of another integration; {@link TrutoError} */
	check: (job: SyncJob) => Promise<void>;
	/** The account; undefined until it has been fetched, or if it could not be. */
	read: () => Account | undefined;
}

/**
 * Fetches the account that a sync job is to sync, once for all items, beside what is done until it is
 * checked.
 */
export function accountCheck(
	{ client, nodeRun }: ItemContext,
	id: string | undefined,
): AccountCheck {
	if (id === undefined) {
		return { check: async () => await Promise.resolve(), read: () => undefined };
	}
	let account: Account | undefined;
	const fetching = nodeRun.once(`account ${id}`, async () => await fetchAccount(client, id));
	const keep = (fetched: Account) => {
		account = fetched;
	};
	const reading = fetching.then(keep, (error: unknown) => {
		// Truto decides if the token may not read accounts, or there is none with this id.
		if (error instanceof TrutoError && [403, 404].includes(error.status ?? 0)) return;
		throw error;
	});
	// There may be another error before anybody waits for it.
	reading.catch(() => undefined);
	return {
		check: async (job) => {
			// There is nothing to check for a job over several integrations.
			if (job.integrationName === null) return;
			await reading;
			if (account) checkIntegration(job, account);
		},
		read: () => account,
	};
}
