import { ACCOUNTS, RUNS } from './constants.mts';
import { remoteErrorBody } from './errors.mts';
import { RUNS_WEBHOOK_ID } from './seed-v4-runs.mts';
import type { Store } from './store.mts';
import type { LogEntry } from './log-types.mts';

/** Adds what the logs tell of the runs of V4 jobs, and of requests and deliveries besides. */
export function seedV4Logs(store: Store): void {
	for (const [id, entries] of Object.entries(ENTRIES)) {
		const created = Date.parse(store.runs.get(id)?.created_at ?? '');
		for (const [index, entry] of entries.entries()) {
			const timestamp = new Date(created + (index + 1) * 20_000).toISOString();
			store.addLog({ ...entry, sync_job_run_id: id, timestamp });
		}
	}
	const minutesAgo = (minutes: number) =>
		new Date(store.clock.now() - minutes * 60_000).toISOString();
	store.addOtherLog('webhook', {
		timestamp: minutesAgo(478),
		event: 'sync_job_run:record',
		webhook_id: RUNS_WEBHOOK_ID,
		webhook_endpoint_status: 502,
	});
	store.addOtherLog('unified_proxy_api', {
		timestamp: minutesAgo(288),
		integrated_account_id: ACCOUNTS.jiraNoScopes,
		tenant_id: 'contoso-ltd',
		integration: 'jira',
		request_type: 'unified',
		resource: 'ticketing/tickets',
		method: 'list',
		http_method: 'GET',
		http_status_code: 403,
		message: 'Forbidden',
		logs: ['GET https://api.atlassian.com/ex/jira/rest/api/3/search answered 403'],
	});
}

function fetched(
	resource: string,
	num_records: number,
	input: Partial<LogEntry> = {},
): Partial<LogEntry> {
	return {
		resource,
		method: 'list',
		sync_job_request_type: 'request',
		status: 'completed',
		num_records,
		fetch_duration: 820,
		...input,
	};
}

function failed(input: Partial<LogEntry>): Partial<LogEntry> {
	return { sync_job_run_event: 'failed', method: 'list', status: 'failed', ...input };
}

const DELIVERED = { webhook_status: 200, webhook_successful: true };

const ENTRIES: Record<string, Partial<LogEntry>[]> = {
	[RUNS.v4Completed]: [
		fetched('crm/contacts', 1_240, DELIVERED),
		fetched('crm/opportunities', 87, DELIVERED),
	],
	[RUNS.v4Running]: [fetched('crm/contacts', 640, DELIVERED)],
	[RUNS.failedReauth]: [
		fetched('crm/contacts', 200, DELIVERED),
		failed({
			resource: 'crm/contacts',
			sync_job_request_type: 'request',
			integrated_account_needs_reauth: true,
			message: 'Request to Pipedrive failed with status 401',
			logs: [
				{
					level: 'error',
					message: 'Request to Pipedrive failed with status 401',
					error: remoteErrorBody(401, { success: false, error: 'The access token expired' }),
				},
			],
		}),
	],
	[RUNS.v4FailedMapping]: [
		fetched('crm/contacts', 100),
		failed({
			resource: 'crm/contacts',
			sync_job_request_type: 'transform',
			message: 'Error in transform node remove-remote-data',
			logs: [
				'Error in transform node remove-remote-data',
				'JSONata error T0410: Argument 1 of function "sift" does not match function signature',
			],
		}),
	],
	[RUNS.v4FailedUpstream]: [
		fetched('ticketing/tickets', 50, DELIVERED),
		failed({
			resource: 'ticketing/tickets',
			sync_job_request_type: 'request',
			retry_count: 5,
			logs: [
				{
					level: 'error',
					message: 'Request to Jira failed with status 503',
					error: remoteErrorBody(503, '<html><body>Service Unavailable</body></html>'),
				},
			],
		}),
	],
	[RUNS.failedScopes]: [
		failed({
			resource: 'ticketing/tickets',
			sync_job_request_type: 'request',
			logs: [
				{
					level: 'error',
					message: 'Request to Jira failed with status 403',
					error: remoteErrorBody(403, { code: 403, message: 'Unauthorized; scope does not match' }),
				},
			],
		}),
	],
	[RUNS.notDelivered]: [
		fetched('ticketing/tickets', 120, { webhook_status: 502, webhook_successful: false }),
		fetched('ticketing/comments', 310, { webhook_status: 502, webhook_successful: false }),
	],
	[RUNS.notStored]: [
		fetched('file-storage/drive-items', 230, {
			datastore_successful: false,
			message: 'AccessDenied',
		}),
	],
	[RUNS.dropped]: [fetched('crm/contacts', 410), fetched('crm/opportunities', 37, DELIVERED)],
	[RUNS.v4RateLimited]: [
		fetched('ticketing/tickets', 900, DELIVERED),
		fetched('ticketing/tickets', 0, {
			sync_job_run_event: 'rate_limited',
			status: 'rate_limited',
			retry_after: 900,
			retry_count: 1,
			logs: ['Request to Jira failed with status 429'],
		}),
	],
};
