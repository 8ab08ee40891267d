import { describe, expect, it, test } from '@jest/globals';

import type { JsonRecord } from '../../../../lib/json';
import { diagnose } from '../../../../lib/runs/diagnose/diagnose';
import { aRun, failed, failure, going, known, page } from './cases.mts';

describe('the verdict', () => {
	test.each<[string, JsonRecord, JsonRecord[], string]>([
		['a new word that has ended', aRun({ status: 'brand_new' }), [page()], 'healthy'],
		[
			'a new word that has ended badly',
			aRun({ status: 'brand_new' }),
			[page(), failure()],
			'failed',
		],
		['running, with a time of its end', aRun({ status: 'running' }), [page()], 'healthy'],
		['a new word that goes on', going('brand_new'), [], 'running'],
		[
			'a new word without an update',
			going('brand_new', { updated_at: '2026-11-24 11:00:00' }),
			[],
			'stuck',
		],
		['no status at all', going('x', { status: null, updated_at: null }), [], 'running'],
		[
			'waiting for ever, but not stuck',
			going('created', { updated_at: '2026-11-20 11:00:00' }),
			[],
			'waiting',
		],
		[
			'paused for ever, but not stuck',
			going('rate_limited', { updated_at: '2026-11-20 11:00:00' }),
			[],
			'rate_limited',
		],
		[
			'bare numbers, which nobody can read',
			aRun({ resource_stats: { a: { list: 5 } } }),
			[],
			'healthy',
		],
		['statistics that can not be read', aRun({ resource_stats: 'soon' }), [], 'healthy'],
		['no statistics, but records in the logs', aRun({ resource_stats: {} }), [page()], 'healthy'],
		['no statistics and no records', aRun({ resource_stats: null }), [], 'nothing_fetched'],
		[
			'nothing fetched, with errors',
			aRun({ resource_stats: {} }),
			[failure({ num_records: 0 })],
			'failed',
		],
		[
			'delivery before all',
			aRun({ resource_stats: {} }),
			[page({ webhook_successful: false })],
			'not_delivered',
		],
		[
			'a refused page without records',
			aRun(),
			[page({ webhook_successful: false, num_records: 0 })],
			'healthy',
		],
	])('of %s', (name, run, logs, verdict) => {
		const status = name === 'nothing fetched, with errors' ? 'brand_new' : run.status;
		expect(diagnose(known({ ...run, status: status ?? null }, { logs })).verdict).toBe(verdict);
	});

	it('counts a run as stuck after the time that was asked for', () => {
		const run = going('running', { updated_at: '2026-11-24 11:50:00' });
		expect(diagnose({ ...known(run), stuckAfterMinutes: 11 }).verdict).toBe('running');
		expect(diagnose({ ...known(run), stuckAfterMinutes: 10 }).verdict).toBe('stuck');
	});
});

