import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { AxiosInstance } from 'axios';

import { ACCOUNTS, ManualClock, RUNS, SYNC_JOBS, startSimulator } from './index.mts';
import type { Simulator, SyncJob, SyncJobRun } from './index.mts';
import { clientFor, getRuns } from './test-client.mts';
import type { Page } from './test-client.mts';

let simulator: Simulator;
let client: AxiosInstance;
let all: SyncJobRun[];

beforeAll(async () => {
	simulator = await startSimulator({ clock: new ManualClock(), rateLimit: false });
	client = clientFor(simulator);
	all = [...simulator.store.runs.values()].filter(({ id }) => id !== RUNS.other);
});
afterAll(() => simulator.close());

async function allPages(params: Record<string, string | number>): Promise<Page<SyncJobRun>[]> {
	const pages = [await getRuns(client, params)];
	for (;;) {
		const next_cursor = pages.at(-1)?.next_cursor;
		if (!next_cursor) return pages;
		pages.push(await getRuns(client, { ...params, next_cursor }));
	}
}

const idsOf = (pages: Page<SyncJobRun>[]) =>
	pages.flatMap(({ result }) => result.map(({ id }) => id));

describe('paging', () => {
	test('goes through all runs once, newest first', async () => {
		const pages = await allPages({ limit: 20 });
		expect(pages.map(({ result }) => result.length)).toEqual([20, 20, 20, 20, all.length - 80]);
		expect(new Set(idsOf(pages))).toEqual(new Set(all.map(({ id }) => id)));
		expect(idsOf(pages)).toHaveLength(all.length);
		const dates = pages.flatMap(({ result }) => result.map(({ created_at }) => created_at));
		expect(dates).toEqual([...dates].sort().reverse());
		expect(pages[0]?.prev_cursor).toBeNull();
		expect(pages.at(-1)?.next_cursor).toBeNull();
	});

	test('goes back the same way', async () => {
		const pages = await allPages({ limit: 20 });
		let page = pages.at(-1);
		for (const expected of pages.slice(0, -1).reverse()) {
			page = await getRuns(client, { limit: 20, prev_cursor: page?.prev_cursor ?? '' });
			expect(page).toEqual(expected);
		}
	});

	test('has 25 entries unless told, and takes pages of thousands (D2)', async () => {
		expect((await getRuns(client)).result).toHaveLength(25);
		expect((await getRuns(client, { limit: 5_000 })).result).toHaveLength(all.length);
	});

	test('ends if the last page is exactly full', async () => {
		const pages = await allPages({ limit: all.length / 3 });
		expect(all.length % 3).toBe(0);
		expect(pages).toHaveLength(3);
	});

	test.each(['0', '-1', '5001', '1.5', 'ten', ''])('refuses the limit "%s"', async (limit) => {
		const { status, data } = await client.get<unknown>('/sync-job-run', { params: { limit } });
		expect(status).toBe(400);
		expect(data).toMatchObject({ error: 'Bad Request', message: expect.stringContaining('limit') });
	});

	test('refuses a cursor that is not its own', async () => {
		const { next_cursor } = await getRuns(client, { limit: 1, sort: 'created_at' });
		const tampered = Buffer.from('["next","-created_at",1,"x"]').toString('base64url');
		for (const cursor of ['nonsense', '', tampered, next_cursor]) {
			const params = { next_cursor: cursor };
			expect((await client.get('/sync-job-run', { params })).status).toBe(400);
		}
		const both = { next_cursor, prev_cursor: next_cursor, sort: 'created_at' };
		expect((await client.get('/sync-job-run', { params: both })).status).toBe(400);
	});

	test('is not confused by a run that appears between two pages', async () => {
		const first = await getRuns(client, { limit: 5 });
		const { id } = simulator.store.addRun({ created_at: '2026-01-15T13:00:00.000Z' });
		const second = await getRuns(client, { limit: 5, next_cursor: first.next_cursor ?? '' });
		simulator.store.removeRun(id);
		const together = await getRuns(client, { limit: 10 });
		expect(idsOf([first, second])).toEqual(idsOf([together]));
	});
});

