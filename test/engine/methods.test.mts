import { describe, expect, it } from '@jest/globals';

import {
	ACCOUNTS,
	FAULTS,
	OTHER_TOKEN,
	RUNS,
	SYNC_JOBS,
	WRONG_TOKEN,
} from '../simulator/index.mts';
import { byId } from './harness.mts';
import { mapFields, searchList } from './methods.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const runs = { method: 'searchSyncJobRuns', path: 'syncJobRunId' };

const search = async (filter?: string, page?: string) =>
	await searchList({ simulator: truto() }, { ...runs, filter, page });

describe('the list of runs', () => {
	it('shows the latest first, and goes on where it ended', async () => {
		truto().store.addManyRuns(150, { resources: 1 });
		const ids = truto()
			.store.runsNewestFirst()
			.filter(({ id }) => id !== RUNS.other)
			.map(({ id }) => id);

		const first = await search();
		const second = await search('', String(first.paginationToken));

		const shown = [...first.results, ...second.results].map(({ value }) => value);
		expect(shown).toEqual(ids.slice(0, shown.length));
		expect(shown.length).toBeGreaterThan(first.results.length);
		expect(truto().requests.filter(({ path }) => path === '/sync-job-run')).toHaveLength(2);
	});

	it.each([
		['an id', RUNS.stuck, RUNS.stuck],
		['a status', 'Stopped', RUNS.stopped],
		['an integration and a status', 'hubspot · stopped', RUNS.stopped],
	])('finds by %s', async (_, filter, id) => {
		const { results } = await search(filter);

		expect(results.map(({ value }) => value)).toContain(id);
		expect(results.length).toBeLessThan(5);
	});

	it('does not fetch the whole account for a filter', async () => {
		truto().store.addManyRuns(2_000, { resources: 1 });

		await search('zzz');

		const paths = truto().requests.map(({ path }) => path);
		expect(paths.filter((path) => path === '/sync-job-run')).toHaveLength(3);
		// The names of what is on the pages, and once the customers.
		expect(paths.length).toBeLessThanOrEqual(10);
	});

	it('says why it is empty', async () => {
		truto().store.runs.clear();
		const empty = await search();
		const unmatched = await searchList(
			{ simulator: truto() },
			{ method: 'searchSyncJobs', path: 'syncJobId', filter: 'nonsense' },
		);

		expect(empty.results).toEqual([
			{ name: 'There are no sync job runs in the environment of this API token', value: '' },
		]);
		expect(unmatched.results).toEqual([{ name: 'No sync jobs match "nonsense"', value: '' }]);
	});

	it.each([
		['a wrong token', WRONG_TOKEN, undefined, /did not accept the API token \(401\)/],
		['a fault of Truto', undefined, FAULTS.forbidden, /isn't allowed to do this \(403\)/],
	])('says why it fails: %s', async (_, apiToken, fault, message) => {
		if (fault) truto().faults.next(9, fault);
		const credential = apiToken === undefined ? {} : { apiToken };

		await expect(searchList({ simulator: truto(), credential }, runs)).rejects.toThrow(message);
	});
});

describe('the lists of sync jobs and accounts', () => {
	it.each([
		['searchSyncJobs', 'syncJobId', 'zendesk', SYNC_JOBS.ticketing],
		['searchIntegratedAccounts', 'integratedAccountId', 'initech', ACCOUNTS.salesforce],
	])('%s finds by name', async (method, path, filter, id) => {
		const all = await searchList({ simulator: truto() }, { method, path });
		const { results } = await searchList({ simulator: truto() }, { method, path, filter });

		expect(all.results.length).toBeGreaterThan(3);
		expect(results.map(({ value }) => value)).toEqual([id]);
	});

	it('hold what the token sees only', async () => {
		const { results } = await searchList(
			{ simulator: truto(), credential: { apiToken: OTHER_TOKEN } },
			{ method: 'searchSyncJobs', path: 'syncJobId' },
		);

		expect(results.map(({ value }) => value)).toEqual([SYNC_JOBS.other]);
	});
});

describe('the fields of a sync job', () => {
	const fieldsOf = async (id: string) =>
		await mapFields(
			{ simulator: truto(), parameters: { operation: 'start', syncJobId: byId(id) } },
			{ method: 'getArgsFields', path: 'argsFields' },
		);

	it('come from its args_schema', async () => {
		const { fields } = await fieldsOf(SYNC_JOBS.crm);

		expect(fields).toMatchObject([
			{ id: 'since', type: 'string', required: true },
			{ id: 'page_size', type: 'number', required: false },
			{ id: 'include_archived', type: 'options', required: false },
			{
				id: 'region',
				type: 'options',
				options: [{ value: 'eu' }, { value: 'us' }, { value: 'apac' }],
			},
		]);
		expect(fields[0]?.displayName).toBe('since *');
	});

	it('may be none', async () => {
		expect(await fieldsOf(SYNC_JOBS.hris)).toMatchObject({
			fields: [],
			emptyFieldsNotice: 'This sync job takes no arguments',
		});
	});
});
