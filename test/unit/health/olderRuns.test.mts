import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';

import type { SyncRun } from '../../../lib/health/syncRun';
import type { JsonRecord } from '../../../lib/json';
import { readSchedule } from '../../../lib/truto/schedule';
import {
	needsOlderRuns,
	readOlderRuns,
} from '../../../nodes/Truto/operations/syncJob/readOlderRuns';
import { clientWith } from '../helpers/client.mts';
import { failed, HOUR, NOW, run, sync } from './syncs.mts';

const hours = (count: number) => NOW - count * HOUR;

/** A run as Truto sends it. */
const older = (hoursAgo: number, given: JsonRecord = {}): JsonRecord => ({
	id: `run-${hoursAgo}`,
	sync_job_id: 'job',
	integrated_account_id: 'account',
	status: 'failed',
	created_at: new Date(hours(hoursAgo)).toISOString(),
	...given,
});

const once = async <T,>(_: string, work: () => Promise<T>) => await work();

const many = (count: number, first: number) =>
	Array.from({ length: count }, (_, index) => older(first + index));

/** A sync of which the last two hours are known, and a Truto that has these runs, the newest one first. */
function setUp(runs: SyncRun[], inTruto: JsonRecord[], account: string | null = 'account') {
	const queries: IDataObject[] = [];
	const client = clientWith(({ qs = {} }) => {
		queries.push(qs);
		const wanted = qs.integrated_account_id;
		const found = inTruto.filter(
			(one) => wanted === undefined || wanted === one.integrated_account_id,
		);
		const start = Number(qs.next_cursor ?? 0);
		const end = start + Number(qs.limit);
		const next_cursor = end < found.length ? String(end) : null;
		return { body: { result: found.slice(start, end), next_cursor } };
	});
	const one = sync(runs, { readSince: hours(2), integratedAccountId: account });
	return { one, queries, read: async () => await readOlderRuns(client, one, once) };
}

describe('Older runs are needed', () => {
	test.each<[string, boolean, SyncRun[], object]>([
		['if none is known', true, [], {}],
		['if all that are known failed', true, [failed(1)], {}],
		['not if one of them completed', false, [failed(1), run(1.5)], {}],
		['not if all runs are known', false, [failed(1)], { readSince: Number.NEGATIVE_INFINITY }],
		['not if the times of runs are unknown', false, [failed(1)], { readSince: Number.NaN }],
		['not without a sync job', false, [], { syncJobId: null }],
	])('%s: %p', (_, needed, runs, given) => {
		expect(needsOlderRuns(sync(runs, { readSince: hours(2), ...given }))).toBe(needed);
	});
});

