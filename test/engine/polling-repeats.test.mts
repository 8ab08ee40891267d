import { describe, expect, it } from '@jest/globals';

import { FAULTS } from '../simulator/index.mts';
import { idsOf, usePolling } from './use-polling.mts';

const { truto, addRun, end, activated } = usePolling();

describe('what must not be lost or doubled', () => {
	it('runs of the same millisecond', async () => {
		const now = new Date().toISOString();
		addRun({ created_at: now });
		const node = await activated();
		const second = addRun({ created_at: now });
		expect(idsOf(await node.pollAndExecute())).toEqual([second]);
		const third = addRun({ created_at: now });
		expect(idsOf(await node.pollAndExecute())).toEqual([third]);
	});

	it('a restart of n8n between the end of a run and the poll', async () => {
		const busy = addRun({ status: 'running' });
		const node = await activated();
		await node.poll();
		const quick = addRun({ status: 'created' });
		await node.poll();
		end(busy);
		end(quick, 'failed', new Date(Date.now() + 1));
		const items = await node.restart();
		expect(idsOf((await node.execute(items)).items.map(({ json }) => json))).toEqual([busy, quick]);
		expect(await node.restart()).toEqual([]);
	});

	it('a crash between storing and starting: the run comes with the next one', async () => {
		const node = await activated();
		const lost = addRun();
		expect(idsOf((await node.poll()).map(({ json }) => json))).toEqual([lost]);
		expect(await node.restart()).toEqual([]);
		const next = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([next, lost]);
	});

	it('old static data that comes back before a restart: the run is given again, but starts nothing', async () => {
		const node = await activated();
		const before = node.stored;
		const once = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([once]);
		node.stored = before;
		const again = await node.restart();
		expect(idsOf(again.map(({ json }) => json))).toEqual([once]);
		expect((await node.execute(again)).items).toEqual([]);
		const next = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([next]);
	});

	it('old static data that comes back while n8n runs', async () => {
		const node = await activated();
		const before = node.stored;
		const once = addRun();
		expect(idsOf(await node.pollAndExecute())).toEqual([once]);
		node.stored = before;
		// Publishing the workflow loads it.
		expect(await node.activate()).toEqual([]);
		expect(await node.poll()).toEqual([]);
	});

	it('two executions at once with the same run', async () => {
		const node = await activated();
		addRun();
		const items = await node.poll();
		const both = await Promise.all([node.execute(items), node.execute(items)]);
		expect(both.map(({ items: output }) => output.length).sort()).toEqual([0, 1]);
	});

	it("n8n's own second try of a node that failed", async () => {
		const node = await activated();
		const lost = addRun();
		await node.poll();
		await node.restart();
		// So late that the list is not read back to the other one: only its id is known.
		const next = addRun({ created_at: new Date().toISOString() });
		await node.poll();
		await node.restart();
		const last = addRun({ created_at: new Date().toISOString() });
		const items = await node.poll();
		truto().faults.forPath(`/sync-job-run/${lost}`, FAULTS.forbidden, 1);
		const { items: output, error } = await node.execute(items, 'trigger', { retryOnFail: true });
		expect(error).toBeUndefined();
		expect(idsOf(output.map(({ json }) => json))).toEqual([last, next, lost]);
	});

	it('a poll that begins while another one is not done', async () => {
		const node = await activated();
		const id = addRun();
		const both = await Promise.all([node.poll(), node.poll()]);
		expect(both.map((items) => idsOf(items.map(({ json }) => json)))).toEqual([[id], []]);
	});

	it('an execution that people repeat by hand', async () => {
		const node = await activated();
		const id = addRun();
		const items = await node.poll();
		await node.execute(items);
		const { items: output } = await node.execute(items, 'retry');
		expect(idsOf(output.map(({ json }) => json))).toEqual([id]);
	});
});
