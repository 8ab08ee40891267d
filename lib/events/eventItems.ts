import { accountAttention } from '../accounts/attention';
import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { splitRuns } from '../runs/splitResourceStats';
import type { RunOutput } from '../runs/output';
import { simplifyRun } from '../runs/simplifyRun';
import { readAccount } from '../truto/account';
import { eventSubject } from '../truto/events';
import { namesOf, type Nameable, type Names } from '../truto/names';
import { readRun } from '../truto/run';
import { readSchedule } from '../truto/schedule';
import type { TrutoEvent } from './event';
import { withNested } from './filter';
import { recordErrorItem, recordItems } from './recordItems';

/** How to output events. */
export interface EventOutput extends RunOutput {
	/** One item for each record of a `record` event. */
	splitRecords: boolean;
}

/**
 * The JSON of an event's items. There is at least one, because each event must start the workflow,
 * unless runs without statistics are skipped.
 *
 * @param names of what the event is about, if they were looked up
 */
export function eventItems(event: TrutoEvent, output: EventOutput, names?: Names): JsonRecord[] {
	const { name, payload } = event;
	switch (eventSubject(name)) {
		case 'records':
			return recordItems(event, aboutEvent(event), output.splitRecords);
		case 'record_error':
			return [recordErrorItem(event, aboutEvent(event))];
		case 'run':
			return runItems(event, output, names);
		case 'account':
			return [accountItem(event)];
		case 'schedule':
			return [scheduleItem(event, names)];
		case null:
			return [{ event: name, ...aboutEvent(event), payload }];
	}
}

/** The run or the schedule that an event is about; null for other events. */
export function eventThing({ name, payload }: TrutoEvent): Nameable | null {
	if (!isJsonRecord(payload)) return null;
	const subject = eventSubject(name);
	if (subject === 'run') return readRun(payload);
	return subject === 'schedule' ? readSchedule(withNested(payload)) : null;
}

/**
 * The columns that say which event an item comes from; `event_id` is the same each time Truto sends the
 * event.
 */
function aboutEvent({ id, createdAt, webhookId }: TrutoEvent): JsonRecord {
	const time = createdAt === null ? null : new Date(createdAt).toISOString();
	return { event_created_at: time, event_id: id, webhook_id: webhookId };
}

function runItems(event: TrutoEvent, { split, shape }: EventOutput, names?: Names): JsonRecord[] {
	const { name, payload } = event;
	const run = { ...readRun(isJsonRecord(payload) ? payload : {}), ...(names && namesOf(names)) };
	if (split && isJsonRecord(payload)) {
		const about = { event: name, ...aboutEvent(event) };
		return splitRuns([run], split).map((row) => withColumns(row, about));
	}
	const { sync_job_run_id, sync_job_id, integrated_account_id, ...columns } = simplifyRun(run);
	const item = {
		event: name,
		...columns,
		...aboutEvent(event),
		sync_job_run_id,
		sync_job_id,
		integrated_account_id,
	};
	const isEnough = shape.kind === 'simplified' && isJsonRecord(payload);
	return [isEnough ? item : { ...item, run: payload }];
}

/** Appends columns to a row. A column with the same name, such as a counter, gets the prefix that a split uses. */
function withColumns(row: JsonRecord, columns: JsonRecord): JsonRecord {
	const clashes = Object.keys(columns).filter((name) => Object.hasOwn(row, name));
	if (clashes.length === 0) return { ...row, ...columns };
	const renamed = Object.entries(row).map(([name, value]): [string, Json] => [
		clashes.includes(name) ? `stat_${name}` : name,
		value,
	]);
	return { ...Object.fromEntries(renamed), ...columns };
}

/** What the name of an event says about the account. The payload leaves out some of it. */
const MEANING: Record<string, (account: JsonRecord) => JsonRecord> = {
	'integrated_account:authentication_error': () => ({ status: 'needs_reauth' }),
	'integrated_account:active': () => ({ status: 'active' }),
	'integrated_account:reactivated': () => ({ status: 'active', last_forbidden_error: null }),
	'integrated_account:validation_error': () => ({ status: 'validation_error' }),
	'integrated_account:post_install_error': () => ({ status: 'post_install_error' }),
	'integrated_account:forbidden_error': ({ last_forbidden_error: error }) => ({
		last_forbidden_error: isJsonRecord(error) ? error : { resource: null },
	}),
};

function accountItem(event: TrutoEvent): JsonRecord {
	const { name, payload } = event;
	const sent = isJsonRecord(payload) ? payload : {};
	const account = readAccount({ ...sent, ...MEANING[name]?.(sent) });
	return {
		event: name,
		tenant_id: account.tenantId,
		integration_name: account.integrationName,
		status: account.status,
		...accountAttention(account),
		...aboutEvent(event),
		integrated_account_id: account.id,
		account: payload,
	};
}

/** The docs don't say what the payload is: the schedule itself, or an object that names or contains it. */
function scheduleItem(event: TrutoEvent, names?: Names): JsonRecord {
	const { name, payload } = event;
	const sent = isJsonRecord(payload) ? withNested(payload) : {};
	const schedule = { ...readSchedule(sent), ...(names && namesOf(names)) };
	return {
		event: name,
		tenant_id: schedule.tenantId,
		sync_job_label: schedule.label,
		integration_name: schedule.integrationName,
		cron_expression: schedule.cronExpression,
		...aboutEvent(event),
		sync_job_cron_trigger_id: textOrNull(sent.sync_job_cron_trigger_id) ?? schedule.id,
		sync_job_id: schedule.syncJobId,
		integrated_account_id: schedule.integratedAccountId,
		schedule: payload,
	};
}
