import { remoteErrorBody } from './errors.mts';
import type { LogEntry } from './log-types.mts';

/** Why a run failed, as its logs tell. */
export type FailureCause = 'auth' | 'mapping' | 'rateLimit' | 'upstream' | 'delivery';

/**
 * The log entry of a failure.
 *
 * Unclear: what `logs[]` holds. Here objects with `level`, `message` and sometimes `error` (a Truto error
 * body) or, for a mapping error, plain strings: both have to be read.
 */
export function failureLog(cause: FailureCause, input: Partial<LogEntry> = {}): Partial<LogEntry> {
	return { ...CAUSES[cause], ...input };
}

const CAUSES: Record<FailureCause, Partial<LogEntry>> = {
	auth: {
		sync_job_run_event: 'failed',
		resource: 'crm/contacts',
		status: 'error',
		fetch_duration: 212,
		logs: [
			{
				level: 'error',
				message: 'Request to the integration failed with status 401',
				error: remoteErrorBody(401, {
					status: 'error',
					message: 'The OAuth token used to make this call expired 3 hours ago.',
					category: 'EXPIRED_AUTHENTICATION',
				}),
			},
		],
	},
	mapping: {
		sync_job_run_event: 'failed',
		resource: 'ticketing/tickets',
		status: 'error',
		num_records: 40,
		fetch_duration: 380,
		logs: [
			'Error evaluating response mapping for ticketing/tickets#list',
			'JSONata error T2001: The left side of the "+" operator must evaluate to a number (position 118)',
		],
	},
	rateLimit: {
		sync_job_run_event: 'failed',
		resource: 'crm/contacts',
		status: 'error',
		fetch_duration: 95,
		retry_after: 120,
		retry_count: 8,
		logs: [
			{
				level: 'error',
				message: 'Request to the integration failed with status 429',
				error: remoteErrorBody(429, { error: 'rate_limit_exceeded', policy: 'DAILY' }),
			},
		],
	},
	upstream: {
		sync_job_run_event: 'failed',
		resource: 'hris/employees',
		status: 'error',
		fetch_duration: 30_000,
		retry_count: 5,
		logs: [
			{
				level: 'error',
				message: '',
				error: remoteErrorBody(502, '<html><body><h1>502 Bad Gateway</h1></body></html>'),
			},
		],
	},
	delivery: {
		sync_job_run_event: 'failed',
		resource: 'crm/deals',
		status: 'error',
		num_records: 100,
		fetch_duration: 301,
		retry_count: 3,
		webhook_status: 500,
		webhook_successful: false,
		logs: [{ level: 'error', message: 'Webhook did not accept the records (status 500)' }],
	},
};
