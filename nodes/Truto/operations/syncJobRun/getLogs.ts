import { fetchOldestLogs, type LogQuery } from '../../../../lib/api/logs';
import { fetchRun } from '../../../../lib/api/syncJobRuns';
import { ExplainedError } from '../../../../lib/explainedError';
import { textOrNull, type JsonRecord } from '../../../../lib/json';
import { flatLogEntry, logRow } from '../../../../lib/logs/logEntry';
import { runLogSpan } from '../../../../lib/logs/windows';
import { withNames } from '../../../../lib/n8n/names';
import { operation } from '../../../../lib/n8n/operation';
import { includeNames } from '../../../../lib/parameters/includeNames';
import { syncJobRun } from '../../../../lib/parameters/locators';
import { limit } from '../../../../lib/parameters/paging';
import { choice, date } from '../../../../lib/parameters/parameter';
import type { Nameable, Names } from '../../../../lib/truto/names';
import { accountId, couldBe, idKey } from '../../../../lib/truto/references';
import type { Run } from '../../../../lib/truto/run';
import { timestamp } from '../../../../lib/truto/timestamp';

const logType = choice({
	displayName: 'Log Type',
	name: 'logType',
	type: 'options',
	options: [
		{
			name: 'Run',
			value: 'rapid_bridge',
			description: 'What the run did: requests, records and errors',
		},
		{
			name: 'Schedule',
			value: 'sync_job_cron_trigger',
			description: "When the schedules of the run's sync job started runs",
		},
		{
			name: 'Webhook Deliveries',
			value: 'webhook',
			description: "What the run's webhook answered to each delivery",
		},
	],
	default: 'rapid_bridge',
	description: 'Which logs to read',
});

const event = choice({
	displayName: 'Event',
	name: 'event',
	type: 'options',
	options: [
		{ name: 'All', value: '' },
		{ name: 'Failed', value: 'failed' },
		{ name: 'Record Error', value: 'record_error' },
	],
	default: '',
	description: 'Only entries of this event',
	displayOptions: { show: { '/logType': ['rapid_bridge'] } },
});

const loggedAfter = date({
	displayName: 'Logged After',
	name: 'loggedAfter',
	type: 'dateTime',
	default: '',
	description: 'Only entries later than this. Defaults to the time at which the run was created.',
});

const loggedBefore = date({
	displayName: 'Logged Before',
	name: 'loggedBefore',
	type: 'dateTime',
	default: '',
	description: 'Only entries earlier than this. Defaults to the time at which the run ended.',
});

export const getLogs = operation({
	option: {
		name: 'Get Logs',
		value: 'getLogs',
		action: 'Get the logs of a sync job run',
		description:
			'Get the log entries of a sync job run, of the deliveries to its webhook or of its schedules, oldest first',
	},
	parameters: { id: syncJobRun, logType, limit },
	options: { event, includeNames: includeNames(true), loggedAfter, loggedBefore },
	isCustom: true,
	onlyReads: true,
	run: async ({ id, logType: type, limit: most, options }, item) => {
		const run = await fetchRun(item.client, id);
		const span = runLogSpan(run, Date.now());
		const name = async (things: Nameable[]) =>
			options.includeNames ? await withNames(things, item) : things;
		const reading = fetchOldestLogs(item.client, {
			type,
			...ofRun(type, run, options.event || undefined),
			span: {
				from: options.loggedAfter === undefined ? span.from : timestamp(options.loggedAfter),
				to: options.loggedBefore === undefined ? span.to : timestamp(options.loggedBefore),
			},
			limit: most,
			about: `the logs of sync job run ${String(run.id)}`,
		});
		if (type === 'rapid_bridge') {
			const [entries, [named]] = await Promise.all([reading, name([run])]);
			return entries.map((entry) => logRow(entry, nameColumns(named ?? run)));
		}
		const entries = await reading;
		// A webhook may serve many customers, and its deliveries don't say which of them they are for.
		if (type === 'webhook') return entries.map((entry) => logRow(entry));
		const named = await name(entries.map((entry) => ofSchedule(entry, run)));
		return entries.map((entry, index) => logRow(entry, nameColumns(named[index] ?? run)));
	},
});

function nameColumns({ tenantId, label, integrationName }: Names): JsonRecord {
	return { tenant_id: tenantId, sync_job_label: label, integration_name: integrationName };
}

/** Whom an entry of a schedule is about: the sync job of the run, but any of its accounts. */
function ofSchedule(entry: JsonRecord, run: Nameable): Nameable {
	const { label, knowsLabel, syncJobId, integrationName } = run;
	const account = accountId(flatLogEntry(entry));
	const isSame =
		account !== null &&
		run.integratedAccountId !== null &&
		couldBe(account, run.integratedAccountId);
	return {
		label,
		knowsLabel,
		syncJobId,
		integratedAccountId: account,
		integrationName,
		tenantId: isSame ? run.tenantId : null,
	};
}

/** How each type of log is narrowed to a run. */
function ofRun(
	type: LogQuery['type'],
	run: Run,
	wantedEvent: string | undefined,
): Pick<LogQuery, 'filter' | 'matches'> {
	if (type === 'rapid_bridge') {
		return { filter: { sync_job_run_id: String(run.id), sync_job_run_event: wantedEvent } };
	}
	// Truto takes no filter by sync job there.
	if (type === 'sync_job_cron_trigger') {
		const job = idKey(run.syncJobId);
		const matches = (entry: JsonRecord) =>
			job !== '' && idKey(textOrNull(flatLogEntry(entry).entity_id)) === job;
		return { filter: {}, matches };
	}
	if (run.webhookId !== null) return { filter: { webhook_id: run.webhookId } };
	throw new ExplainedError(
		`Sync job run ${String(run.id)} has no webhook`,
		"It was not started with one, so there are no deliveries. Choose another 'Log Type'.",
	);
}