describe('dropped records', () => {
	const verdictOf = (resources: JsonRecord[string], stats: JsonRecord) =>
		diagnose(known(aRun({ resources, resource_stats: stats }), { logs: [] })).verdict;
	const lost = { list: { fetched: 5, persisted: 0 } };
	const kept = { list: { fetched: 5, persisted: 5 } };

	test.each<[string, JsonRecord[], JsonRecord, string]>([
		[
			'a unified resource',
			[{ resource: 'crm/a' }, { resource: 'crm/b' }],
			{ 'crm/a': lost, 'crm/b': kept },
			'records_dropped',
		],
		[
			'a unified resource by its proxy name',
			[{ resource: 'crm/a' }, { resource: 'crm/b' }],
			{ a: lost, 'crm/b': kept },
			'records_dropped',
		],
		[
			'a proxy resource that is to be persisted',
			[{ resource: 'a', persist: true }],
			{ a: lost, b: kept },
			'records_dropped',
		],
		[
			'a proxy resource that is not to be persisted',
			[{ resource: 'a' }, { resource: 'b', persist: true }],
			{ a: lost, b: kept },
			'healthy',
		],
		[
			'only a proxy resource that is not to be persisted',
			[{ resource: 'a' }],
			{ a: lost },
			'healthy',
		],
		[
			'a node that others may only depend on',
			[{ type: 'request', name: 'a', resource: 'crm/a' }],
			{ a: lost, b: kept },
			'healthy',
		],
		[
			'all nodes',
			[{ type: 'request', name: 'a', resource: 'crm/a' }],
			{ a: lost },
			'records_dropped',
		],
		[
			'a proxy resource that the first of its requests is to persist',
			[{ resource: 'a', persist: true }, { resource: 'a' }],
			{ a: lost, b: kept },
			'records_dropped',
		],
		[
			'a node that a destination names',
			[
				{ type: 'request', name: 'a', resource: 'crm/a' },
				{ type: 'destination', name: 'out', resources_to_persist: ['a', 7] },
			],
			{ a: lost, b: kept },
			'records_dropped',
		],
		['a resource that nobody knows', [], { x: lost, y: kept }, 'healthy'],
		['all resources that nobody knows', [], { x: lost, y: lost }, 'records_dropped'],
		[
			'some records of a resource',
			[{ resource: 'crm/a' }],
			{ 'crm/a': { list: { fetched: 5, persisted: 4 } } },
			'healthy',
		],
		[
			'a resource without a count of what was persisted',
			[{ resource: 'crm/a' }],
			{ 'crm/a': { list: { fetched: 5 } } },
			'healthy',
		],
	])('%s', (_, resources, stats, verdict) => {
		expect(verdictOf(resources, stats)).toBe(verdict);
	});

	it('are those that the job sends on, where the run names no resources of its own', () => {
		const stats = { a: lost, 'crm/b': kept };
		const job = { resources: [{ resource: 'a' }, { resource: 'crm/b' }] };
		const run = aRun({ resources: [], resource_stats: stats });
		expect(diagnose(known(run, { job, logs: [] })).verdict).toBe('healthy');
	});

	it('are counted where the job sends them on', () => {
		const run = aRun({
			resources: [{ resource: 'a' }, { resource: 'crm/b' }],
			resource_stats: {
				a: lost,
				'crm/b': { list: { fetched: 5, persisted: 4 } },
				c: { list: 7 },
				d: { list: { fetched: 5 } },
				e: { list: { persisted: 5 } },
			},
		});
		expect(diagnose(known(run, { logs: [] })).resources).toEqual([
			{ resource: 'a', fetched: 5, persisted: 0, dropped: 0 },
			{ resource: 'crm/b', fetched: 5, persisted: 4, dropped: 1 },
			{ resource: 'c', fetched: null, persisted: null, dropped: null },
			{ resource: 'd', fetched: 5, persisted: null, dropped: null },
			{ resource: 'e', fetched: null, persisted: 5, dropped: null },
		]);
	});

	it('are listed first where there are many resources', () => {
		const stats = Object.fromEntries(
			Array.from({ length: 300 }, (_, index) => [`r${index}`, index === 250 ? lost : kept]),
		);
		const { resources } = diagnose(known(aRun({ resources: [], resource_stats: stats })));
		expect(resources).toHaveLength(100);
		expect(resources.slice(0, 2).map(({ resource }) => resource)).toEqual(['r250', 'r0']);
	});
});

describe('where a run stands', () => {
	const place = (stats: JsonRecord) =>
		diagnose(known(going('running', { resource_stats: stats }))).stopped_at;

	it('is the last resource, and the last of its methods that has counted anything', () => {
		expect(place({ a: { list: 1 }, b: { list: { n: 1, cursor: null }, get: {} } })).toEqual({
			resource: 'b',
			method: 'list',
		});
		expect(place({ a: { list: 1, get: { n: 1, cursor: null } } })).toEqual({
			resource: 'a',
			method: 'get',
		});
		expect(place({ a: { list: {} } })).toEqual({ resource: 'a', method: null });
		expect(place({ a: 7 })).toEqual({ resource: 'a', method: null });
		expect(place({})).toBeNull();
	});
});

