import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import { ACCOUNTS, ManualClock, RUNS, SYNC_JOBS, startSimulator } from './index.mts';
import type { Simulator, SyncJobRun } from './index.mts';
import { clientFor } from './test-client.mts';

let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	simulator = await startSimulator({ clock: new ManualClock() });
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

/** The reference page's fields, in its order; `sync_job`'s own follow it. */
const PAGE_FIELDS = [
	'id',
	'args',
	'resources',
	'sync_job_id',
	'integrated_account_id',
	'status',
	'daemon_id',
	'daemon_group_key',
	'webhook_id',
	'error_handling',
	'ignore_previous_run',
	'version',
	'resource_stats',
	'created_at',
	'updated_at',
	'started_at',
	'finished_at',
	'sync_job',
];
const SYNC_JOB_FIELDS = [
	'id',
	'integration_name',
	'args_schema',
	'resources',
	'environment_id',
	'created_at',
	'updated_at',
];

const getRun = async (id: string) => (await client.get<SyncJobRun>(`/sync-job-run/${id}`)).data;

describe('the fields of a run', () => {
	test('are those of the reference page in its order, and more', async () => {
		for (const id of [RUNS.completed, RUNS.failed, RUNS.running, RUNS.created, RUNS.growing]) {
			const run = await getRun(id);
			const names = Object.keys(run);
			expect(names.slice(0, PAGE_FIELDS.length)).toEqual(PAGE_FIELDS);
			expect(names.slice(PAGE_FIELDS.length)).toEqual(['environment_id', 'is_scheduled']);
			expect(Object.keys(run.sync_job)).toEqual(SYNC_JOB_FIELDS);
		}
	});

	// The page lies beside the repository, not in it: elsewhere there is nothing to compare.
	const page = join(__dirname, '../../../shared/reference/get-sync-job-run.md');
	(existsSync(page) ? test : test.skip)('are what the page says', () => {
		const text = readFileSync(page, 'utf8');
		const body = text.slice(text.indexOf('## Response body'), text.indexOf('## Code examples'));
		const namesAt = (indent: string, of: string) =>
			[...of.matchAll(new RegExp(`^${indent}- \\*\\*\`(.+?)\`\\*\\*`, 'gm'))].map(
				([, name]) => name,
			);
		expect(namesAt('', body)).toEqual(PAGE_FIELDS);
		const syncJob = body.slice(body.indexOf('- **`sync_job`**'));
		expect(namesAt('  ', syncJob)).toEqual(SYNC_JOB_FIELDS);
	});

	test('in a list are the same as alone', async () => {
		const { data } = await client.get<{ result: SyncJobRun[] }>('/sync-job-run?limit=100');
		const run = data.result.find(({ id }) => id === RUNS.completed);
		expect(run).toEqual(await getRun(RUNS.completed));
	});
});

test('a run has one of these statuses, or one of the future; times of its start and end as it has begun and ended', async () => {
	const rows: [keyof typeof RUNS, string, boolean, boolean][] = [
		['created', 'created', false, false],
		['running', 'running', true, false],
		['rateLimited', 'rate_limited', true, false],
		['unknownStatus', 'waiting_for_quota', true, false],
		['completed', 'completed', true, true],
		['failed', 'failed', true, true],
		['stopped', 'stopped', true, true],
	];
	for (const [name, ...expected] of rows) {
		const { status, started_at, finished_at } = await getRun(RUNS[name]);
		expect([name, status, started_at !== null, finished_at !== null]).toEqual([name, ...expected]);
	}
});

test('resource_stats may be anything: of many resources, of odd names, and no object at all', async () => {
	const statsOf = async (name: keyof typeof RUNS) => (await getRun(RUNS[name])).resource_stats;
	expect(Object.keys((await statsOf('large')) ?? {})).toHaveLength(500);
	expect(Object.keys((await statsOf('oddNames')) ?? {})).toEqual(
		expect.arrayContaining(['__proto__', 'constructor', '=SUM(A1)', 'crm.contacts.v2', '']),
	);
	expect(await statsOf('emptyStats')).toEqual({});
	expect(await statsOf('absentStats')).toBeUndefined();
	expect(await statsOf('oddStatsArray')).toEqual([{ fetched: 1 }, 2, 'three']);
	expect(await statsOf('oddStatsString')).toBe('pending');
	expect(await statsOf('oddStatsNumber')).toBe(42);
});

