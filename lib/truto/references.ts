import { isJsonRecord, textOrNull, type JsonRecord } from '../json';

/** The sync job that a run or a schedule names: by its id, or as the whole job nested in it. */
export function syncJobId(thing: JsonRecord): string | null {
	const { sync_job_id: id, sync_job: job } = thing;
	return textOrNull(id) || (isJsonRecord(job) && textOrNull(job.id)) || null;
}

/**
 * The integrated account that a run or a schedule names. With a version 4 job, it may stand in the
 * arguments only.
 */
export function accountId(thing: JsonRecord): string | null {
	return ownAccountId(thing) ?? accountIdInArgs(thing);
}

/** Whether only the arguments name the account: Truto finds no such run by its account. */
export function isAccountInArgs(thing: JsonRecord): boolean {
	return ownAccountId(thing) === null && accountIdInArgs(thing) !== null;
}

function ownAccountId(thing: JsonRecord): string | null {
	return textOrNull(thing.integrated_account_id) || null;
}

function accountIdInArgs({ args }: JsonRecord): string | null {
	return (isJsonRecord(args) && textOrNull(args.integrated_account_id)) || null;
}

/**
 * An id in the form in which ids are compared, and in which they are keys. Ids are UUIDs, so their letter
 * case doesn't matter. Output keeps an id as Truto spells it.
 *
 * @returns `''` if there is none
 */
export function idKey(id: string | null | undefined): string {
	return id?.toLowerCase() ?? '';
}

/**
 * Whether an id can be the wanted one. One that Truto left out can be any.
 *
 * @param wanted undefined for any
 */
export function couldBe(id: string | null, wanted: string | undefined): boolean {
	return id === null || wanted === undefined || idKey(id) === idKey(wanted);
}