describe('the telling error', () => {
	const first = (logs: JsonRecord[], account: JsonRecord | null = null) => {
		const { cause, errors } = diagnose(known(failed(), { logs, account }));
		return [cause, errors.first];
	};
	const error = (minute: number, message: string, changes: JsonRecord = {}) =>
		failure({
			timestamp: `2026-11-24 10:${minute}:00`,
			sync_job_run_event: 'record_error',
			message,
			...changes,
		});

	it('is the final one rather than one that was passed over', () => {
		const final = error(20, 'status 502', { sync_job_run_event: 'failed' });
		expect(first([error(10, 'JSONata error'), final, error(30, 'status 401')])).toEqual([
			'upstream',
			'status 502',
		]);
	});

	it('is the earliest that tells a cause, else the earliest', () => {
		expect(first([error(30, 'status 401'), error(20, 'JSONata error'), error(10, 'odd')])).toEqual([
			'mapping',
			'JSONata error',
		]);
		expect(first([error(30, 'odder'), error(20, 'odd')])).toEqual(['unknown', 'odd']);
	});

	it('is the one that says the account needs reconnecting, wherever it stands', () => {
		const needsReauth = error(40, 'x', { integrated_account_needs_reauth: true });
		expect(first([error(10, 'status 502'), needsReauth])).toEqual(['auth', 'x']);
	});

	it('is none of the entries that are no errors', () => {
		expect(first([page({ message: 'status 401' })])).toEqual(['unknown', null]);
	});

	test.each<[string, JsonRecord, string]>([
		['odd', { status: 'needs_reauth' }, 'auth'],
		['odd', { status: 'validation_error' }, 'auth'],
		['odd', { status: 'post_install_error' }, 'unknown'],
		['odd', { status: 'active' }, 'unknown'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:10:00' } }, 'missing_scopes'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:00:01' } }, 'missing_scopes'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:30:00' } }, 'missing_scopes'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:00:00' } }, 'unknown'],
		['odd', { last_forbidden_error: { occurred_at: '2026-11-24 10:40:00' } }, 'unknown'],
		['odd', { last_forbidden_error: { resource: 'x' } }, 'unknown'],
		['status 403', { last_forbidden_error: { resource: 'x' } }, 'missing_scopes'],
		['status 403', { status: 'needs_reauth' }, 'auth'],
		['status 502', { status: 'needs_reauth' }, 'upstream'],
		['JSONata error', { status: 'needs_reauth' }, 'mapping'],
	])('%j with the account %j: %s', (message, account, cause) => {
		expect(first([error(10, message)], account)[0]).toBe(cause);
	});
});

