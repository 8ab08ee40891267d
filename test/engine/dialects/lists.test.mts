import { describe, expect, it } from '@jest/globals';

import { ACCOUNTS, formsOf, RUNS, SYNC_JOBS, VALID_TOKEN } from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { searchList } from '../methods.mts';
import { useSimulator } from '../use-simulator.mts';
import { testCredential } from './credential-test.mts';
import { idsOf, limitsOf, operate } from './operate.mts';

const truto = useSimulator();

/** The runs that the seeded environment has. */
const SEEDED_RUNS = 99;

const search = async (method: string, path: string, page?: string) =>
	await searchList({ simulator: truto() }, { method, path, page });

describe.each(formsOf('listEnvelope', 'nextCursor', 'extraPaging'))('D1, $name', ({ dialect }) => {
	it('the drop-down of runs goes on to the last page', async () => {
		truto().speak(dialect);
		truto().store.addManyRuns(250 - SEEDED_RUNS, { resources: 1 });
		const list = ['searchSyncJobRuns', 'syncJobRunId'] as const;

		const first = await search(...list);
		const second = await search(...list, String(first.paginationToken));
		const third = await search(...list, String(second.paginationToken));

		const pages = [first, second, third].map(({ results }) => results);
		expect(pages.map(({ length }) => length)).toEqual([100, 100, 50]);
		expect(new Set(pages.flat().map(({ value }) => value)).size).toBe(250);
		expect(third.paginationToken).toBeUndefined();
	});

	it('the drop-downs of jobs, accounts and webhooks show all there is', async () => {
		truto().speak(dialect);
		truto().store.addWebhook({ target_url: 'https://example.com/records' });

		const jobs = await search('searchSyncJobs', 'syncJobId');
		const accounts = await search('searchIntegratedAccounts', 'integratedAccountId');
		const webhooks = await search('searchWebhooks', 'webhookId');

		expect(jobs.results).toHaveLength(9);
		expect(jobs.results.map(({ value }) => value)).toContain(SYNC_JOBS.v4Crm);
		expect(accounts.results).toHaveLength(15);
		expect(accounts.results.map(({ value }) => value)).toContain(ACCOUNTS.pipedrive);
		expect(webhooks.results.map((entry) => entry.name)).toEqual([
			'https://example.com/records · active',
		]);
		for (const list of [jobs, accounts, webhooks]) expect(list.paginationToken).toBeUndefined();
	});

	it('Get Many gives all runs and all sync jobs, once each', async () => {
		truto().speak(dialect);
		truto().store.addManyRuns(1_000, { resources: 1 });
		const all = { returnAll: true };

		const runs = await operate(truto(), 'getAll', all);
		const jobs = await operate(truto(), 'getAll', { ...all, resource: 'syncJob' });

		expect(new Set(idsOf(runs)).size).toBe(SEEDED_RUNS + 1_000);
		expect(new Set(idsOf(jobs)).size).toBe(9);
		expect([runs.length, jobs.length]).toEqual([SEEDED_RUNS + 1_000, 9]);
		expect(limitsOf(truto())).toEqual(['500', '500', '500', '500']);
	});

	it('Get Logs gives all 260 entries', async () => {
		truto().speak(dialect);

		const entries = await operate(truto(), 'getLogs', {
			syncJobRunId: byId(RUNS.failedManyLogs),
			returnAll: true,
		});

		expect(entries).toHaveLength(260);
		expect(truto().requests.filter(({ path }) => path === '/log')).toHaveLength(3);
	});

	it('the test of the credential is passed', async () => {
		truto().speak(dialect);

		expect(await testCredential({ apiToken: VALID_TOKEN, baseUrl: truto().url })).toBeUndefined();
	});
});

describe('the test of the credential', () => {
	it.each([
		['a wrong token', 'wrong', '', 'did not accept the API token'],
		['a path that Truto does not know', VALID_TOKEN, '/v1', 'not the API of Truto'],
	])('is failed by %s', async (_, apiToken, path, message) => {
		const said = await testCredential({ apiToken, baseUrl: `${truto().url}${path}` });

		expect(said).toContain(message);
	});
});