describe('starting a run', () => {
	const valid = { sync_job_id: SYNC_JOBS.hris, integrated_account_id: ACCOUNTS.bamboohr };
	const crm = { sync_job_id: SYNC_JOBS.crm, integrated_account_id: ACCOUNTS.hubspot };
	const ticketing = { sync_job_id: SYNC_JOBS.ticketing, integrated_account_id: ACCOUNTS.zendesk };
	const since = '2026-01-01';

	test('returns the run, with status 201', async () => {
		const { status, data } = await client.post<SyncJobRun>('/sync-job-run', {
			...crm,
			status: 'created',
			args: { since, page_size: 50 },
			resources: [{ resource: 'crm/contacts', method: 'list' }],
			error_handling: 'ignore',
			ignore_previous_run: true,
			state_key: 'nightly',
		});
		expect(status).toBe(201);
		expect(data).toMatchObject({
			...crm,
			status: 'created',
			args: { since, page_size: 50 },
			resources: [{ resource: 'crm/contacts', method: 'list' }],
			error_handling: 'ignore',
			ignore_previous_run: true,
			state_key: 'nightly',
			resource_stats: null,
			created_at: '2026-01-15T12:00:00.000Z',
			started_at: null,
			finished_at: null,
		});
		expect(await getRun(data.id)).toEqual(data);
	});

	test.each<[number, string, unknown]>([
		[400, 'sync_job_id is required', { integrated_account_id: ACCOUNTS.hubspot }],
		[400, 'integrated_account_id is required', { sync_job_id: SYNC_JOBS.hris }],
		[400, 'sync_job_id must be a string', { ...valid, sync_job_id: 5 }],
		[400, 'status must be', { ...valid, status: 'running' }],
		[400, 'not both', { ...valid, webhook_id: 'a', daemon_group_key: 'b' }],
		[400, 'error_handling must be', { ...valid, error_handling: 'shrug' }],
		[400, 'force must be', { ...valid, force: 'yes', mutex_key: 'k' }],
		[400, 'args must be', { ...valid, args: [] }],
		[400, 'resources must be', { ...valid, resources: ['crm/contacts'] }],
		[400, 'must be a JSON object', [valid]],
		[404, 'Sync job with id', { ...valid, sync_job_id: SYNC_JOBS.other }],
		[404, 'Integrated account with id', { ...valid, integrated_account_id: ACCOUNTS.other }],
		[404, 'Webhook with id', { ...valid, webhook_id: 'nothing' }],
		[422, 'args.since is required', crm],
		[422, 'args.since must be of type string', { ...crm, args: { since: 5 } }],
		[422, 'args.region must be one of', { ...crm, args: { since, region: 'moon' } }],
		[422, 'args.sinc is not an argument', { ...crm, args: { since, sinc: 1 } }],
		[422, 'args.organization_ids is required', ticketing],
		[422, 'of type array', { ...ticketing, args: { organization_ids: 'a' } }],
		[422, 'of type integer', { ...ticketing, args: { organization_ids: [], max_tickets: 1.5 } }],
		[422, 'of type object', { ...ticketing, args: { organization_ids: [], options: [] } }],
		[503, 'blocked', { ...valid, integrated_account_id: ACCOUNTS.blocked }],
	])('is refused with %i: %s', async (status, message, body) => {
		const before = simulator.store.runs.size;
		const answer = await client.post<unknown>('/sync-job-run', body);
		expect(answer.status).toBe(status);
		expect(answer.data).toMatchObject({
			statusCode: status,
			message: expect.stringContaining(message),
		});
		expect(simulator.store.runs.size).toBe(before);
	});
});
