import { describe, expect, it, test } from '@jest/globals';

import { splitRuns } from '../../../lib/runs/splitResourceStats';
import { readRun } from '../../../lib/truto/run';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun, runWithStats } from '../helpers/runs.mts';

const byResource = { splitBy: 'resource' } as const;

describe('the split of many runs', () => {
	it('gives the rows of each, in their order', () => {
		const runs = [
			finishedRun(),
			finishedRun({ id: 'empty', resource_stats: null }),
			runWithStats({ a: { list: 1 } }),
		];
		const rows = splitRuns(deepFreeze(runs).map(readRun), byResource);
		expect(rows.map((row) => [row.sync_job_run_id, row.resource])).toEqual([
			['3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64', 'crm/contacts'],
			['3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64', 'crm/notes'],
			['empty', null],
			['3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64', 'a'],
		]);
	});

	test.each([
		['an array', [1]],
		['a string', 'soon'],
		['a number', 0],
		['a boolean', false],
	])('gives one row that says so if the stats are %s', (found, stats) => {
		const odd = finishedRun({ id: 'odd', resource_stats: stats });
		const options = { ...byResource, includeUnstartedResources: true, skipRunsWithoutStats: true };
		expect(splitRuns([odd, runWithStats({ a: { list: 1 } })].map(readRun), options)).toMatchObject([
			{
				resource: null,
				methods: null,
				stats_error: `The resource_stats of sync job run odd can't be read: it is ${found}, not an object`,
				status: 'completed',
				sync_job_run_id: 'odd',
			},
			{ resource: 'a' },
			{ resource: 'crm/contacts' },
			{ resource: 'crm/notes' },
		]);
	});

	it('adds the raw stats even if they cannot be read', () => {
		const options = { splitBy: 'resourceAndMethod', includeRawStats: true } as const;
		const [row] = splitRuns([readRun(runWithStats(['x']))], options);
		expect(Object.keys(row ?? {}).slice(0, 3)).toEqual(['resource', 'method', 'stats_error']);
		expect(row?.resource_stats).toEqual(['x']);
	});

	it('has no column "stats_error" for runs that can be read', () => {
		expect(splitRuns([readRun(finishedRun())], byResource)[0]).not.toHaveProperty('stats_error');
	});

	it('drops runs without stats if asked to', () => {
		const runs = [runWithStats(null), finishedRun(), runWithStats({})];
		expect(
			splitRuns(runs.map(readRun), { ...byResource, skipRunsWithoutStats: true }),
		).toHaveLength(2);
	});

	it('gives more rows than fit onto the stack', () => {
		const stats = Object.fromEntries(
			Array.from({ length: 200_000 }, (_, index) => [`r${index}`, { list: { fetched: 1 } }]),
		);
		expect(splitRuns([readRun(runWithStats(stats))], byResource)).toHaveLength(200_000);
		const resources = Array.from({ length: 200_000 }, (_, index) => ({ resource: `r${index}` }));
		const planned = finishedRun({ resources, resource_stats: null });
		const options = { ...byResource, includeUnstartedResources: true };
		expect(splitRuns([readRun(planned)], options)).toHaveLength(200_000);
	});
});