describe('Older runs of a sync', () => {
	test('are read until one of them completed', async () => {
		const success = older(153, { status: 'completed' });
		const { one, queries, read } = setUp(
			[failed(1)],
			[...many(150, 3), success, ...many(100, 154)],
		);

		await read();

		expect(one.runs).toHaveLength(201);
		expect(one.runs[0]?.id).toBe('run-1');
		expect(one.readSince).toBe(hours(202));
		expect(queries).toEqual([
			{
				sync_job_id: 'job',
				integrated_account_id: 'account',
				'created_at[lt]': '2026-04-01T10:00:00.000Z',
				sort: '-created_at',
				limit: 100,
			},
			expect.objectContaining({ next_cursor: '100' }),
		]);
	});

	test('are all known if Truto has no more', async () => {
		const { one, read } = setUp([failed(1)], many(4, 3));

		await read();

		expect(one.runs).toHaveLength(5);
		expect(one.readSince).toBe(Number.NEGATIVE_INFINITY);
	});

	test('are a thousand at most', async () => {
		const { one, queries, read } = setUp([failed(1)], many(1_200, 3));

		await read();

		expect(one.runs).toHaveLength(1_001);
		expect(one.readSince).toBe(hours(1_002));
		expect(queries).toHaveLength(10);
	});

	test('may name the account in their arguments only', async () => {
		const own = { integrated_account_id: null, args: { integrated_account_id: 'account' } };
		const others = many(150, 5).map((other) => ({ ...other, integrated_account_id: 'other' }));
		const { one, queries, read } = setUp([], [older(3, own), ...others]);

		await read();

		expect(one.runs.map(({ id }) => id)).toEqual(['run-3']);
		expect(one.readSince).toBe(Number.NEGATIVE_INFINITY);
		expect(queries.map(({ integrated_account_id }) => integrated_account_id)).toEqual([
			'account',
			undefined,
		]);
		expect(queries[1]).toMatchObject({ 'created_at[lt]': '2026-04-01T10:00:00.000Z' });
	});

	test('are a thousand of the whole job if the sync names its account in its arguments', async () => {
		const own = { integrated_account_id: null, args: { integrated_account_id: 'account' } };
		const runs = many(1_200, 3).map((one, index) =>
			index % 2 === 0 ? { ...one, ...own } : { ...one, integrated_account_id: 'other' },
		);
		const { one, queries, read } = setUp([failed(1, { isAccountInArgs: true })], runs);

		await read();

		expect(one.runs).toHaveLength(501);
		expect(one.readSince).toBe(hours(1_002));
		expect(queries).toHaveLength(2);
		expect(queries[0]).not.toHaveProperty('integrated_account_id');
	});

	test('are none if only other accounts of the job have any', async () => {
		const others = many(1_001, 5).map((other) => ({ ...other, integrated_account_id: 'other' }));
		const { one, read } = setUp([], others);

		await read();

		expect(one.runs).toEqual([]);
		expect(one.readSince).toBe(Number.NEGATIVE_INFINITY);
	});

	test('may be older ones if the job has runs that name their account in their arguments', async () => {
		const args = { integrated_account_id: 'other' };
		const others = many(1_001, 5).map((other, index) => ({
			...other,
			...(index === 3 ? { integrated_account_id: null, args } : { integrated_account_id: 'other' }),
		}));
		const { one, read } = setUp([], others);

		await read();

		expect(one.runs).toEqual([]);
		expect(one.readSince).toBe(hours(1_004));
	});

	test('are read on after one without a time', async () => {
		const timeless = many(100, 3).map((one, index) =>
			index === 99 ? { ...one, created_at: null } : one,
		);
		const { one, read } = setUp([failed(1)], [...timeless, older(200, { status: 'completed' })]);

		await read();

		expect(one.runs).toHaveLength(102);
	});

	test('are found without an account if the sync has none', async () => {
		const runs = many(150, 3).map((one) => ({ ...one, integrated_account_id: null }));
		const { one, queries, read } = setUp([], runs, null);

		await read();

		expect(one.runs).toHaveLength(150);
		expect(one.readSince).toBe(Number.NEGATIVE_INFINITY);
		expect(queries[0]).not.toHaveProperty('integrated_account_id');
	});

	test('stay unknown if those of the job cannot be read', async () => {
		const answers = [{ body: { result: [] } }, { status: 500, body: {} }];
		const fails = clientWith(() => answers.shift() ?? { status: 500, body: {} });
		const one = sync([], { readSince: hours(2) });

		await readOlderRuns(fails, one, once);

		expect(answers).toEqual([]);
		expect(one.readSince).toBe(hours(2));
	});

	test('may be older ones if a schedule names the account in its arguments', async () => {
		const others = many(1_001, 5).map((other) => ({ ...other, integrated_account_id: 'other' }));
		const { one, read } = setUp([], others);
		one.schedules = [readSchedule({ args: { integrated_account_id: 'account' } })];

		await read();

		expect(one.readSince).toBe(hours(1_004));
	});

	test('stay unknown if Truto fails, but an end of the work is not kept back', async () => {
		const one = sync([failed(1)], { readSince: hours(2) });
		const fails = clientWith(() => ({ status: 500, body: {} }));
		await readOlderRuns(fails, one, once);
		expect(one.runs).toHaveLength(1);
		expect(one.readSince).toBe(hours(2));

		const ended = clientWith(() => ({ body: {} }), {
			signal: AbortSignal.abort(new Error('ended')),
		});
		await expect(readOlderRuns(ended, one, once)).rejects.toThrow('ended');
	});
});
