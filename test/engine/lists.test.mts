import { describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { formsOf, RUNS, SYNC_JOBS } from '../simulator/index.mts';
import { byId, runTruto } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

const getMany = async (parameters: INodeParameters = {}) =>
	await runTruto({ simulator: truto(), parameters: { operation: 'getAll', ...parameters } });

const limits = () => truto().requests.map(({ query, status }) => [query.limit, status]);

const speak = (dialect: object) => {
	Object.assign(truto().store.dialect, dialect);
};

/** What the store holds, in the order of a list, that a test lets through. */
const idsWhere = (matches: (run: { status: string; created_at: string }) => boolean) =>
	truto()
		.store.runsNewestFirst()
		.filter((run) => run.id !== RUNS.other && matches(run))
		.map(({ id }) => id);

describe.each(formsOf('listEnvelope', 'nextCursor', 'extraPaging', 'pageSizeOver100'))(
	'lists when Truto speaks $name',
	({ dialect }) => {
		it('come whole, each entry once', async () => {
			speak(dialect);
			truto().store.addManyRuns(400, { resources: 1 });

			const { rows, error } = await getMany({ returnAll: true });

			expect(error).toBeUndefined();
			expect(rows.map(({ id }) => id)).toEqual(idsWhere(() => true));
		});

		it('end at their limit', async () => {
			speak(dialect);
			truto().store.addManyRuns(400, { resources: 1 });

			const { rows } = await getMany({ limit: 250 });

			expect(rows.map(({ id }) => id)).toEqual(idsWhere(() => true).slice(0, 250));
		});
	},
);

describe('a page size that Truto refuses', () => {
	it('is asked for once', async () => {
		speak({ pageSizeOver100: 'refused' });
		truto().store.addManyRuns(400, { resources: 1 });

		await getMany({ limit: 250 });

		expect(limits()).toEqual([
			['250', 400],
			['100', 200],
			['100', 200],
			['50', 200],
		]);
	});
});

describe.each(formsOf('severalStatuses', 'createdAtFilter'))(
	'filters when Truto speaks $name',
	({ dialect }) => {
		it('let through what matches, and nothing else', async () => {
			speak(dialect);
			const since = new Date(Date.now() - 6 * 3_600_000).toISOString();
			const until = new Date(Date.now() - 3_600_000).toISOString();

			const { rows, error } = await getMany({
				returnAll: true,
				filters: { status: ['failed', 'completed'], createdAfter: since, createdBefore: until },
			});

			expect(error).toBeUndefined();
			const wanted = idsWhere(
				({ status, created_at: created }) =>
					['failed', 'completed'].includes(status) && created > since && created < until,
			);
			expect(wanted.length).toBeGreaterThan(2);
			expect(rows.map(({ id }) => id)).toEqual(wanted);
		});

		it('count before the limit does', async () => {
			speak(dialect);

			const { rows } = await getMany({ limit: 3, filters: { status: ['failed', 'stopped'] } });

			const wanted = idsWhere(({ status }) => ['failed', 'stopped'].includes(status));
			expect(rows.map(({ id }) => id)).toEqual(wanted.slice(0, 3));
		});
	},
);

describe('a day and the day after it', () => {
	it.each([['works'], ['ignored']] as const)(
		'share no run and miss none, if the filter by time %s',
		async (createdAtFilter) => {
			speak({ createdAtFilter });
			const { id } = truto().store.addRun({ created_at: '2026-03-02T00:00:00.000Z' });
			const day = async (createdAfter: string, createdBefore: string) =>
				(await getMany({ returnAll: true, filters: { createdAfter, createdBefore } })).rows;

			const before = await day('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z');
			const after = await day('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z');

			expect(before).toEqual([]);
			expect(after.map((run) => run.id)).toEqual([id]);
		},
	);
});

describe('when Truto does not filter by time', () => {
	it('is read no further than to the first run that is too old', async () => {
		speak({ createdAtFilter: 'ignored' });
		truto().store.addManyRuns(1_000, { resources: 1 });
		const [, , newest] = truto().store.runsNewestFirst();

		const { rows } = await getMany({
			returnAll: true,
			filters: { createdAfter: newest?.created_at ?? '' },
		});

		expect(rows).toHaveLength(3);
		expect(truto().requests).toHaveLength(1);
	});

	it('is read on with whole pages if hardly anything matches', async () => {
		speak({ severalStatuses: 'ignored' });
		truto().store.addManyRuns(1_000, { resources: 1 });

		const { rows } = await getMany({ limit: 2, filters: { status: ['stopped', 'created'] } });

		expect(rows).toHaveLength(2);
		expect(truto().requests.length).toBeLessThanOrEqual(4);
	});
});

describe('a filter that Truto refuses for another reason', () => {
	it('is an error, and no list without the filter', async () => {
		truto().faults.forPath('/sync-job-run', { kind: 'status', status: 400 });

		const { rows, error } = await getMany({ filters: { syncJobId: byId(SYNC_JOBS.crm) } });

		expect(error?.message).toMatch(/^Truto refused the request \(400\): the list of sync job runs/);
		expect(rows).toEqual([]);
		for (const { query } of truto().requests) {
			expect(query).toMatchObject({ sync_job_id: SYNC_JOBS.crm });
		}
	});
});
