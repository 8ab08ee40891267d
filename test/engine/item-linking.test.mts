import { describe, expect, it } from '@jest/globals';

import { RUNS } from '../simulator/index.mts';
import { byId, runTruto, type TrutoTest } from './harness.mts';
import { useSimulator } from './use-simulator.mts';

const truto = useSimulator();

/** Three input items of which the split makes none, five and two. */
const threeItems = (): TrutoTest => ({
	simulator: truto(),
	items: [
		{ name: 'zero', id: RUNS.noStats },
		{ name: 'five', id: RUNS.fiveResources },
		{ name: 'two', id: RUNS.twoResources },
	],
	parameters: {
		syncJobRunId: byId('={{ $json.id }}'),
		splitResourceStats: true,
		options: { skipRunsWithoutStats: true },
	},
	after: {
		source: "={{ $('Source').item.json.name }}",
		resource: '={{ $json.resource }}',
	},
});

describe('item linking', () => {
	it('leads from each output item back to its input item', async () => {
		const result = await runTruto(threeItems());

		expect(result.error).toBeUndefined();
		expect(result.outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([
			...Array<object>(5).fill({ item: 1 }),
			...Array<object>(2).fill({ item: 2 }),
		]);
		expect(result.after[0]).toEqual([
			{ source: 'five', resource: 'crm/contacts' },
			{ source: 'five', resource: 'crm/accounts' },
			{ source: 'five', resource: 'crm/deals' },
			{ source: 'five', resource: 'crm/notes' },
			{ source: 'five', resource: 'crm/users' },
			{ source: 'two', resource: 'crm/contacts' },
			{ source: 'two', resource: 'crm/accounts' },
		]);
	});

	it('holds if the answers come in another order than the items', async () => {
		truto().faults.forPath(`/sync-job-run/${RUNS.fiveResources}`, {
			kind: 'delayHeaders',
			ms: 100,
		});

		const { after } = await runTruto(threeItems());

		expect(after[0]?.map(({ source }) => source)).toEqual([
			...Array<string>(5).fill('five'),
			...Array<string>(2).fill('two'),
		]);
	});

	it('links whole runs too', async () => {
		const { after } = await runTruto({
			...threeItems(),
			parameters: { syncJobRunId: byId('={{ $json.id }}') },
			after: { source: "={{ $('Source').item.json.name }}", id: '={{ $json.id }}' },
		});

		expect(after[0]).toEqual([
			{ source: 'zero', id: RUNS.noStats },
			{ source: 'five', id: RUNS.fiveResources },
			{ source: 'two', id: RUNS.twoResources },
		]);
	});

	it('resolves parameters, options too, for each item', async () => {
		const { rows } = await runTruto({
			...threeItems(),
			items: [
				{ id: RUNS.completed, split: false, simplify: true },
				{ id: RUNS.completed, split: true, by: 'resource', raw: true },
				{ id: RUNS.completed, split: true, by: 'resourceAndMethod', raw: false },
			],
			parameters: {
				syncJobRunId: byId('={{ $json.id }}'),
				splitResourceStats: '={{ $json.split }}',
				splitBy: '={{ $json.by }}',
				simplify: '={{ $json.simplify }}',
				options: { includeRawStats: '={{ $json.raw }}' },
			},
		});

		expect(rows).toHaveLength(1 + 3 + 4);
		expect(rows[0]).toMatchObject({ fetched: 172, duration_seconds: 59 });
		expect(rows[3]).toMatchObject({ methods: 'list, get', resource_stats: expect.anything() });
		expect(rows[7]).toMatchObject({ method: 'get' });
		expect(rows[7]).not.toHaveProperty('resource_stats');
	});

	it('runs for the first item only with Execute Once', async () => {
		const { after } = await runTruto({
			...threeItems(),
			items: [{ name: 'two', id: RUNS.twoResources }, { id: RUNS.completed }],
			settings: { executeOnce: true },
		});

		expect(after[0]?.map(({ source }) => source)).toEqual(['two', 'two']);
		expect(truto().requests).toHaveLength(1);
	});

	it('gives one empty item for no items with Always Output Data', async () => {
		const { rows } = await runTruto({
			...threeItems(),
			items: [{ id: RUNS.noStats }],
			settings: { alwaysOutputData: true },
		});

		expect(rows).toEqual([{}]);
	});
});
