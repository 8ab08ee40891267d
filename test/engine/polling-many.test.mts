import { describe, expect, it } from '@jest/globals';

import type { PollState } from '../../nodes/TrutoPollingTrigger/state';
import { daysAgo, idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, activated } = usePolling();

/** Of a workflow, as it is stored. */
type StaticData = Record<'node:Truto Polling Trigger', { state: PollState }>;

describe('many runs', () => {
	it('that end at once come as one item each, in one execution', async () => {
		const runs = Array.from({ length: 100 }, () => addRun({ status: 'running' }));
		const node = await activated();
		for (const run of runs) end(run);
		const rows = await node.pollAndExecute();
		expect(idsOf(rows).sort()).toEqual([...runs].sort());
		expect(await node.pollAndExecute()).toEqual([]);
	});

	it('that go on are looked at by three requests, not one by one', async () => {
		for (let run = 0; run < 100; run++) addRun({ status: 'running' });
		addRun({ created_at: new Date().toISOString() });
		const node = await activated();
		truto().clearRequests();
		await node.poll();
		expect(truto().requests.map(({ path, query }) => [path, query.status])).toEqual([
			['/sync-job-run', undefined],
			['/sync-job-run', 'created'],
			['/sync-job-run', 'rate_limited'],
			['/sync-job-run', 'running'],
		]);
	});

	it('of a day in which n8n was off come as one item each, in the order in which they ended', async () => {
		addRun();
		const node = await activated();
		// Fetching as many runs once more takes as long as the rate limit wants.
		truto().dialect.nestedSyncJob = 'everywhere';
		const runs = Array.from({ length: 620 }, () => addRun());
		const { items } = await node.execute(await node.restart());
		expect(idsOf(items.map(({ json }) => json))).toEqual(runs);
		expect(await node.pollAndExecute()).toEqual([]);
	});
});

describe('more than 10,000 runs since the last poll', () => {
	it('lose those beyond it, and the log says so', async () => {
		addRun({ created_at: daysAgo(20) });
		const node = await activated();
		truto().dialect.nestedSyncJob = 'everywhere';
		const ids = truto().store.addManyRuns(10_020);
		const items = await node.poll();
		const { state } = (JSON.parse(node.stored) as StaticData)['node:Truto Polling Trigger'];
		expect(node.stored.length).toBeLessThan(700_000);
		// 5,000 come at once, the others with later polls.
		const left = state.watched.map(([id]) => id);
		expect([items.length, left.length]).toEqual([5_000, 5_000]);
		const given = idsOf(items.map(({ json }) => json));
		expect([...given, ...left].sort()).toEqual(ids.slice(0, 10_000).sort());
		expect(node.warnings).toEqual([
			expect.stringMatching(
				/^Truto: 'Truto Polling Trigger' of workflow .*: more than 10000 sync job runs were created since the last poll\. Those before \S+ are left out\.$/,
			),
		]);
	});
});

describe('more than 10,000 runs in progress', () => {
	it('the oldest are followed, others when there is room, and the log says so once', async () => {
		truto().dialect.nestedSyncJob = 'everywhere';
		const oldestFirst = truto().store.addManyRuns(10_020, { status: 'running' }).reverse();
		const node = await activated();
		expect(await node.poll()).toEqual([]);
		for (const id of oldestFirst.slice(0, 10)) end(id);
		expect(idsOf(await node.pollAndExecute()).sort()).toEqual(oldestFirst.slice(0, 10).sort());
		const { state } = (JSON.parse(node.stored) as StaticData)['node:Truto Polling Trigger'];
		const watched = oldestFirst.slice(10, 10_010);
		expect(state.watched.map(([id]) => id).sort()).toEqual(watched.sort());
		expect(node.warnings).toEqual([
			expect.stringMatching(
				/^Truto: 'Truto Polling Trigger' of workflow .*: more than 10000 sync job runs are in progress\. The trigger follows the oldest\. It follows each of the others when there is room for it\.$/,
			),
		]);
	}, 120_000);
});
