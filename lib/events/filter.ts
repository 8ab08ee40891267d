import { isJsonRecord, textOrNull, type JsonRecord } from '../json';
import { eventSubject } from '../truto/events';
import { accountId, couldBe, syncJobId } from '../truto/references';
import type { TrutoEvent } from './event';

/** Ids that an event must be about. */
export interface EventFilter {
	syncJobId?: string;
	integratedAccountId?: string;
}

/**
 * Whether an event is about what the filter names. What an event does not name can't rule it out: an
 * account's event is about no sync job, and the docs leave open what a `record` event names.
 */
export function passes(event: TrutoEvent, filter: EventFilter): boolean {
	const { payload } = event;
	if (!isJsonRecord(payload)) return true;
	const thing = withNested(payload);
	return (
		couldBe(syncJobId(thing), filter.syncJobId) &&
		couldBe(accountOfEvent(event.name, thing), filter.integratedAccountId)
	);
}

/** The integrated account that an event is about. A version 4 job may have it in its arguments only. */
function accountOfEvent(name: string, payload: JsonRecord): string | null {
	const isAccount = eventSubject(name) === 'account';
	return isAccount ? textOrNull(payload.id) || null : accountId(payload);
}

/**
 * A payload with the fields of the run or the schedule that is nested in it: Truto doesn't document what
 * the events of schedules and records carry.
 */
export function withNested(payload: JsonRecord): JsonRecord {
	const { sync_job_run: run, sync_job_cron_trigger: schedule } = payload;
	return {
		...payload,
		...(isJsonRecord(run) ? run : {}),
		...(isJsonRecord(schedule) ? schedule : {}),
	};
}
