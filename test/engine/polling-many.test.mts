import { describe, expect, it } from '@jest/globals';

import { daysAgo, idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, activated } = usePolling();

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

	it('of a day in which n8n was off are caught up with, page by page', async () => {
		addRun();
		const node = await activated();
		// Fetching 500 runs once more takes as long as the rate limit wants.
		truto().dialect.nestedSyncJob = 'everywhere';
		const runs = Array.from({ length: 620 }, () => addRun());
		const first = await node.restart();
		const { items } = await node.execute(first);
		const rest = await node.pollAndExecute();
		expect([items.length, rest.length]).toEqual([500, 120]);
		const started = [...idsOf(items.map(({ json }) => json)), ...idsOf(rest)];
		expect(started).toEqual(runs);
	});
});

describe('more than 10,000 runs since the last poll', () => {
	it('lose those beyond it, and the log says so', async () => {
		addRun({ created_at: daysAgo(20) });
		const node = await activated();
		truto().dialect.nestedSyncJob = 'everywhere';
		const ids = truto().store.addManyRuns(10_020);
		const started: unknown[] = [];
		for (let poll = 0; poll < 21; poll++) {
			started.push(...idsOf((await node.poll()).map(({ json }) => json)));
		}
		expect(started.sort()).toEqual(ids.slice(0, 10_000).sort());
		expect(node.warnings).toEqual([
			expect.stringMatching(
				/^Truto Polling Trigger: more than 10000 sync job runs were created since the last poll\. Those before \S+ are left out\.$/,
			),
		]);
	});
});
