import { describe, expect, it } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { RUNS } from '../../simulator/index.mts';
import { byId } from '../harness.mts';
import { useSimulator } from '../use-simulator.mts';
import { operate } from './operate.mts';

const truto = useSimulator();

const split = async (id: string, options: INodeParameters) =>
	await operate(truto(), 'get', {
		syncJobRunId: byId(id),
		splitResourceStats: true,
		splitBy: 'resourceAndMethod',
		options,
	});

// What the split makes of every form is tested in test/unit/runs/statsForms.test.mts.
describe('D6, statistics keyed by node, of bare numbers, or absent', () => {
	it('Get splits them, and takes its options', async () => {
		truto().speak({ statsKey: 'node', statsValue: 'number', statsEmpty: 'absent' });

		const running = await split(RUNS.v4Running, { includeUnstartedResources: true });
		const empty = await split(RUNS.failedScopes, {});
		const skipped = await split(RUNS.failedScopes, { skipRunsWithoutStats: true });

		expect(running.map(({ resource, method, count }) => [resource, method, count])).toEqual([
			['list-contacts', 'list', 640],
			['list-deals', 'list', null],
		]);
		expect(empty).toMatchObject([{ resource: null, status: 'failed' }]);
		expect(skipped).toEqual([]);
	});

	it('Get Progress adds them up', async () => {
		truto().speak({ statsKey: 'node', statsValue: 'number' });

		const [progress] = await operate(truto(), 'getProgress', {
			syncJobRunId: byId(RUNS.v4Completed),
		});

		expect((progress?.totals as IDataObject).count).toBe(1327);
	});

	it('Get Many splits the runs of several jobs', async () => {
		truto().speak({ statsKey: 'node', statsValue: 'number' });

		const rows = await operate(truto(), 'getAll', {
			returnAll: true,
			splitResourceStats: true,
			options: { skipRunsWithoutStats: true },
		});

		const countsOf = (id: string) =>
			rows.filter((row) => row.sync_job_run_id === id).map(({ count }) => count ?? null);
		expect(countsOf(RUNS.v4Completed)).toEqual([1240, 87]);
		expect(countsOf(RUNS.fiveResources)).toEqual([500, 400, 300, 200, 100]);
		expect(countsOf(RUNS.noStats)).toEqual([]);
	});
});
