import { ExplainedError } from '../explainedError';
import type { Account } from '../truto/account';
import type { SyncJob } from '../truto/syncJob';

/**
 * Refuses an account of another integration than the sync job's, for example one that was left over when
 * another job was chosen.
 *
 * @throws {ExplainedError} that names both. A job over several integrations takes any account.
 */
export function checkIntegration(job: SyncJob, account: Account): void {
	const [ofJob, ofAccount] = [job.integrationName, account.integrationName];
	if (ofJob === null || !ofAccount || ofJob.toLowerCase() === ofAccount.toLowerCase()) return;
	throw new ExplainedError(
		`The sync job is for ${ofJob}, but the integrated account is connected to ${ofAccount}`,
		`Choose an account of ${ofJob} under 'Integrated Account', or another sync job.`,
	);
}
