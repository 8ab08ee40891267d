import { failed, failure, known, page } from './cases.mts';
import { END, type PlaybookRow } from './playbookRow.mts';

/** Runs that failed, and why. */
export const FAILED: PlaybookRow[] = [
	[
		'failed, and the account needs reconnecting',
		known(failed(), {
			logs: [page(), failure({ integrated_account_needs_reauth: true, message: 'Token expired' })],
			account: { status: 'needs_reauth', tenant_id: 'acme', integration: { name: 'hubspot' } },
		}),
		{
			verdict: 'failed',
			cause: 'auth',
			cause_name: 'Authentication',
			who_acts: 'end_user',
			next_step: `Ask the customer (tenant acme) to reconnect hubspot, ${END}`,
			stopped_at: { resource: 'crm/notes', method: 'list' },
			errors: {
				count: 1,
				first: 'Token expired',
				first_at: '2026-11-24T10:29:59.000Z',
				first_resource: 'crm/notes',
				by_resource: { 'crm/notes': 1 },
			},
			summary: `HubSpot contacts for acme failed at crm/notes list (Authentication). Ask the customer (tenant acme) to reconnect hubspot, ${END}`,
		},
	],
	[
		'failed, and the account has been reconnected since',
		known(failed(), {
			logs: [failure({ integrated_account_needs_reauth: true })],
			account: { status: 'active' },
		}),
		{
			verdict: 'failed',
			cause: 'auth',
			who_acts: 'job_owner',
			next_step:
				'Start a new run: the integrated account is active now. If it fails the same way again, ask the customer to reconnect.',
		},
	],
	[
		'failed for permissions, while the account reads active',
		known(failed(), {
			logs: [failure({ logs: ['Request to the integration failed with status 403'] })],
			account: {
				status: 'active',
				tenant_id: 'acme',
				last_forbidden_error: { missing_scopes: ['notes.read'] },
			},
		}),
		{
			verdict: 'failed',
			cause: 'missing_scopes',
			cause_name: 'Missing permissions',
			who_acts: 'end_user',
			next_step: `Ask the customer (tenant acme) to reconnect hubspot and grant the missing permissions (notes.read), ${END}`,
		},
	],
	[
		'failed by a mapping',
		known(failed(), {
			logs: [failure({ logs: ['Error evaluating response mapping', 'JSONata error T2001'] })],
		}),
		{
			verdict: 'failed',
			cause: 'mapping',
			who_acts: 'job_owner',
			next_step: `Fix the mapping of crm/notes in the sync job, ${END}`,
		},
	],
	[
		"failed by the provider's 5xx",
		known(failed(), {
			logs: [failure({ logs: [{ error: { statusCode: 503, truto_is_remote_error: true } }] })],
		}),
		{
			verdict: 'failed',
			cause: 'upstream',
			who_acts: 'job_owner',
			next_step:
				"Start a new run later: the integrated app had an error on its side. If it keeps failing, contact the app's support.",
		},
	],
	[
		'failed by a rate limit that did not end',
		known(failed(), {
			logs: [
				failure({ logs: ['status 429'], retry_after: '7200', timestamp: '2026-11-24T10:29:59Z' }),
			],
		}),
		{
			verdict: 'failed',
			cause: 'rate_limit',
			who_acts: 'job_owner',
			next_step:
				'Start a new run after 24 Nov 12:29 UTC. Until then, a new run will fail the same way.',
			resumes_at: '2026-11-24T12:29:59.000Z',
		},
	],
	[
		'failed, as Truto has blocked the account',
		known(failed(), { logs: [failure({ logs: [{ error: { statusCode: 503, message: '' } }] })] }),
		{
			verdict: 'failed',
			cause: 'blocked',
			who_acts: 'truto_support',
			next_step:
				'Write to support@truto.one: Truto has blocked the integrated account. Neither restarting nor reconnecting helps.',
		},
	],
	[
		'failed, as the receiver refused',
		known(failed(), { logs: [failure({ webhook_successful: false, webhook_status: 400 })] }),
		{
			verdict: 'failed',
			cause: 'delivery',
			who_acts: 'receiver',
			next_step: `Fix the webhook's receiver, which returned 400, ${END}`,
		},
	],
	[
		'failed for an unknown reason',
		known(failed(), {
			logs: [failure({ message: 'Something odd' })],
			account: { status: 'active' },
		}),
		{
			verdict: 'failed',
			cause: 'unknown',
			who_acts: 'job_owner',
			next_step:
				"Read the run's errors with 'Get Logs' before you start a new run: it may fail the same way.",
		},
	],
	[
		'failed, and the logs are silent',
		known(failed(), { logs: [], account: { status: 'active' } }),
		{
			verdict: 'failed',
			cause: 'unknown',
			who_acts: 'truto_support',
			next_step:
				'The logs do not say why the run failed: send its ID to support@truto.one before you start a new one.',
			stopped_at: { resource: 'crm/notes', method: 'list' },
		},
	],
	[
		'failed, and the logs can not be read',
		known(failed(), { logs: null, account: null }),
		{
			verdict: 'failed',
			cause: 'unknown',
			who_acts: 'job_owner',
			next_step:
				"Look at the run's logs in Truto before you start a new run: they could not be read from here.",
			not_checked: ['logs', 'account'],
		},
	],
	[
		'failed, the logs can not be read, but the account tells',
		known(failed(), { logs: null, account: { status: 'needs_reauth' } }),
		{
			verdict: 'failed',
			cause: 'auth',
			who_acts: 'end_user',
			next_step: `Ask the customer to reconnect hubspot, ${END}`,
			not_checked: ['logs'],
		},
	],
];
