import { byId } from '../n8n-host/workflow.mts';
import { ACCOUNTS, CRON_TRIGGERS, RUNS, SYNC_JOBS } from '../simulator/index.mts';

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
const NIGHTLY = { scheduleId: byId(CRON_TRIGGERS.nightly) };
const BAMBOOHR = {
	syncJobId: byId(SYNC_JOBS.hris),
	integratedAccountId: byId(ACCOUNTS.bamboohr),
};

/** Those that delete or change something come last: the others show how it was. */
export const PANEL_ROWS: PanelRow[] = [
	ofRuns('get', 'get', ['sync_job_run_id', 'status', 'label'], 'completed', {
		syncJobRunId: byId(RUNS.completed),
		simplify: true,
	}),
	ofRuns('get-by-method', 'get', ['resource', 'method', 'fetched', 'persisted'], 'list', {
		syncJobRunId: byId(RUNS.completed),
		...METHODS,
	}),
	ofRuns('get-many', 'getAll', ['sync_job_run_id', 'status', 'label'], 'running', {
		limit: 20,
		simplify: true,
	}),
	ofRuns('get-many-split', 'getAll', ['resource', 'fetched', 'persisted'], 'crm/contacts', {
		limit: 20,
		...RESOURCES,
	}),
	ofRuns('start', 'start', ['id'], 'created', BAMBOOHR),
	ofRuns('wait', 'wait', ['resource', 'fetched', 'persisted'], 'crm/contacts', {
		syncJobRunId: byId(RUNS.completed),
		...RESOURCES,
	}),
	ofRuns('get-progress', 'getProgress', ['status', 'is_stuck'], 'true', {
		syncJobRunId: byId(RUNS.v4Stuck),
	}),
	ofRuns('diagnose', 'diagnose', ['status', 'verdict'], 'failed', {
		syncJobRunId: byId(RUNS.failedReauth),
	}),
	ofRuns('get-logs', 'getLogs', ['timestamp'], 'crm/contacts', {
		syncJobRunId: byId(RUNS.failedReauth),
	}),
	of('syncJob', 'sync-jobs', 'getAll', ['sync_job_id', 'label'], 'Pipedrive to warehouse', {
		simplify: true,
	}),
	of('syncJob', 'sync-job', 'get', ['sync_job_id', 'label'], 'Pipedrive to warehouse', {
		syncJobId: byId(SYNC_JOBS.v4Crm),
		simplify: true,
	}),
	of('integratedAccount', 'accounts', 'getAll', ['integrated_account_id', 'tenant_id'], 'acme-1', {
		simplify: true,
	}),
	of('integratedAccount', 'accounts-to-reconnect', 'getAll', ['needs_attention'], 'true', {
		filters: { needsAttention: true },
	}),
	of('integratedAccount', 'account', 'get', ['needs_attention', 'reason'], 'true', {
		integratedAccountId: byId(ACCOUNTS.pipedriveExpired),
	}),
	of('integratedAccount', 'refresh-credentials', 'refreshCredentials', ['success'], 'true', {
		integratedAccountId: byId(ACCOUNTS.pipedrive),
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
		stateKey: ACCOUNTS.jira,
	}),
	of('syncJobState', 'state', 'get', ['key', 'value'], 'last_synced_at', {
		stateKey: ACCOUNTS.jira,
		key: 'last_synced_at',
	}),
	of('syncJobState', 'state-set', 'set', ['key', 'value_before', 'value'], '2026-10-01', {
		stateKey: ACCOUNTS.jira,
		key: 'last_synced_at',
		value: '2026-10-01T00:00:00Z',
	}),
	of('syncJobState', 'state-delete', 'delete', ['deleted', 'key'], 'comments_cursor', {
		stateKey: ACCOUNTS.jira,
		key: 'comments_cursor',
	}),
	ofRuns('stop', 'stop', ['deleted', 'sync_job_run_id'], 'true', {
		syncJobRunId: byId(RUNS.growing),
	}),
];
