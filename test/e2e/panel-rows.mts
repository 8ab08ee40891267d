import { chosen } from '../n8n-host/example-choices.mts';
import { ACCOUNTS, CRON_TRIGGERS, fixedId, RUNS, SYNC_JOBS } from '../simulator/index.mts';

/** An operation in the editor: what it is given, and what its output shows. */
export interface PanelRow {
	/** Of the picture. */
	name: string;
	parameters: Record<string, unknown>;
	/** Columns that are to be seen without scrolling, in a window of 1,360 px. */
	columns: string[];
	/** A text in the output. */
	shown: string;
}

const ofRuns = (
	name: string,
	operation: string,
	columns: string[],
	shown: string,
	parameters: Record<string, unknown>,
): PanelRow => ({ name, columns, shown, parameters: { operation, ...parameters } });

const of = (resource: string, ...rest: Parameters<typeof ofRuns>): PanelRow => {
	const row = ofRuns(...rest);
	return { ...row, parameters: { resource, ...row.parameters } };
};

const RESOURCES = { splitResourceStats: true };
const METHODS = { ...RESOURCES, splitBy: 'resourceAndMethod' };
const NIGHTLY = {
	scheduleId: chosen(CRON_TRIGGERS.nightly, 'Jira tickets, nightly · wingtip-toys'),
};
const COMPLETED = chosen(RUNS.completed, 'hubspot · completed');
const EXPIRED = chosen(RUNS.failedReauth, 'pipedrive · failed');
const PIPEDRIVE_JOB = chosen(SYNC_JOBS.v4Crm, 'Pipedrive to warehouse · pipedrive');
const PIPEDRIVE = chosen(ACCOUNTS.pipedrive, 'Pipedrive · northwind-traders · active');
const JIRA = {
	syncJobId: chosen(SYNC_JOBS.v4Ticketing, 'jira'),
	integratedAccountId: chosen(ACCOUNTS.jira, 'wingtip-toys · Jira · Active'),
};
const BAMBOOHR = {
	syncJobId: chosen(SYNC_JOBS.hris, 'BambooHR employees, daily · bamboohr'),
	integratedAccountId: chosen(ACCOUNTS.bamboohr, 'BambooHR · globex-7 · active'),
};

/** Those that delete or change something come last: the others show how it was. */
export const PANEL_ROWS: PanelRow[] = [
	ofRuns('get', 'get', ['status', 'sync_job_label'], 'completed', {
		syncJobRunId: COMPLETED,
		simplify: true,
	}),
	ofRuns('get-by-method', 'get', ['resource', 'method', 'fetched', 'persisted'], 'list', {
		syncJobRunId: COMPLETED,
		...METHODS,
	}),
	ofRuns('get-many', 'getAll', ['status', 'sync_job_label'], 'completed', {
		limit: 20,
		filters: { syncJobId: PIPEDRIVE_JOB },
		simplify: true,
	}),
	ofRuns('get-many-split', 'getAll', ['resource', 'fetched', 'persisted'], 'crm/contacts', {
		limit: 20,
		...RESOURCES,
	}),
	ofRuns('start', 'start', ['args'], 'pipedrive', {
		syncJobId: PIPEDRIVE_JOB,
		integratedAccountId: PIPEDRIVE,
		argsFields: {
			mappingMode: 'defineBelow',
			value: { start_date: '2025-10-01T00:00:00', datastore_id: fixedId('d5a0', 1), stage: 'open' },
			schema: [],
		},
	}),
	ofRuns('wait', 'wait', ['resource', 'fetched', 'persisted'], 'crm/contacts', {
		syncJobRunId: COMPLETED,
		...RESOURCES,
	}),
	ofRuns('get-progress', 'getProgress', ['status', 'is_stuck'], 'true', {
		syncJobRunId: chosen(RUNS.v4Stuck, 'jira · running'),
	}),
	ofRuns('diagnose', 'diagnose', ['verdict', 'who_acts'], 'end_user', {
		syncJobRunId: EXPIRED,
	}),
	ofRuns('get-logs', 'getLogs', ['timestamp', 'is_error', 'message'], '401 Unauthorized', {
		syncJobRunId: EXPIRED,
	}),
	of(
		'syncJob',
		'sync-jobs',
		'getAll',
		['sync_job_label', 'integration_name'],
		'Pipedrive to warehouse',
		{
			simplify: true,
		},
	),
	of(
		'syncJob',
		'sync-job',
		'get',
		['sync_job_label', 'integration_name'],
		'Pipedrive to warehouse',
		{
			syncJobId: PIPEDRIVE_JOB,
			simplify: true,
		},
	),
	of('integratedAccount', 'accounts', 'getAll', ['tenant_id', 'status'], 'acme-1', {
		simplify: true,
	}),
	of('integratedAccount', 'accounts-to-reconnect', 'getAll', ['needs_attention'], 'true', {
		filters: { attention: 'needed' },
	}),
	of('integratedAccount', 'account', 'get', ['needs_attention', 'reason'], 'true', {
		integratedAccountId: chosen(
			ACCOUNTS.pipedriveExpired,
			'Pipedrive · fabrikam-gmbh · needs_reauth',
		),
	}),
	of('integratedAccount', 'refresh-credentials', 'refreshCredentials', ['success'], 'true', {
		integratedAccountId: PIPEDRIVE,
	}),
	of('schedule', 'schedules', 'getAll', ['runs', 'next_runs'], 'every 6 hours', {}),
	of('schedule', 'schedule', 'get', ['runs', 'next_runs'], 'every day at 02:30 UTC', NIGHTLY),
	of('schedule', 'schedule-create', 'create', ['activated', 'runs'], 'every 6 hours', {
		...BAMBOOHR,
		cronExpression: '0 */6 * * *',
	}),
	of('schedule', 'schedule-update', 'update', ['activated', 'runs'], 'every day at 04:00 UTC', {
		...NIGHTLY,
		updateFields: { cronExpression: '0 4 * * *' },
	}),
	of('schedule', 'schedule-activate', 'activate', ['activated', 'runs'], 'true', NIGHTLY),
	of('schedule', 'schedule-delete', 'delete', ['deleted'], 'true', NIGHTLY),
	of('syncJobState', 'states', 'getAll', ['key', 'value'], 'last_synced_at', {
		...JIRA,
	}),
	of('syncJobState', 'state', 'get', ['key', 'value'], 'last_synced_at', {
		...JIRA,
		key: 'last_synced_at',
	}),
	of('syncJobState', 'state-set', 'set', ['key', 'value_before', 'value'], '2026-10-01', {
		...JIRA,
		key: 'last_synced_at',
		date: '2026-10-01T00:00:00Z',
	}),
	of('syncJobState', 'state-delete', 'delete', ['deleted', 'key'], 'comments_cursor', {
		...JIRA,
		key: 'comments_cursor',
	}),
	ofRuns('stop', 'stop', ['deleted', 'sync_job_run_id'], 'true', {
		syncJobRunId: chosen(RUNS.growing, 'hubspot · running'),
	}),
];
