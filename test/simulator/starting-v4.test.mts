import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import { ACCOUNTS, ManualClock, SYNC_JOBS, startSimulator } from './index.mts';
import type { Simulator, SyncJobRun } from './index.mts';
import { clientFor } from './test-client.mts';

let clock: ManualClock;
let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	clock = new ManualClock();
	simulator = await startSimulator({ clock });
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

const post = (body: unknown) => client.post<SyncJobRun>('/sync-job-run', body);
const statusOf = async (id: string) => {
	simulator.tick();
	return await Promise.resolve(simulator.store.runs.get(id)?.status);
};

const args = {
	integrated_account_id: ACCOUNTS.pipedrive,
	datastore_id: 'd5a00000-0000-4000-8000-000000000001',
	start_date: '2026-01-01',
};
const v4 = { sync_job_id: SYNC_JOBS.v4Crm, args };

test('a V4 job has flat arguments and a graph of nodes', async () => {
	const { data } = await client.get<unknown>(`/sync-job/${SYNC_JOBS.v4Crm}`);
	expect(data).toMatchObject({
		label: 'Pipedrive to warehouse',
		default_runtime_version: 4,
		args_schema: {
			integrated_account_id: { type: 'string', format: 'integrated_account_id', required: true },
			webhook_id: { format: 'webhook_id' },
			datastore_id: { format: 'datastore_id' },
			start_date: { type: 'string', format: 'date', required: true },
			batch_size: { type: 'number' },
			stage: { enum: ['open', 'won', 'lost'] },
		},
		args_validation: expect.stringContaining('$firstNonEmpty'),
		mutex_key: '{{args.integrated_account_id}}',
		state_key: '{{args.integrated_account_id}}',
	});
	const { resources } = data as { resources: { name: string; type: string }[] };
	expect(new Set(resources.map(({ type }) => type))).toEqual(
		new Set([
			...['get_state', 'add_context', 'request', 'transform', 'destination'],
			...['event', 'update_state'],
		]),
	);
});

describe('starting a V4 job', () => {
	test('needs no account besides its argument (D7)', async () => {
		const { status, data } = await post(v4);
		expect(status).toBe(201);
		expect(data).toMatchObject({
			integrated_account_id: ACCOUNTS.pipedrive,
			args,
			version: 4,
			mutex_key: ACCOUNTS.pipedrive,
			state_key: ACCOUNTS.pipedrive,
		});
		await clock.advance(11_000);
		const run = (await client.get<SyncJobRun>(`/sync-job-run/${data.id}`)).data;
		expect(Object.keys(run.resource_stats ?? {})).toEqual(['crm/contacts', 'crm/opportunities']);
	});

	test.each<[number, string, object]>([
		[400, 'integrated_account_id is required', { args: { start_date: '2026-01-01' } }],
		[422, 'args.start_date is required', { args: { ...args, start_date: undefined } }],
		[422, 'args.start_date must be a date', { args: { ...args, start_date: 'soon' } }],
		[422, 'args.batch_size must be of type number', { args: { ...args, batch_size: '50' } }],
		[422, 'args.stage must be one of open', { args: { ...args, stage: 'OPEN' } }],
		[422, 'Need one of webhook_id or datastore_id', { args: { ...args, datastore_id: '' } }],
		[400, 'super_query must be a string', { super_query: { region: 'apac' } }],
		[400, 'super_query must be one of apac, wnam', { super_query: 'emea' }],
	])('is refused with %i: %s', async (status, message, body) => {
		const answer = await post({ ...v4, ...body });
		expect(answer.status).toBe(status);
		expect(answer.data).toMatchObject({ message: expect.stringContaining(message) });
	});

	test('details.failures names all arguments that are wrong', async () => {
		const { data } = await post({ ...v4, args: { ...args, start_date: 5, stage: 'x' } });
		expect(data).toMatchObject({
			statusCode: 422,
			message: 'args.start_date must be of type string (and 1 more)',
			details: {
				failures: [
					{ field: 'args.start_date', message: 'args.start_date must be of type string' },
					{ field: 'args.stage', message: 'args.stage must be one of open, won, lost' },
				],
			},
		});
	});

	test('an account of another environment is no argument', async () => {
		const foreign = { ...args, integrated_account_id: ACCOUNTS.other };
		expect((await post({ ...v4, args: foreign })).status).toBe(404);
		const both = { ...v4, integrated_account_id: ACCOUNTS.pipedrive, args: foreign };
		expect((await post(both)).status).toBe(422);
	});
});

test('error_handling batch needs runtime version 2', async () => {
	const hris = { sync_job_id: SYNC_JOBS.hris, integrated_account_id: ACCOUNTS.bamboohr };
	const refused = await post({ ...hris, error_handling: 'batch' });
	expect(refused.status).toBe(400);
	expect(refused.data).toMatchObject({ message: expect.stringContaining('runtime version 2') });
	expect((await post({ ...v4, error_handling: 'batch' })).status).toBe(201);
});

describe('a mutex key', () => {
	const hris = { sync_job_id: SYNC_JOBS.hris, integrated_account_id: ACCOUNTS.bamboohr };
	const body = { ...hris, mutex_key: 'nightly' };
	const start = async (more: object = {}) => (await post({ ...body, ...more })).data.id;

	test('makes a second run wait until the first has ended', async () => {
		const [first, second, third] = [await start(), await start(), await start()];
		await clock.advance(24_999);
		expect(await statusOf(first)).toBe('running');
		expect(await statusOf(second)).toBe('created');
		await clock.advance(1_001);
		expect(await statusOf(first)).toBe('completed');
		expect(await statusOf(second)).toBe('running');
		expect(await statusOf(third)).toBe('created');
		expect(simulator.store.runs.get(second)?.started_at).toBe('2026-01-15T12:00:26.000Z');
		await client.delete(`/sync-job-run/${second}`);
		await statusOf(third);
		await clock.advance(1_000);
		expect(await statusOf(third)).toBe('running');
	});

	test('is bypassed by force, and no matter to another job or key', async () => {
		const ids = [
			await start(),
			await start({ force: true }),
			await start({ mutex_key: 'hourly' }),
			await start({ sync_job_id: SYNC_JOBS.failing }),
		];
		await clock.advance(1_000);
		for (const id of ids) expect(await statusOf(id)).toBe('running');
	});

	test('comes from the job: a tenant’s second run waits', async () => {
		const [first, second] = [(await post(v4)).data.id, (await post(v4)).data.id];
		const jira = { integrated_account_id: ACCOUNTS.jira };
		const other = (await post({ ...v4, args: { ...args, ...jira } })).data.id;
		await clock.advance(1_000);
		expect([await statusOf(first), await statusOf(second), await statusOf(other)]).toEqual([
			'running',
			'created',
			'running',
		]);
	});
});

test('an args_validation that the simulator cannot work out is refused, not passed over', () => {
	expect(() => simulator.store.addSyncJob({ args_validation: 'args.a > 5' })).toThrow('JSONata');
});
