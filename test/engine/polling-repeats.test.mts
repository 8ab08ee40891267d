import { describe, expect, it } from '@jest/globals';

import { idsOf, usePolling } from './use-polling.mts';

const { addRun, end, activated, later } = usePolling();

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
		// n8n gets them again, because their executions are not in the stored state.
		expect((await node.execute(await node.restart())).items).toEqual([]);
		expect(await node.poll()).toEqual([]);
	});

	it('a crash between storing and starting: the run comes again', async () => {
		const node = await activated();
		const lost = addRun();
		expect(idsOf((await node.poll()).map(({ json }) => json))).toEqual([lost]);
		const items = await node.restart();
		expect(idsOf((await node.execute(items)).items.map(({ json }) => json))).toEqual([lost]);
		expect(await node.poll()).toEqual([]);
	});

	it('an execution that n8n could not store: the run comes again after a minute, then more seldom', async () => {
		const node = await activated();
		const lost = addRun();
		expect(idsOf((await node.poll()).map(({ json }) => json))).toEqual([lost]);
		const given: number[] = [];
		for (let minute = 1; minute <= 70; minute++) {
			later(60_000);
			if ((await node.poll()).length > 0) given.push(minute);
		}
		// Executions seem to run elsewhere, as in queue mode.
		expect(given).toEqual([1, 3, 7, 15, 31]);
		expect(idsOf((await node.restart()).map(({ json }) => json))).toEqual([lost]);
	});

	it('an execution that waits for its place: the run is given again, and starts the workflow once', async () => {
		const node = await activated();
		const once = addRun();
		const first = await node.poll();
		later(61_000);
		const second = await node.poll();
		expect(idsOf((await node.execute(first)).items.map(({ json }) => json))).toEqual([once]);
		expect((await node.execute(second)).items).toEqual([]);
		later(600_000);
		expect(await node.poll()).toEqual([]);
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
