import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import {
	ACCOUNTS,
	ENVIRONMENT_ID,
	ManualClock,
	RUNS,
	SYNC_JOBS,
	startSimulator,
} from './index.mts';
import type { Simulator } from './index.mts';
import { clientFor } from './test-client.mts';

type Json = Record<string, unknown>;

let simulator: Simulator;
let client: AxiosInstance;

beforeEach(async () => {
	simulator = await startSimulator({ clock: new ManualClock(), rateLimit: false });
	client = clientFor(simulator);
});
afterEach(() => simulator.close());

const get = async (path: string) => (await client.get<Json>(path)).data;
const getRun = (id: string) => get(`/sync-job-run/${id}`);

describe('D6: resource_stats', () => {
	const many = { list: { fetched: 1240, persisted: 1240 } };
	const few = { list: { fetched: 87, persisted: 87 } };
	test.each<[object, string, unknown]>([
		[{}, RUNS.v4Completed, { 'crm/contacts': many, 'crm/opportunities': few }],
		[{ statsKey: 'plain' }, RUNS.v4Completed, { contacts: many, opportunities: few }],
		[{ statsKey: 'node' }, RUNS.v4Completed, { 'list-contacts': many, 'list-deals': few }],
		[
			{ statsValue: 'number' },
			RUNS.twoResources,
			{ 'crm/contacts': { list: 20 }, 'crm/accounts': { list: 10 } },
		],
		[
			{ statsKey: 'plain', statsValue: 'number' },
			RUNS.bareNumbers,
			{ contacts: { list: 42, get: 3 } },
		],
		// Two nodes ask for the same resource: 12 and 230.
		[
			{},
			RUNS.notStored,
			{ 'file-storage/drive-items': { list: { fetched: 242, persisted: 242 } } },
		],
		[{ statsEmpty: 'null' }, RUNS.noStats, null],
		[{ statsEmpty: '{}' }, RUNS.noStats, {}],
		[{ statsEmpty: 'absent' }, RUNS.noStats, undefined],
		[{ statsKey: 'plain', statsValue: 'number' }, RUNS.oddStatsArray, [{ fetched: 1 }, 2, 'three']],
	])('%j: %s', async (dialect, id, stats) => {
		simulator.speak(dialect);
		expect((await getRun(id)).resource_stats).toEqual(stats);
	});

	test('of thousands of frozen runs follow a change of the dialect', async () => {
		const [id = ''] = simulator.store.addManyRuns(1, { resources: 1 });
		expect(await getRun(id)).toMatchObject({ resource_stats: { 'crm/resource_1': {} } });
		simulator.speak({ statsKey: 'plain' });
		expect(await getRun(id)).toMatchObject({ resource_stats: { resource_1: {} } });
	});
});

describe('D7: the account of a run', () => {
	test.each([
		['given', ACCOUNTS.pipedrive],
		['null', null],
		['absent', undefined],
	] as const)('%s', async (runAccount, account) => {
		simulator.speak({ runAccount });
		const run = await getRun(RUNS.v4Completed);
		expect(run.integrated_account_id).toBe(account);
		expect(run.args).toMatchObject({ integrated_account_id: ACCOUNTS.pipedrive });
		const path = `/sync-job-run?integrated_account_id=${ACCOUNTS.pipedrive}`;
		const found = (await get(path)).result as unknown[];
		expect(found.length > 0).toBe(runAccount === 'given');
		expect(await getRun(RUNS.completed)).toMatchObject({ integrated_account_id: ACCOUNTS.hubspot });
	});
});

describe('D8: log entries', () => {
	const path = `/log?log_type=rapid_bridge&log_type_filter[sync_job_run_id]=${RUNS.v4FailedMapping}`;
	const texts = [
		'Error in transform node remove-remote-data',
		'JSONata error T0410: Argument 1 of function "sift" does not match function signature',
	];
	const entry = { resource: 'crm/contacts', sync_job_request_type: 'transform' };
	const timestamp = '2026-01-15T00:00:40.000Z';
	test.each<[object, object]>([
		[{}, { timestamp, ...entry, logs: texts }],
		[
			{ logEntries: 'metadata' },
			{ _id: expect.any(String), timestamp, metadata: { ...entry, logs: texts } },
		],
		[{ logTexts: 'one-text' }, { logs: texts.join('\n') }],
		[{ logTexts: 'json-text' }, { logs: JSON.stringify(texts) }],
		[{ logTexts: 'objects' }, { logs: texts.map((message) => ({ level: 'error', message })) }],
	])('%j', async (dialect, expected) => {
		simulator.speak(dialect);
		expect(((await get(path)).result as unknown[])[0]).toMatchObject(expected);
	});

	test('objects become texts that still hold the provider’s error', async () => {
		simulator.speak({ logTexts: 'texts' });
		const { result } = await get(path.replace(RUNS.v4FailedMapping, RUNS.failedReauth));
		expect(result).toMatchObject([
			{ logs: [expect.stringMatching(/^Request to Pipedrive failed with status 401 \{.*expired/)] },
			{},
		]);
	});
});

describe('D12: the sync job in a run', () => {
	test.each([
		['everywhere', 'absent', true, undefined],
		['everywhere', 'given', true, 'Pipedrive to warehouse'],
		['on-get-only', 'absent', false, undefined],
	] as const)('%s, label %s', async (nestedSyncJob, nestedLabel, inLists, label) => {
		simulator.speak({ nestedSyncJob, nestedLabel });
		const alone = await getRun(RUNS.v4Completed);
		expect((alone.sync_job as Json).id).toBe(SYNC_JOBS.v4Crm);
		expect((alone.sync_job as Json).label).toBe(label);
		const { result } = await get(`/sync-job-run?sync_job_id=${SYNC_JOBS.v4Crm}`);
		for (const run of result as Json[]) expect('sync_job' in run).toBe(inLists);
	});
});

describe('D18: the environment of a run', () => {
	test.each([
		['everywhere', ENVIRONMENT_ID],
		['on-get-only', undefined],
	] as const)('%s', async (runEnvironment, listed) => {
		simulator.speak({ runEnvironment });
		const list = await get('/sync-job-run?limit=25');
		const runs = list.result as Json[];

		expect(runs.length).toBeGreaterThan(10);
		expect(new Set(runs.map(({ environment_id }) => environment_id))).toEqual(new Set([listed]));
		const nested = runs.map(({ sync_job }) => (sync_job as Json).environment_id);
		expect(new Set(nested)).toEqual(new Set([listed]));
		expect(await getRun(RUNS.completed)).toMatchObject({
			environment_id: ENVIRONMENT_ID,
			sync_job: { environment_id: ENVIRONMENT_ID },
		});
	});
});
