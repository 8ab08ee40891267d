import { ExplainedError } from '../explainedError';
import { isBlank } from '../given';
import type { Json, JsonRecord } from '../json';
import { andList } from '../text';
import type { SyncJob } from '../truto/syncJob';
import { datedArgs } from './argTimes';
import { accountArgument, missingArgs, typedArgs } from './argsSchema';

/**
 * The arguments of a run with the JSON types of the sync job's schema. The run's account also fills the
 * one argument that takes an account, unless it was given.
 *
 * @param timeZone the workflow's, for times that name none
 */
export function completeArguments(
	job: SyncJob,
	given: JsonRecord,
	accountId: string | undefined,
	timeZone: string,
): JsonRecord {
	const args = datedArgs(job, typedArgs(job, given), timeZone);
	const name = accountArgument(job);
	if (name === null || accountId === undefined || !isBlank(args[name])) return args;
	return { ...args, [name]: accountId };
}

/** What a run is to be started with. */
export interface RunStart {
	args: JsonRecord;
	accountId: string | undefined;
	errorHandling: Json | undefined;
}

/**
 * Checks what Truto would refuse, before anything is started.
 *
 * @throws {ExplainedError} if arguments or the account are missing, or the job's version is too old
 */
export function checkAgainst(job: SyncJob, { args, accountId, errorHandling }: RunStart): void {
	const missing = missingArgs(job, args);
	const ofAccount = accountArgument(job);
	const lacksAccount =
		ofAccount === null
			? accountId === undefined && !takesAccounts(job)
			: missing.includes(ofAccount);
	const others = missing.filter((name) => name !== ofAccount);
	if (others.length > 0) {
		throw new ExplainedError(
			`The sync job needs the ${others.length === 1 ? 'argument' : 'arguments'} ${andList(others.map((name) => `'${name}'`))}`,
			`Enter ${others.length === 1 ? 'it' : 'them'} under 'Arguments'.${lacksAccount ? " Choose the account under 'Integrated Account'." : ''}`,
		);
	}
	if (lacksAccount) {
		throw new ExplainedError(
			'No integrated account selected',
			"Choose the account to sync under 'Integrated Account'. An expression may have returned nothing for this item.",
		);
	}
	if (errorHandling === 'batch' && job.runtimeVersion === 1) {
		throw new ExplainedError(
			"This sync job can't report errors in batches: it has runtime version 1",
			"Choose another 'Error Handling', or raise the sync job's version in Truto.",
		);
	}
}

/** Version 4 jobs name the account of each request themselves. */
function takesAccounts({ runtimeVersion }: SyncJob): boolean {
	return (runtimeVersion ?? 0) >= 4;
}