describe('filters', () => {
	const expectSame = async (
		params: Record<string, string>,
		matches: (run: SyncJobRun) => boolean,
	) => {
		const ids = idsOf([await getRuns(client, { ...params, limit: 200 })]).sort();
		const wanted = all.filter(matches).map(({ id }) => id);
		expect(wanted.length).toBeGreaterThan(0);
		expect(wanted.length).toBeLessThan(all.length);
		expect(ids).toEqual(wanted.sort());
	};
	const middle = '2026-01-13T12:00:00.000Z';
	const exact = '2026-01-15T11:00:00.000Z';

	test.each<[Record<string, string>, (run: SyncJobRun) => boolean]>([
		[{ status: 'failed' }, ({ status }) => status === 'failed'],
		[{ 'status[eq]': 'failed' }, ({ status }) => status === 'failed'],
		[{ 'status[ne]': 'completed' }, ({ status }) => status !== 'completed'],
		[{ 'status[in]': 'failed,stopped' }, ({ status }) => /^(failed|stopped)$/.test(status)],
		[{ sync_job_id: SYNC_JOBS.hris }, ({ sync_job_id }) => sync_job_id === SYNC_JOBS.hris],
		[
			{ integrated_account_id: ACCOUNTS.zendesk, status: 'failed' },
			(run) => run.integrated_account_id === ACCOUNTS.zendesk && run.status === 'failed',
		],
		[{ 'created_at[gt]': middle }, ({ created_at }) => created_at > middle],
		[{ 'created_at[lt]': middle }, ({ created_at }) => created_at < middle],
		[{ 'created_at[gt]': exact }, ({ created_at }) => created_at > exact],
		[{ 'created_at[gte]': exact }, ({ created_at }) => created_at >= exact],
		[{ 'created_at[lte]': exact }, ({ created_at }) => created_at <= exact],
		[{ 'created_at[gte]': '2026-01-15T12:00:00+01:00' }, ({ created_at }) => created_at >= exact],
		[{ 'finished_at[gt]': middle }, ({ finished_at }) => (finished_at ?? '') > middle],
	])('%j', expectSame);

	test('a list of ids', async () => {
		const page = await getRuns(client, { 'id[in]': `${RUNS.failed}, ${RUNS.stopped},nothing` });
		expect(idsOf([page]).sort()).toEqual([RUNS.failed, RUNS.stopped]);
	});

	test('hold while paging', async () => {
		const pages = await allPages({ status: 'failed', limit: 3 });
		expect(pages.length).toBeGreaterThan(3);
		expect(new Set(idsOf(pages)).size).toBe(all.filter(({ status }) => status === 'failed').length);
	});

	test('may match nothing', async () => {
		const empty = { result: [], next_cursor: null, prev_cursor: null, limit: 25 };
		expect(await getRuns(client, { status: 'nonsense' })).toEqual(empty);
	});

	test.each([
		'stauts=failed',
		'status[like]=x',
		'created_at[gt]=soon',
		'status=a&status=b',
		'sort=x',
	])('refuses ?%s', async (query) => {
		const { status } = await client.get(`/sync-job-run?${query}`);
		expect(status).toBe(400);
	});
});

test('sort takes a field, and a minus turns its order', async () => {
	const up = await allPages({ sort: 'created_at', limit: 40 });
	const down = await allPages({ sort: '-created_at', limit: 40 });
	expect(idsOf(up)).toEqual(idsOf(down).reverse());
	const byStatus = await getRuns(client, { sort: 'status', limit: 200 });
	const statuses = byStatus.result.map(({ status }) => status);
	expect(statuses).toEqual([...statuses].sort());
});

test('sync jobs: fields, filter, one', async () => {
	const { data } = await client.get<Page<SyncJob>>('/sync-job?integration_name=salesforce');
	expect(data.result.map(({ id }) => id).sort()).toEqual([SYNC_JOBS.rateLimited, SYNC_JOBS.proxy]);
	const one = await client.get<unknown>(`/sync-job/${SYNC_JOBS.ticketing}`);
	expect(one.data).toMatchObject({
		label: 'Zendesk tickets, hourly',
		integration_name: 'zendesk',
		args_schema: { type: 'object', required: ['organization_ids'] },
		default_runtime_version: 2,
	});
	const scripted = await client.get<unknown>(`/sync-job/${SYNC_JOBS.failing}`);
	expect(scripted.data).not.toHaveProperty('run_script');
	expect((await client.get<unknown>(`/sync-job/${SYNC_JOBS.hris}`)).data).not.toHaveProperty(
		'label',
	);
});
