import { going, known, page } from './cases.mts';
import type { PlaybookRow } from './playbookRow.mts';

/** Runs that go on. */
export const GOING: PlaybookRow[] = [
	[
		'rate limited',
		known(going('rate_limited'), {
			logs: [
				page(),
				page({ timestamp: '2026-11-24 11:59:00', retry_after: 300, status: 'rate_limited' }),
			],
		}),
		{
			verdict: 'paused',
			cause: 'rate_limit',
			who_acts: 'nobody',
			next_step: 'Wait: the run resumes automatically on 24 Nov 12:04 UTC. Do not restart it.',
			resumes_at: '2026-11-24T12:04:00.000Z',
			summary:
				'HubSpot contacts is paused (Rate limit). Wait: the run resumes automatically on 24 Nov 12:04 UTC. Do not restart it.',
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
				"Send the run's ID to support@truto.one: it no longer makes progress. Do not restart it, and do not turn on 'Ignore Previous Run'.",
			stopped_at: { resource: 'crm/notes', method: 'list' },
		},
	],
];
