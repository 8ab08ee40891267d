import { describe, expect, it, test } from '@jest/globals';

import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import type { Diagnosis, Known } from '../../../../lib/runs/diagnose/diagnosis';
import { deepFreeze } from '../../helpers/deepFreeze.mts';
import { aRun, failed, failure, going, known, page } from './cases.mts';

/** A row: what is known, then what is to be said of it. */
type Row = [
	string,
	Known,
	Pick<Diagnosis, 'verdict' | 'cause' | 'who_acts' | 'next_step'> & Partial<Diagnosis>,
];

const END = 'then start a new run. Restarting before that would end the same way.';

const PLAYBOOK: Row[] = [
	[
		'rate limited',
		known(going('rate_limited'), {
			logs: [
				page(),
				page({ timestamp: '2026-11-24 11:59:00', retry_after: 300, status: 'rate_limited' }),
			],
		}),
		{
			verdict: 'rate_limited',
			cause: 'rate_limit',
			who_acts: 'nobody',
			next_step: 'Wait: the run resumes by itself at 2026-11-24T12:04:00.000Z. Do not restart it.',
			resumes_at: '2026-11-24T12:04:00.000Z',
			summary:
				'HubSpot contacts is paused by a rate limit. Wait: the run resumes by itself at 2026-11-24T12:04:00.000Z. Do not restart it.',
		},
	],
	[
		'created',
		known(going('created', { created_at: '2026-11-24 11:50:00', resource_stats: null })),
		{
			verdict: 'waiting',
			cause: null,
			who_acts: 'nobody',
			next_step: 'Wait: the run has not started yet. Do not start another one.',
			stopped_at: null,
		},
	],
	[
		'running, and its statistics advance',
		known(going('running')),
		{
			verdict: 'running',
			cause: null,
			who_acts: 'nobody',
			next_step: 'Wait: the run is still working. Do not start another one.',
			stopped_at: { resource: 'crm/notes', method: 'list' },
		},
	],
	[
		'running, flat for less than 5 minutes',
		known(going('running', { updated_at: '2026-11-24 11:55:01' })),
		{
			verdict: 'running',
			cause: null,
			who_acts: 'nobody',
			next_step: 'Wait: the run is still working. Do not start another one.',
		},
	],
	[
		'in progress, flat for 5 minutes',
		known(going('running', { updated_at: '2026-11-24 11:55:00' })),
		{
			verdict: 'stuck',
			cause: null,
			who_acts: 'truto_support',
			next_step:
				"Send the run's ID to support@truto.one. Do not restart the run, and do not turn on 'Ignore Previous Run'.",
			stopped_at: { resource: 'crm/notes', method: 'list' },
		},
	],
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
			summary: `HubSpot contacts failed at crm/notes list (Authentication). Ask the customer (tenant acme) to reconnect hubspot, ${END}`,
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
				'Start a new run: the integrated account is active now. If it ends the same way again, ask the customer to reconnect.',
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
			next_step: `Ask the customer (tenant acme) to reconnect hubspot and to allow notes.read, ${END}`,
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
				'Start a new run after 2026-11-24T12:29:59.000Z. Restarting before that would end the same way.',
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
			next_step: `Fix the webhook's receiver, which answered 400, ${END}`,
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
				"Read the run's errors with 'Get Logs' before you start a new run: it may end the same way.",
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
	[
		'completed, and the webhook did not take the records',
		known(aRun(), { logs: [page(), page({ webhook_successful: false, webhook_status: 500 })] }),
		{
			verdict: 'not_delivered',
			cause: 'delivery',
			who_acts: 'receiver',
			next_step:
				"Fix the webhook's receiver, which answered 500. The records were fetched, so restarting the run before that does not help.",
			stopped_at: { resource: 'crm/contacts', method: 'list' },
		},
	],
	[
		'completed, and only the deliveries tell what the webhook answered',
		known(aRun(), {
			logs: [page({ webhook_successful: false, webhook_status: null })],
			deliveries: [
				{ timestamp: '2026-11-24 10:11:00', event: 'x', webhook_endpoint_status: 413 },
				{ timestamp: '2026-11-24 10:10:00', event: 'x', webhook_endpoint_status: 200 },
			],
		}),
		{
			verdict: 'not_delivered',
			cause: 'delivery',
			who_acts: 'receiver',
			next_step:
				"Fix the webhook's receiver, which answered 413. The records were fetched, so restarting the run before that does not help.",
		},
	],
	[
		'completed, and the datastore did not take the records',
		known(aRun(), { logs: [page({ webhook_successful: null, datastore_successful: false })] }),
		{
			verdict: 'not_delivered',
			cause: 'delivery',
			who_acts: 'receiver',
			next_step:
				"Check the datastore's settings and access. The records were fetched, so restarting the run before that does not help.",
		},
	],
	[
		'completed, and a later step dropped all records',
		known(
			aRun({
				resource_stats: {
					'crm/contacts': { list: { fetched: 120, persisted: 120 } },
					'crm/notes': { list: { fetched: 9, persisted: 0 } },
				},
			}),
			{ logs: [page()] },
		),
		{
			verdict: 'records_dropped',
			cause: 'unknown',
			who_acts: 'job_owner',
			next_step:
				'Check the steps of the sync job that follow the request for crm/notes (transform, mapping, destination). Restarting before that would drop the records again.',
			stopped_at: { resource: 'crm/notes', method: 'list' },
			resources: [
				{ resource: 'crm/contacts', fetched: 120, persisted: 120, dropped: 0 },
				{ resource: 'crm/notes', fetched: 9, persisted: 0, dropped: 9 },
			],
			summary:
				'HubSpot contacts completed, but records are missing: 129 fetched, 120 persisted; first at crm/notes list. Check the steps of the sync job that follow the request for crm/notes (transform, mapping, destination). Restarting before that would drop the records again.',
		},
	],
	[
		'completed, but Truto passed over errors',
		known(aRun(), {
			logs: [
				failure({ sync_job_run_event: 'record_error', logs: ['JSONata error'] }),
				failure({
					sync_job_run_event: 'record_error',
					timestamp: '2026-11-24 10:05:00',
					logs: ['odd'],
				}),
			],
		}),
		{
			verdict: 'records_dropped',
			cause: 'mapping',
			who_acts: 'job_owner',
			next_step: `Fix the mapping of crm/notes in the sync job, ${END}`,
			stopped_at: { resource: 'crm/notes', method: 'list' },
		},
	],
	[
		'completed, and nothing was new',
		known(aRun({ resource_stats: { 'crm/contacts': { list: { fetched: 0, persisted: 0 } } } }), {
			logs: [],
			account: { status: 'active' },
		}),
		{
			verdict: 'nothing_fetched',
			cause: null,
			who_acts: 'nobody',
			next_step:
				"Nothing to do if nothing has changed since the previous run. Otherwise, check the arguments and the state of the sync job. Do not turn on 'Ignore Previous Run' just to find out.",
		},
	],
	[
		'completed, and nothing was fetched for lack of a permission',
		known(aRun({ resource_stats: {} }), {
			logs: [],
			account: {
				status: 'active',
				last_forbidden_error: { missing_scopes: ['a'], occurred_at: '2026-11-24 10:10:00' },
			},
		}),
		{
			verdict: 'nothing_fetched',
			cause: 'missing_scopes',
			who_acts: 'end_user',
			next_step: `Ask the customer to reconnect hubspot and to allow a, ${END}`,
		},
	],
	[
		'stopped',
		known(aRun({ status: 'stopped' })),
		{
			verdict: 'stopped',
			cause: null,
			who_acts: 'job_owner',
			next_step: 'Find out who stopped the run, and why, before you start a new one.',
			stopped_at: { resource: 'crm/notes', method: 'list' },
		},
	],
	[
		'healthy',
		known(aRun(), { logs: [page(), page()] }),
		{
			verdict: 'healthy',
			cause: null,
			cause_name: null,
			who_acts: 'nobody',
			next_step: 'Nothing to do.',
			stopped_at: null,
			summary: 'HubSpot contacts completed: 129 fetched, 129 persisted. Nothing to do.',
			not_checked: [],
		},
	],
	[
		'healthy, as far as can be told without the logs',
		known(aRun(), { logs: null }),
		{
			verdict: 'healthy',
			cause: null,
			who_acts: 'nobody',
			next_step:
				'Nothing to do as far as the statistics show. The logs, which show whether the records were delivered, could not be read.',
			not_checked: ['logs'],
		},
	],
];

describe('the playbook', () => {
	test.each(PLAYBOOK)('%s', (_, what, expected) => {
		expect(diagnose(deepFreeze(what))).toMatchObject(expected);
	});

	it('has a row for each verdict', () => {
		expect([...new Set(PLAYBOOK.map(([, , { verdict }]) => verdict))].sort()).toEqual([
			'failed',
			'healthy',
			'not_delivered',
			'nothing_fetched',
			'rate_limited',
			'records_dropped',
			'running',
			'stopped',
			'stuck',
			'waiting',
		]);
	});

	it('shows the answer first', () => {
		expect(Object.keys(diagnose(known(failed(), { logs: [] })))).toEqual([
			'sync_job_run_id',
			'label',
			'status',
			'verdict',
			'cause',
			'cause_name',
			'who_acts',
			'next_step',
			'summary',
			'stopped_at',
			'fetched',
			'persisted',
			'resources',
			'errors',
			'evidence',
			'resumes_at',
			'not_checked',
		]);
	});
});
