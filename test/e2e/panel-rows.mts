import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';

/** A thing that is chosen from a list of the node, which says how the panel names it. */
export interface Chosen {
	method: string;
	id: string;
}

/** An operation in the editor: what it is given, and what its output shows. */
export interface PanelRow {
	/** Of the picture. */
	name: string;
	parameters: Record<string, unknown>;
	chosen?: Record<string, Chosen>;
	/** Columns that are to be seen without scrolling, in a window of 1,360 px. */
	columns: string[];
	/** A text in the output. */
	shown: string;
}

const run = (id: string) => ({ syncJobRunId: { method: 'searchSyncJobRuns', id } });

/** The one that stops a run comes last: the others show how it was. */
export const PANEL_ROWS: PanelRow[] = [
	{
		name: 'get-by-method',
		parameters: { splitResourceStats: true, splitBy: 'resourceAndMethod' },
		chosen: run(RUNS.completed),
		columns: ['resource', 'method', 'fetched', 'persisted'],
		shown: 'list',
	},
	{
		name: 'get-many',
		parameters: { operation: 'getAll', limit: 20, filters: { status: ['failed', 'completed'] } },
		columns: ['status', 'sync_job_label', 'tenant_id'],
		shown: 'completed',
	},
	{
		name: 'wait',
		parameters: { operation: 'wait', splitResourceStats: true },
		chosen: run(RUNS.completed),
		columns: ['resource', 'fetched', 'persisted'],
		shown: 'crm/contacts',
	},
	{
		name: 'get-progress',
		parameters: { operation: 'getProgress' },
		chosen: run(RUNS.v4Stuck),
		columns: ['status', 'is_stuck'],
		shown: 'true',
	},
	{
		name: 'get-logs',
		parameters: { operation: 'getLogs' },
		chosen: run(RUNS.failedReauth),
		columns: ['timestamp', 'is_error', 'message'],
		shown: '401 Unauthorized',
	},
	{
		name: 'sync-jobs',
		parameters: { resource: 'syncJob', operation: 'getAll' },
		columns: ['sync_job_label', 'integration_name'],
		shown: 'Pipedrive to warehouse',
	},
	{
		name: 'accounts-to-reconnect',
		parameters: {
			resource: 'integratedAccount',
			operation: 'getAll',
			filters: { attention: 'needed' },
		},
		columns: ['tenant_id', 'needs_attention', 'reason'],
		shown: 'fabrikam-gmbh',
	},
	{
		name: 'schedules',
		parameters: { resource: 'schedule', operation: 'getAll' },
		columns: ['runs', 'tenant_id', 'sync_job_label', 'next_run_at_local'],
		shown: 'every 6 hours',
	},
	{
		name: 'states',
		parameters: { resource: 'syncJobState', operation: 'getAll' },
		chosen: {
			syncJobId: { method: 'searchSyncJobs', id: SYNC_JOBS.v4Ticketing },
			integratedAccountId: { method: 'searchIntegratedAccounts', id: ACCOUNTS.jira },
		},
		columns: ['key', 'value'],
		shown: 'last_synced_at',
	},
	{
		name: 'stop',
		parameters: { operation: 'stop' },
		chosen: run(RUNS.growing),
		columns: ['deleted', 'stopped', 'status_before'],
		shown: 'true',
	},
];
