import { aRun, failure, known, page } from './cases.mts';
import type { PlaybookRow } from './playbookRow.mts';

/** Runs that ended in another way than by failing. */
export const ENDED: PlaybookRow[] = [
	[
		'completed, and the webhook did not take the records',
		known(aRun(), { logs: [page(), page({ webhook_successful: false, webhook_status: 500 })] }),
		{
			verdict: 'not_delivered',
			cause: 'delivery',
			who_acts: 'receiver',
			next_step:
				"Fix the webhook's receiver, which returned 500. Until then, a new run will not deliver its records either.",
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
				"Fix the webhook's receiver, which returned 413. Until then, a new run will not deliver its records either.",
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
				"Check the datastore's settings and access. Until then, a new run will not deliver its records either.",
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
				'Check the steps of the sync job that follow the request for crm/notes (transform, mapping, destination). Until then, a new run will drop the records again.',
			stopped_at: { resource: 'crm/notes', method: 'list' },
			resources: [
				{ resource: 'crm/contacts', fetched: 120, persisted: 120, dropped: 0 },
				{ resource: 'crm/notes', fetched: 9, persisted: 0, dropped: 9 },
			],
			summary:
				'HubSpot contacts completed, but records are missing: 129 fetched, 120 persisted; first at crm/notes list. Check the steps of the sync job that follow the request for crm/notes (transform, mapping, destination). Until then, a new run will drop the records again.',
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
			next_step:
				'Fix the mapping of crm/notes in the sync job, then start a new run. Until then, a new run will have the same result.',
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
			next_step:
				'Ask the customer to reconnect hubspot and grant the missing permissions (a), then start a new run. Until then, a new run will have the same result.',
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
