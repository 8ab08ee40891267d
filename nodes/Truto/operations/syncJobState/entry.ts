import type { EntryId } from '../../../../lib/api/stateEntries';
import type { JsonRecord } from '../../../../lib/json';
import { accountCheck, syncJobOnce } from '../../../../lib/n8n/jobAndAccount';
import type { ItemContext } from '../../../../lib/n8n/operation';
import type { ValuesOf } from '../../../../lib/parameters/parameter';
import { entryKey, state, type StateChoice } from '../../../../lib/parameters/state';
import { filledStateKey } from '../../../../lib/syncJobs/stateKey';

/**
 * The state key that was entered, or the one of the sync job, with the account filled in.
 *
 * @throws {ExplainedError} as {@link filledStateKey}, and if the account is one of another integration
 */
export async function stateKeyOf(chosen: StateChoice, item: ItemContext): Promise<string> {
	if ('stateKey' in chosen) return chosen.stateKey;
	const { syncJobId, accountId } = chosen;
	const { check } = accountCheck(item, accountId);
	const job = await syncJobOnce(item, syncJobId);
	const stateKey = filledStateKey(job, accountId);
	await check(job);
	return stateKey;
}

/** An entry for output: what it holds comes first, ids come last. */
export function entryRow(entry: JsonRecord, stateKey: string): JsonRecord {
	const { key = null, value = null, sync_job_run_id = null, ...others } = entry;
	return { key, value, ...others, sync_job_run_id, state_key: stateKey };
}

/** The entry in texts. */
export function entryName(id: EntryId): string {
	return `${id.key} of state ${id.stateKey}`;
}

/** Which entry of which state. */
export const entry = { state, key: entryKey };

/** @throws as {@link stateKeyOf} */
export async function entryIdOf(
	values: ValuesOf<typeof entry>,
	item: ItemContext,
): Promise<EntryId> {
	return { key: values.key, stateKey: await stateKeyOf(values.state, item) };
}
