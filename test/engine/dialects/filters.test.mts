import { describe, expect, it } from '@jest/globals';

import {
	ACCOUNTS,
	FORMS,
	RUNS,
	SYNC_JOBS,
	type Dialect,
	type NamedDialect,
} from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';
import { idsOf, limitsOf, operate } from './operate.mts';

const truto = useSimulator();

const named = (dialect: Partial<Dialect>): NamedDialect => {
	return { name: Object.values(dialect).join(', '), dialect };
};

/** Each form of one filter with each form of the other, and all that can be refused at once. */
const ALL_FORMS: NamedDialect[] = [
	...FORMS.severalStatuses.flatMap((severalStatuses) =>
		FORMS.createdAtFilter.map((createdAtFilter) => named({ severalStatuses, createdAtFilter })),
	),
	named({ severalStatuses: 'refused', createdAtFilter: 'refused', pageSizeOver100: 'refused' }),
];

const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();

const getMany = async (parameters: object) => await operate(truto(), 'getAll', { ...parameters });

describe.each(ALL_FORMS)('D3, status and created_at: $name', ({ dialect }) => {
	it('several statuses', async () => {
		truto().speak(dialect);

		const runs = await getMany({ returnAll: true, filters: { status: ['stopped', 'created'] } });

		expect(idsOf(runs)).toEqual([RUNS.created, RUNS.stopped]);
		expect(truto().requests.length).toBeLessThanOrEqual(4);
	});

	it('several statuses, to a limit over several pages', async () => {
		truto().speak(dialect);
		truto().store.runs.clear();
		truto().store.addManyRuns(400, { resources: 1 });
		const limited = truto().store.addManyRuns(120, {
			resources: 1,
			status: 'rate_limited',
			spacingMs: 7_000,
		});

		const runs = await getMany({
			limit: 110,
			filters: { status: ['rate_limited', 'stopped'] },
		});

		expect(idsOf(runs)).toEqual(limited.slice(0, 110));
		expect(truto().requests.length).toBeLessThanOrEqual(12);
	});

	it('since two hours ago: it reads no further', async () => {
		truto().speak(dialect);
		truto().store.runs.clear();
		const minutely = truto().store.addManyRuns(3_000, { resources: 1, spacingMs: 60_000 });

		const runs = await getMany({
			returnAll: true,
			filters: { createdAfter: hoursAgo(1.995), status: ['completed', 'failed'] },
		});

		expect(idsOf(runs)).toEqual(minutely.slice(0, 120));
		expect(truto().requests.length).toBeLessThanOrEqual(5);
	});

	it('until two days ago, oldest first: it reads no further', async () => {
		truto().speak(dialect);
		truto().store.runs.clear();
		const minutely = truto().store.addManyRuns(3_000, { resources: 1, spacingMs: 60_000 });

		const runs = await getMany({
			returnAll: true,
			filters: { createdBefore: hoursAgo(48.005) },
			options: { sort: 'created_at' },
		});

		expect(idsOf(runs)).toEqual(minutely.slice(2_881).reverse());
		expect(truto().requests.length).toBeLessThanOrEqual(5);
	});

	it.each(['created_at', '-updated_at'])('since two hours ago, sorted by %s', async (sort) => {
		truto().speak(dialect);
		truto().store.runs.clear();
		const minutely = truto().store.addManyRuns(300, { resources: 1, spacingMs: 60_000 });

		const runs = await getMany({
			returnAll: true,
			filters: { createdAfter: hoursAgo(1.995) },
			options: { sort },
		});

		expect(new Set(idsOf(runs))).toEqual(new Set(minutely.slice(0, 120)));
		expect(runs).toHaveLength(120);
	});

	it('a span in the middle, with a limit', async () => {
		truto().speak(dialect);
		truto().store.runs.clear();
		const minutely = truto().store.addManyRuns(1_000, { resources: 1, spacingMs: 60_000 });

		const runs = await getMany({
			limit: 30,
			filters: { createdAfter: hoursAgo(10), createdBefore: hoursAgo(5.005) },
		});

		expect(idsOf(runs)).toEqual(minutely.slice(301, 331));
	});

	it('all filters at once', async () => {
		truto().speak(dialect);

		const runs = await getMany({
			returnAll: true,
			filters: {
				syncJobId: byId(SYNC_JOBS.crm),
				integratedAccountId: byId(ACCOUNTS.hubspot),
				status: ['failed', 'stopped'],
				createdAfter: hoursAgo(6),
				createdBefore: hoursAgo(2.03),
			},
		});

		expect(idsOf(runs)).toEqual([
			RUNS.failedRateLimit,
			RUNS.failedDelivery,
			RUNS.failedManyLogs,
			RUNS.failedNoLogs,
			RUNS.stopped,
		]);
	});
});

describe('D3', () => {
	it('one status is sent as such, and the first page is not larger than the limit', async () => {
		const runs = await getMany({ limit: 3, filters: { status: ['failed'] } });

		expect(runs.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
		expect(truto().requests.map(({ query }) => query)).toEqual([
			{ limit: '3', sort: '-created_at', status: 'failed' },
		]);
	});

	it('several statuses go into one filter', async () => {
		await getMany({ limit: 3, filters: { status: ['failed', 'stopped'] } });

		expect(truto().requests.map(({ query }) => query)).toEqual([
			{ limit: '3', sort: '-created_at', 'status[in]': 'failed,stopped' },
		]);
	});

	it('a filter that Truto refused is not sent again', async () => {
		truto().speak({ severalStatuses: 'refused' });
		truto().store.runs.clear();
		truto().store.addManyRuns(1_200, { resources: 1 });

		await getMany({ returnAll: true, filters: { status: ['failed', 'stopped'] } });

		const withFilter = truto().requests.map(({ query }) => 'status[in]' in query);
		// The second time with fewer entries: a page of this size might have been what Truto refused.
		expect(withFilter.slice(0, 4)).toEqual([true, true, false, false]);
		expect(withFilter.slice(4)).not.toContain(true);
	});

	it('a refused filter does not make the pages smaller', async () => {
		truto().speak({ createdAtFilter: 'refused' });
		truto().store.runs.clear();
		truto().store.addManyRuns(1_200, { resources: 1 });

		const runs = await getMany({ returnAll: true, filters: { createdAfter: hoursAgo(24) } });

		expect(runs).toHaveLength(1_200);
		expect(limitsOf(truto())).toEqual(['500', '100', '500', '500', '500']);
	});

	it('a refusal of what can be no doubt stays an error, in Truto’s words', async () => {
		truto().faults.forPath('/sync-job-run', {
			kind: 'status',
			status: 400,
			body: { statusCode: 400, error: 'Bad Request', message: 'sort is broken' },
		});

		await expect(getMany({ limit: 5 })).rejects.toMatchObject({
			message: 'Truto refused the request (400): the list of sync job runs [item 0]',
			description: expect.stringContaining('Truto said: sort is broken'),
		});
		expect(limitsOf(truto())).toEqual(['5']);
	});
});
