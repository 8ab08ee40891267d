import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ACCOUNTS, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, byUrl, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const getMany = async (parameters: INodeParameters = {}) =>
	await runTruto({ simulator: truto(), parameters: { operation: 'getAll', ...parameters } });

const queries = () => truto().requests.map(({ query }) => query);

/** The ids of all runs that the token sees, latest first. */
const allIds = () =>
	truto()
		.store.runsNewestFirst()
		.filter(({ id }) => id !== RUNS.other)
		.map(({ id }) => id);

describe('Get Many Sync Job Runs', () => {
	it('asks for no more than its limit: 560 is 500 and 60', async () => {
		truto().store.addManyRuns(600, { resources: 1 });

		const { rows, error } = await getMany({ limit: 560 });

		expect(error).toBeUndefined();
		expect(rows.map(({ id }) => id)).toEqual(allIds().slice(0, 560));
		expect(queries().map(({ limit }) => limit)).toEqual(['500', '60']);
	});

	it('returns 50 unless told otherwise, in one request', async () => {
		const { rows, outputs } = await getMany();

		expect(rows).toHaveLength(50);
		expect(outputs[0]?.every(({ pairedItem }) => JSON.stringify(pairedItem) === '{"item":0}')).toBe(
			true,
		);
		expect(queries()).toEqual([{ limit: '50', sort: '-created_at' }]);
	});

	it.each(['result' as const, 'results' as const])(
		'returns all 1,234 runs of an account, once each, from lists called %s',
		async (envelope) => {
			truto().store.dialect.listEnvelope = envelope;
			truto().store.addManyRuns(1_234 - allIds().length, { resources: 1 });

			const { rows } = await getMany({ returnAll: true });

			expect(rows.map(({ id }) => id)).toEqual(allIds());
			expect(rows).toHaveLength(1_234);
			expect(queries().map(({ limit }) => limit)).toEqual(['500', '500', '500']);
		},
	);

	it('filters, all filters at once', async () => {
		const { rows, error } = await getMany({
			returnAll: true,
			filters: {
				syncJobId: byId(SYNC_JOBS.crm),
				integratedAccountId: byUrl(`https://api.truto.one/integrated-account/${ACCOUNTS.hubspot}`),
				status: ['failed', 'stopped'],
				createdAfter: new Date(Date.now() - 24 * 3_600_000).toISOString(),
				createdBefore: new Date(Date.now() - 3_600_000).toISOString(),
			},
		});

		expect(error).toBeUndefined();
		expect(rows.length).toBeGreaterThan(1);
		for (const row of rows) {
			expect(row).toMatchObject({
				sync_job_id: SYNC_JOBS.crm,
				integrated_account_id: ACCOUNTS.hubspot,
				status: expect.stringMatching(/^(failed|stopped)$/),
			});
		}
		expect(Object.keys(queries()[0] ?? {}).sort()).toEqual([
			'created_at[gt]',
			'created_at[lt]',
			'integrated_account_id',
			'limit',
			'sort',
			'status[in]',
			'sync_job_id',
		]);
	});

	it('sorts as asked', async () => {
		const { rows } = await getMany({ limit: 3, options: { sort: 'created_at' } });

		expect(rows.map(({ id }) => id)).toEqual(allIds().slice(-3).reverse());
	});

	it('splits and simplifies as Get does', async () => {
		const filters = { status: ['stopped'] };

		const split = await getMany({ filters, splitResourceStats: true });
		const simple = await getMany({ filters, simplify: true });

		expect(split.rows).toEqual([
			expect.objectContaining({ sync_job_run_id: RUNS.stopped, resource: 'crm/contacts' }),
		]);
		expect(simple.rows).toEqual([
			expect.objectContaining({ sync_job_run_id: RUNS.stopped, fetched: 77, persisted: 77 }),
		]);
	});

	it('ends with an error if a cursor comes back', async () => {
		truto().faults.forPath('/sync-job-run', {
			kind: 'status',
			status: 200,
			body: { result: [{ id: 'x' }], next_cursor: 'again' },
		});

		const { error } = await getMany({ returnAll: true });

		expect(error?.message).toBe(
			'Truto keeps returning the same pages of the list of sync job runs [item 0]',
		);
		expect(error?.description).toMatch(/^Truto sent the same page twice after 1 entry\./);
		expect(queries().length).toBeLessThanOrEqual(3);
	});

	it.each([
		['a list without its array', { next_cursor: null }, /contains no list/],
		['no JSON object', [1, 2], /is not a JSON object/],
	])('says what is wrong with %s', async (_, body, message) => {
		truto().faults.next(1, { kind: 'status', status: 200, body });

		const { error } = await getMany();

		expect(error?.message).toMatch(message);
	});

	it('goes on if a page in the middle fails for a while', async () => {
		truto().store.addManyRuns(600, { resources: 1 });
		truto().faults.forPath('/sync-job-run', { kind: 'truncated' }, 1);

		const { rows } = await getMany({ limit: 520 });

		expect(rows.map(({ id }) => id)).toEqual(allIds().slice(0, 520));
		expect(queries()).toHaveLength(3);
	});

	it.each(['={{ "all" }}', '={{ 0 }}', -1])(
		'does not pass off a limit of %s as an empty list',
		async (limit) => {
			const { error } = await getMany({ limit });

			expect(error?.message).toMatch(/limit/i);
			expect(queries()).toEqual([]);
		},
	);

	it('refuses a date that is none before any request', async () => {
		const { error } = await getMany({ filters: { createdAfter: 'yesterday-ish' } });

		expect(error?.message).toMatch(/^'Created After' is not valid: yesterday-ish/);
		expect(queries()).toEqual([]);
	});
});

describe('a time range', () => {
	it.each([
		['2026-11-26', '2026-11-20', false],
		['2026-11-26T10:00:00Z', '2026-11-26T10:00:00Z', false],
		['2026-11-20', '2026-11-26', true],
	])('from %s to %s is one: %j', async (createdAfter, createdBefore, isRange) => {
		const { error } = await getMany({ filters: { createdAfter, createdBefore } });

		if (isRange) return expect(error).toBeUndefined();
		expect(error).toMatchObject({
			message: expect.stringMatching(/^The time range of the filters ends before it begins/),
			description: "Set 'Created After' to an earlier time than 'Created Before'.",
		});
		expect(queries()).toEqual([]);
	});
});

describe('Sync Jobs', () => {
	it('are listed, of one integration if asked', async () => {
		const ids = [...truto().store.syncJobs.keys()].filter((id) => id !== SYNC_JOBS.other);

		const all = await getMany({ resource: 'syncJob', returnAll: true });
		const hubspot = await getMany({
			resource: 'syncJob',
			filters: { integrationName: ' hubspot ' },
		});

		expect(all.rows.map(({ id }) => String(id)).sort()).toEqual(ids.sort());
		expect(hubspot.rows.map(({ integration_name }) => integration_name)).toEqual([
			'hubspot',
			'hubspot',
		]);
	});

	it('are fetched one by one, whole', async () => {
		const { rows } = await getMany({
			resource: 'syncJob',
			operation: 'get',
			syncJobId: byId(SYNC_JOBS.ticketing),
		});

		expect(rows).toEqual([
			expect.objectContaining({
				id: SYNC_JOBS.ticketing,
				label: 'Zendesk tickets, hourly',
				args_schema: expect.anything(),
			}),
		]);
		expect(truto().requests.map(({ path }) => path)).toEqual([`/sync-job/${SYNC_JOBS.ticketing}`]);
	});
});
