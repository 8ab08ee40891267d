import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';

/** Parameters by the name of a node. */
type NodeChoices = Record<string, Record<string, unknown>>;

/** An entry that was chosen from a list. */
export function chosen(value: string, cachedResultName: string) {
	return { __rl: true, mode: 'list', value, cachedResultName };
}

const BAMBOOHR = {
	syncJobId: chosen(SYNC_JOBS.hris, 'BambooHR employees, daily'),
	integratedAccountId: chosen(ACCOUNTS.bamboohr, 'BambooHR · globex-7'),
};

const PIPEDRIVE = chosen(ACCOUNTS.pipedrive, 'Pipedrive · northwind-traders');

/**
 * What people choose in the examples before they run them, by file and node: here, of the simulated Truto. The
 * files themselves hold no ids.
 */
export const SIMULATED_CHOICES: Record<string, NodeChoices> = {
	'records-per-resource.json': {
		'Get Records': { syncJobRunId: chosen(RUNS.fiveResources, 'hubspot · completed') },
	},
	'start-and-wait.json': { 'Start Sync': BAMBOOHR },
	'what-is-wrong.json': {
		Diagnose: { syncJobRunId: chosen(RUNS.failedReauth, 'pipedrive · failed') },
	},
	'read-the-logs.json': {
		'Get Logs': { syncJobRunId: chosen(RUNS.failedReauth, 'pipedrive · failed') },
	},
	'stop-a-run.json': {
		'Stop Run': { syncJobRunId: chosen(RUNS.growing, 'hubspot · running') },
	},
	'what-a-sync-job-takes.json': {
		'Get Sync Job': { syncJobId: chosen(SYNC_JOBS.v4Crm, 'Pipedrive to warehouse') },
	},
	'refresh-credentials.json': {
		'Refresh Credentials': { integratedAccountId: PIPEDRIVE },
	},
	'schedule-a-sync.json': { 'Create Schedule': BAMBOOHR },
	'move-syncs-to-the-night.json': {
		'Get Schedules': {
			filters: { integratedAccountId: chosen(ACCOUNTS.zendesk, 'Zendesk · acme-1') },
		},
	},
	'delete-schedules-of-a-customer.json': {
		'Get Schedules': { filters: { integratedAccountId: PIPEDRIVE } },
	},
	'sync-again-from-a-date.json': {
		'Get State': {
			syncJobId: chosen(SYNC_JOBS.v4Crm, 'Pipedrive to warehouse'),
			integratedAccountId: PIPEDRIVE,
			key: chosen('last_synced_at', 'last_synced_at'),
		},
	},
	'sync-everything-again.json': {
		'Get State': {
			syncJobId: chosen(SYNC_JOBS.v4Ticketing, 'jira'),
			integratedAccountId: chosen(ACCOUNTS.jira, 'Jira · wingtip-toys'),
		},
	},
	'start-and-report.json': { 'Start Sync': BAMBOOHR },
	'wait-for-a-long-sync.json': { 'Start Sync': BAMBOOHR },
};
