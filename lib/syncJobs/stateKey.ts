import { ExplainedError } from '../explainedError';
import { andList, quote } from '../text';
import type { SyncJob } from '../truto/syncJob';
import { accountArgument } from './argsSchema';

/** A part of a state key that Truto fills in for each run, such as `{{args.integrated_account_id}}`. */
const PLACEHOLDER = /\{\{\s*(.*?)\s*\}\}/g;

/**
 * The key of the state that the runs of a sync job keep, with the account filled in for its placeholders.
 *
 * @param accountId undefined if no account is chosen
 * @throws {ExplainedError} if the job has no state key, or has placeholders that stay open
 */
export function filledStateKey(job: SyncJob, accountId: string | undefined): string {
	const { stateKey } = job;
	if (stateKey === null) {
		throw new ExplainedError(
			'This sync job has no state key',
			"Its runs may get one when they are started. If you know it, set 'Specify State' to 'By State Key'.",
		);
	}
	const ofAccount = ['integrated_account_id', accountArgument(job)].map((name) => `args.${name}`);
	const names = [...stateKey.matchAll(PLACEHOLDER)].map(([, name = '']) => name);
	const open = names.filter((name) => !ofAccount.includes(name));
	if (open.length > 0) {
		throw new ExplainedError(
			`The state key of this sync job depends on ${andList(open)}: ${quote(stateKey)}`,
			"Set 'Specify State' to 'By State Key', and enter the key with its placeholders filled in.",
		);
	}
	if (names.length > 0 && accountId === undefined) {
		throw new ExplainedError(
			'No integrated account selected',
			"Choose it under 'Integrated Account': this sync job keeps a state for each account. If you use an expression, it returned nothing for this item.",
		);
	}
	return stateKey.replace(PLACEHOLDER, () => accountId ?? '');
}
