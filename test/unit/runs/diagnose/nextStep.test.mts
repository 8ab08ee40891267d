import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { aRun, failed, failure, going, known, page } from './cases.mts';

describe('what to do', () => {
	const step = (run: JsonRecord, sources: Parameters<typeof known>[1]) => {
		const { cause, who_acts, next_step } = diagnose(known(run, sources));
		return `${cause}, ${who_acts}: ${next_step}`;
	};

	it('about a missing permission that nobody names', () => {
		const logs = [failure({ message: 'status 403' })];
		expect(step(failed({ sync_job: null }), { logs, account: null })).toBe(
			'missing_scopes, end_user: Ask the customer to reconnect the integrated account and grant the missing permissions, then start a new run. Until then, a new run will fail the same way.',
		);
	});

	it('about a setup that failed', () => {
		const account = { status: 'post_install_error' };
		const fix =
			'unknown, job_owner: Fix what failed after the account was connected (its status is post_install_error), then start a new run.';
		expect(step(failed(), { logs: [], account })).toBe(fix);
		expect(step(aRun({ resource_stats: {} }), { logs: [], account })).toBe(fix);
	});

	it('about a full sync that found nothing', () => {
		const run = aRun({ resource_stats: {}, ignore_previous_run: true });
		expect(step(run, { logs: [], account: { status: 'active' } })).toBe(
			"null, job_owner: Check the run's arguments and the sync job's queries: even a full sync found no records.",
		);
	});

	test.each([
		[1, 2, 'of 5 records fetched for crm/r0, 2 were not persisted.'],
		[1, 1, 'of 5 records fetched for crm/r0, 1 was not persisted.'],
		[2, 1, 'of 10 records fetched for crm/r0 and crm/r1, 2 were not persisted.'],
		[3, 2, 'of 15 records fetched for 3 resources, such as crm/r0, 6 were not persisted.'],
		[40, 2, 'of 200 records fetched for 40 resources, such as crm/r0, 80 were not persisted.'],
	])('about records that %d resources left out, %d each', (count, dropped, end) => {
		const names = Array.from({ length: count }, (_, index) => `crm/r${String(index)}`);
		const stats = names.map((name) => [name, { list: { fetched: 5, persisted: 5 - dropped } }]);
		const run = aRun({ resource_stats: Object.fromEntries(stats) as never });
		expect(step(run, { logs: [] })).toBe(
			`null, nobody: Nothing to do if the sync job is meant to leave records out: ${end}`,
		);
	});

	it('about a limit that is over by now', () => {
		expect(step(failed(), { logs: [failure({ message: 'status 429' })] })).toBe(
			'rate_limit, job_owner: Start a new run once the rate limit of the integrated app is over. Until then, a new run will fail the same way.',
		);
	});

	it('about a destination that is not named', () => {
		expect(step(failed(), { logs: [failure({ message: 'Datastore write refused' })] })).toBe(
			'delivery, receiver: Check the destination of the records, then start a new run. Until then, a new run will fail the same way.',
		);
	});

	it('about the missing permissions that the account names', () => {
		const logs = [failure({ message: 'status 403' })];
		const account = {
			status: 'active',
			last_forbidden_error: { occurred_at: '2026-11-24 10:20:00', missing_scopes: ['a', 'b'] },
		};
		expect(step(failed(), { logs, account })).toMatch(
			/ and grant the missing permissions \(a, b\), then start a new run\./,
		);
	});

	test.each([
		['odd', 'it may fail the same way'],
		[
			'Token expired: access denied',
			'what they say may mean Authentication or Missing permissions',
		],
		[
			'status 401, status 429, status 502',
			'what they say may mean Authentication, Rate limit or Integrated app error',
		],
	])('about an error that says %j', (message, why) => {
		const logs = [failure({ message })];
		expect(step(failed(), { logs, account: { status: 'active' } })).toBe(
			`unknown, job_owner: Read the run's errors with 'Get Logs' before you start a new run: ${why}.`,
		);
	});

	it('about a receiver that refused the event of the failure', () => {
		const refused = failure({ webhook_successful: false, webhook_status: 410, num_records: 0 });
		expect(step(failed(), { logs: [refused] })).toMatch(
			/^delivery, receiver: Fix the webhook's receiver, which returned 410, /,
		);
		const silent = failure({ webhook_successful: false, num_records: 0 });
		expect(step(failed(), { logs: [silent] })).toMatch(/: Fix the webhook's receiver, then start /);
	});

	it('about a mapping, with or without a resource', () => {
		const fix = (resource: string | null) =>
			step(failed({ resource_stats: null }), { logs: [failure({ message: 'JSONata', resource })] });
		expect(fix('crm/notes')).toMatch(/: Fix the mapping of crm\/notes in the sync job, /);
		expect(fix(null)).toMatch(/: Fix the mapping in the sync job, /);
	});

	it('about a limit that ends at this moment', () => {
		const logs = [failure({ message: 'status 429', retry_after: '2026-11-24 12:00:00' })];
		expect(step(failed(), { logs })).toMatch(/ Start a new run once the rate limit /);
	});

	it('about a webhook and a datastore that both refused', () => {
		const both = { webhook_successful: false, datastore_successful: false };
		expect(step(aRun(), { logs: [page({ ...both, webhook_status: 410 })] })).toMatch(
			/^delivery, receiver: Fix the webhook's receiver, which returned 410\. /,
		);
	});
});

describe('long waits', () => {
	const next = (changes: JsonRecord, job: JsonRecord | null = null) => {
		const run = going('created', { created_at: '2026-11-24 11:00:00', ...changes });
		const { who_acts, next_step } = diagnose(known(run, { job }));
		return `${who_acts}: ${next_step}`;
	};

	it('are for somebody to look at', () => {
		expect(next({})).toBe(
			"truto_support: Send the run's ID to support@truto.one: it has been waiting for 60 minutes. Do not start another one.",
		);
		expect(next({ mutex_key: 'm' })).toBe(
			'job_owner: Check whether another run with the mutex key m is still running: this run has been waiting for 60 minutes. Do not start another one.',
		);
		expect(next({}, { mutex_key: 'of the job' })).toMatch(/mutex key of the job is still/);
		expect(next({ daemon_group_key: 'g' })).toMatch(
			/^job_owner: Check whether a daemon of the group g is running: this run/,
		);
	});

	it('are no long ones before an hour', () => {
		expect(next({ created_at: '2026-11-24 11:00:01', mutex_key: 'm' })).toBe(
			'nobody: Wait: the run has not started yet. It may be waiting for another run with the same mutex key. Do not start another one.',
		);
		expect(next({ created_at: null })).toMatch(/^nobody: /);
	});
});

describe('the end of a pause', () => {
	const resumes = (run: JsonRecord, logs: JsonRecord[]) =>
		diagnose(known(run, { logs })).resumes_at;
	const paused = going('rate_limited');
	const pause = (
		retryAfter: JsonRecord[string],
		time: JsonRecord[string] = '2026-11-24 11:59:00',
	) => page({ retry_after: retryAfter, timestamp: time });

	test.each<[string, JsonRecord[], string | null]>([
		['seconds', [pause(90)], '2026-11-24T12:00:30.000Z'],
		['seconds as a text', [pause('90')], '2026-11-24T12:00:30.000Z'],
		['a time', [pause('2026-11-24 13:00:00')], '2026-11-24T13:00:00.000Z'],
		[
			'the last of several',
			[pause(90), pause(30, '2026-11-24 11:58:00')],
			'2026-11-24T12:00:30.000Z',
		],
		['seconds since the last update', [pause(60, null)], '2026-11-24T12:00:30.000Z'],
		['nothing', [page()], null],
		['no time', [pause('soon')], null],
		['absurd', [pause(1e18)], null],
	])('is %s', (_, logs, expected) => {
		expect(resumes(paused, logs)).toBe(expected);
	});

	it('is none of other verdicts', () => {
		expect(resumes(going('running'), [pause(90)])).toBeNull();
		expect(resumes(aRun(), [pause(90)])).toBeNull();
	});

	const advice = (run: JsonRecord, logs: JsonRecord[]) => {
		const { verdict, who_acts, next_step } = diagnose(known(run, { logs }));
		expect(verdict).toBe('paused');
		return `${who_acts}: ${next_step}`;
	};
	const WAIT =
		'nobody: Wait: the run resumes automatically once the rate limit of the integrated app is over. Do not restart it.';

	it('is not promised if it is over', () => {
		expect(advice(paused, [pause(10)])).toBe(WAIT);
	});

	test.each<[string, JsonRecord[], string]>([
		['59 minutes ago', [pause(30, '2026-11-24 11:00:31')], WAIT],
		[
			'an hour ago',
			[pause(30, '2026-11-24 10:59:30')],
			"truto_support: Send the run's ID to support@truto.one: it should have resumed on 24 Nov 11:00 UTC. Do not restart it.",
		],
		[
			'three days ago',
			[pause(30, '2026-11-21 11:59:30')],
			"truto_support: Send the run's ID to support@truto.one: it should have resumed on 21 Nov 12:00 UTC. Do not restart it.",
		],
		[
			'long ago, but it has worked since',
			[pause(30, '2026-11-21 11:59:30'), page({ timestamp: '2026-11-24 11:30:00' })],
			WAIT,
		],
	])('was %s', (_, logs, expected) => {
		expect(advice(paused, logs)).toBe(expected);
	});

	it('may be in entries that are not read, so the last update counts, too', () => {
		const logs = Array.from({ length: 1_000 }, () => pause(30, '2026-11-21 11:59:30'));
		expect(advice(paused, logs)).toBe(WAIT);
		expect(advice(paused, logs.slice(1))).toMatch(/^truto_support: /);
		const old = going('rate_limited', { updated_at: '2026-11-21 11:59:30' });
		expect(advice(old, logs)).toMatch(/^truto_support: /);
	});

	it('is at most a day away if nobody has announced it', () => {
		const since = (updated_at: string | null) => going('rate_limited', { updated_at });
		expect(advice(since('2026-11-23 12:00:01'), [])).toBe(WAIT);
		expect(advice(since('2026-11-23 12:00:00'), [])).toBe(
			"truto_support: Send the run's ID to support@truto.one: it has been paused for 24 hours. Do not restart it.",
		);
		expect(advice(since(null), [])).toBe(WAIT);
	});
});