describe('D2', () => {
	const getRuns = async (parameters: object) => await operate(truto(), 'getAll', { ...parameters });

	it.each([
		['taken', ['500', '500']],
		['capped', ['500', '500', '500', '500', '500', '500']],
		['refused', ['500', '100', '100', '100', '100', '100', '100']],
	] as const)('pages over 100 are %s: all 600 runs in few requests', async (form, limits) => {
		truto().speak({ pageSizeOver100: form });
		truto().store.addManyRuns(600 - SEEDED_RUNS, { resources: 1 });

		const runs = await getRuns({ returnAll: true });

		expect(runs).toHaveLength(600);
		expect(new Set(idsOf(runs)).size).toBe(600);
		expect(limitsOf(truto())).toEqual(limits);
	});

	it.each([
		['taken', ['250']],
		['capped', ['250', '150', '50']],
		['refused', ['250', '100', '100', '50']],
	] as const)('pages over 100 are %s: a limit of 250', async (form, limits) => {
		truto().speak({ pageSizeOver100: form });
		truto().store.runs.clear();
		const newest = truto().store.addManyRuns(300, { resources: 1 });

		const runs = await getRuns({ limit: 250 });

		expect(idsOf(runs)).toEqual(newest.slice(0, 250));
		expect(limitsOf(truto())).toEqual(limits);
	});

	it.each(formsOf('pageSizeOver100'))('$name: up to 100 in one request', async ({ dialect }) => {
		truto().speak(dialect);

		expect(await getRuns({ limit: 80 })).toHaveLength(80);
		expect(limitsOf(truto())).toEqual(['80']);
	});

	it.each(formsOf('pageSizeOver100'))('$name: all 120 sync jobs', async ({ dialect }) => {
		truto().speak(dialect);
		for (let job = 9; job < 120; job++) truto().store.addSyncJob();

		const jobs = await operate(truto(), 'getAll', { resource: 'syncJob', returnAll: true });

		expect(new Set(idsOf(jobs)).size).toBe(120);
		expect(truto().requests.length).toBeLessThanOrEqual(3);
	});

	it.each(formsOf('pageSizeOver100'))('$name: a page of logs is 100', async ({ dialect }) => {
		truto().speak(dialect);
		const parameters = {
			syncJobRunId: byId(RUNS.failedManyLogs),
			returnAll: true,
			options: { includeNames: false },
		};

		expect(await operate(truto(), 'getLogs', parameters)).toHaveLength(260);
		expect(limitsOf(truto())).toEqual(['undefined', '100', '100', '100']);
	});
});

describe('cursors', () => {
	const answer = (times: number, body: object) => {
		truto().faults.forPath('/sync-job-run', { kind: 'status', status: 200, body }, times);
	};
	const getAll = async () => await operate(truto(), 'getAll', { returnAll: true });

	it('a number is one, 0 too', async () => {
		answer(1, { result: [{ id: 'a' }], next_cursor: 0 });
		answer(1, { result: [{ id: 'b' }], next_cursor: 20 });
		answer(1, { result: [{ id: 'c' }] });

		expect(idsOf(await getAll())).toEqual(['a', 'b', 'c']);
		expect(truto().requests.map(({ query }) => query.next_cursor)).toEqual([undefined, '0', '20']);
	});

	it.each([{ next_cursor: null }, { next_cursor: '' }, {}])(
		'%j is the last page',
		async (paging) => {
			answer(1, { result: [{ id: 'a' }], ...paging });

			expect(idsOf(await getAll())).toEqual(['a']);
			expect(truto().requests).toHaveLength(1);
		},
	);

	it('by number give no run twice if one is created meanwhile', async () => {
		answer(1, { result: [{ id: 'a' }, { id: 'b' }], next_cursor: 2 });
		answer(1, { result: [{ id: 'b' }, { id: 'c' }], next_cursor: null });

		expect(idsOf(await getAll())).toEqual(['a', 'b', 'c']);
	});

	it('by number give no run twice if the last pages are small', async () => {
		const ids = (from: number, to: number) =>
			Array.from({ length: to - from + 1 }, (_, index) => ({ id: `r${from + index}` }));
		answer(1, { result: ids(1, 500), next_cursor: 500 });
		// Two runs were created meanwhile.
		for (const last of [499, 500, 501])
			answer(1, { result: ids(last, last), next_cursor: last + 2 });

		const found = await operate(truto(), 'getAll', { limit: 501 });

		expect(idsOf(found)).toEqual(idsOf(ids(1, 501)));
	});

	it('the same one twice is an error that says how far it came', async () => {
		answer(1, { result: [{ id: 'a' }], next_cursor: 'again' });
		answer(9, { result: [{ id: 'b' }], next_cursor: 'again' });

		await expect(getAll()).rejects.toMatchObject({
			message: 'Truto keeps returning the same pages of the list of sync job runs [item 0]',
			description: expect.stringContaining('the same page twice after 2 entries'),
		});
		expect(truto().requests).toHaveLength(2);
	});

	it('new ones on empty pages without end are an error after 21 requests', async () => {
		for (let page = 0; page < 40; page++)
			answer(1, { result: [], next_cursor: `page-${String(page)}` });

		await expect(getAll()).rejects.toMatchObject({
			message: 'Truto keeps returning the same pages of the list of sync job runs [item 0]',
			description: expect.stringContaining('21 pages without a new entry after 0 entries'),
		});
		expect(truto().requests).toHaveLength(21);
	});

	it('an empty page in between is no end', async () => {
		answer(1, { result: [{ id: 'a' }], next_cursor: 'x' });
		answer(1, { result: [], next_cursor: 'y' });
		answer(1, { result: [{ id: 'b' }], next_cursor: null });

		expect(idsOf(await getAll())).toEqual(['a', 'b']);
	});
});