describe('what to do', () => {
	const step = (run: JsonRecord, sources: Parameters<typeof known>[1]) => {
		const { cause, who_acts, next_step } = diagnose(known(run, sources));
		return `${cause}, ${who_acts}: ${next_step}`;
	};

	it('about a missing permission that nobody names', () => {
		const logs = [failure({ message: 'status 403' })];
		expect(step(failed({ sync_job: null }), { logs, account: null })).toBe(
			'missing_scopes, end_user: Ask the customer to reconnect the integrated account and to allow the missing permissions, then start a new run. Restarting before that would end the same way.',
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

	it('about a limit that is over by now', () => {
		expect(step(failed(), { logs: [failure({ message: 'status 429' })] })).toBe(
			'rate_limit, job_owner: Start a new run once the rate limit of the integrated app is over. Restarting before that would end the same way.',
		);
	});

	it('about a destination that is not named', () => {
		expect(step(failed(), { logs: [failure({ message: 'Datastore write refused' })] })).toBe(
			'delivery, receiver: Check the destination of the records, then start a new run. Restarting before that would end the same way.',
		);
	});

	it('about a webhook and a datastore that both refused', () => {
		const both = { webhook_successful: false, datastore_successful: false };
		expect(step(aRun(), { logs: [page({ ...both, webhook_status: 410 })] })).toMatch(
			/^delivery, receiver: Fix the webhook's receiver, which answered 410\. /,
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
			'job_owner: Check whether another run with the mutex key m is still going: this run has been waiting for 60 minutes. Do not start another one.',
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

	it('is not promised where it is over', () => {
		const { next_step } = diagnose(known(paused, { logs: [pause(10)] }));
		expect(next_step).toBe(
			'Wait: the run resumes by itself once the rate limit of the integrated app is over. Do not restart it.',
		);
	});
});

describe('the evidence', () => {
	it('names what was read, and what it said', () => {
		const { evidence } = diagnose(
			known(failed(), {
				logs: [failure({ integrated_account_needs_reauth: true, message: 'Expired' }), failure()],
				account: { status: 'needs_reauth', last_error: 'Invalid grant' },
			}),
		);
		expect(evidence).toEqual([
			{ source: 'run', field: 'status', value: 'failed' },
			{ source: 'run', field: 'version', value: '3' },
			{ source: 'run', field: 'finished_at', value: '2026-11-24T10:30:00.000Z' },
			{ source: 'run', field: 'resource_stats', value: 'fetched 129, persisted 129' },
			{ source: 'logs', field: 'integrated_account_needs_reauth', value: 'true' },
			{ source: 'logs', field: 'logs', value: 'Expired' },
			{ source: 'logs', field: 'errors', value: '2' },
			{ source: 'account', field: 'status', value: 'needs_reauth' },
			{ source: 'account', field: 'last_error', value: 'Invalid grant' },
		]);
	});

	it('of a stuck run is its last update', () => {
		const run = going('running', { updated_at: '2026-11-24 11:50:00', version: null });
		expect(diagnose(known(run, { job: { default_runtime_version: 4 } })).evidence).toEqual([
			{ source: 'run', field: 'status', value: 'running' },
			{ source: 'job', field: 'default_runtime_version', value: '4' },
			{ source: 'run', field: 'updated_at', value: '2026-11-24T11:50:00.000Z (600 seconds ago)' },
			{ source: 'run', field: 'resource_stats', value: 'fetched 129, persisted 129' },
		]);
	});

	it('of a pause is its length', () => {
		const { evidence } = diagnose(
			known(going('rate_limited'), { logs: [page({ retry_after: 30 })] }),
		);
		expect(evidence.at(-1)).toEqual({ source: 'logs', field: 'retry_after', value: '30' });
	});

	it('of a limit that was too long is its length, too', () => {
		const { evidence } = diagnose(
			known(failed(), { logs: [failure({ message: 'status 429', retry_after: 30 })] }),
		);
		expect(evidence.slice(-2)).toEqual([
			{ source: 'logs', field: 'logs', value: 'status 429' },
			{ source: 'logs', field: 'retry_after', value: '30' },
		]);
	});

	it('of another failure is no length of a pause', () => {
		const { evidence } = diagnose(
			known(failed(), { logs: [page({ retry_after: 30 }), failure({ message: 'status 502' })] }),
		);
		expect(evidence.map(({ field }) => field)).not.toContain('retry_after');
	});

	it('of a missing permission is what the account says', () => {
		const account = { status: 'active', last_forbidden_error: { missing_scopes: ['a'] } };
		const logs = [failure({ message: 'status 403' })];
		expect(diagnose(known(failed(), { logs, account })).evidence.slice(-2)).toEqual([
			{ source: 'account', field: 'status', value: 'active' },
			{ source: 'account', field: 'last_forbidden_error', value: '{"missing_scopes":["a"]}' },
		]);
		const others = diagnose(known(failed(), { logs: [failure({ message: 'odd' })], account }));
		expect(others.evidence.map(({ field }) => field)).not.toContain('last_forbidden_error');
	});

	it('of an error without a text is that it is one', () => {
		const { evidence } = diagnose(known(failed(), { logs: [failure()] }));
		expect(evidence.at(-1)).toEqual({
			source: 'logs',
			field: 'logs',
			value: 'an error without a text',
		});
	});

	it('of a datastore is its flag', () => {
		const logs = [
			page({ webhook_successful: null, webhook_status: null, datastore_successful: false }),
		];
		expect(diagnose(known(aRun(), { logs })).evidence.at(-1)).toEqual({
			source: 'logs',
			field: 'datastore_successful',
			value: 'false',
		});
	});

	it('of a refusal is the answer', () => {
		const { evidence } = diagnose(
			known(aRun(), {
				logs: [page({ webhook_successful: false, webhook_status: null })],
				deliveries: [{ webhook_endpoint_status: 500 }],
			}),
		);
		expect(evidence.slice(-2)).toEqual([
			{ source: 'logs', field: 'webhook_successful', value: 'false' },
			{ source: 'deliveries', field: 'webhook_endpoint_status', value: '500' },
		]);
	});
});
