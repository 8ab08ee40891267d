import { describe, expect, it } from '@jest/globals';

import { StartedBefore, startedBeforeBy } from '../../../lib/n8n/startedBefore';

/** n8n's table, of which a process reads the row, changes it and writes it back some time later. */
class Table {
	row: string[] = [];
	/** The keys of each call. */
	readonly calls: string[][] = [];
	open = 0;
	mostOpen = 0;
	failures = 0;

	readonly record = async (keys: string[], maxEntries: number): Promise<string[]> => {
		this.calls.push(keys);
		this.open++;
		this.mostOpen = Math.max(this.mostOpen, this.open);
		const row = [...this.row];
		await new Promise((resolve) => setTimeout(resolve, 5));
		this.open--;
		if (this.failures-- > 0) throw new Error('locked');
		const added = keys.filter((key) => !row.includes(key));
		this.row = [...row, ...added].slice(-maxEntries);
		return added;
	};
}

const isFirst = async (
	events: StartedBefore,
	table: Table,
	key: string,
	executionId = `of ${key}`,
): Promise<boolean> => (await events.firstOf([key], executionId, table.record)).has(key);
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('an event', () => {
	it('is the first once, in any process', async () => {
		const table = new Table();
		expect(await isFirst(new StartedBefore(), table, 'a', '1')).toBe(true);
		const other = new StartedBefore();
		expect(await isFirst(other, table, 'a', '2')).toBe(false);
		expect(await isFirst(other, table, 'b', '3')).toBe(true);
	});

	it('of one execution is the first each time that it asks', async () => {
		const table = new Table();
		const events = new StartedBefore();
		for (const process of [events, events, new StartedBefore()]) {
			expect(await isFirst(process, table, 'a', '1')).toBe(true);
		}
		expect(await isFirst(events, table, 'a', '2')).toBe(false);
	});

	it('is the first for one of those that ask at once', async () => {
		const table = new Table();
		const events = new StartedBefore();
		const answers = ['1', '2', '3'].map(async (id) => await isFirst(events, table, 'a', id));
		expect(await Promise.all(answers)).toEqual([true, false, false]);
	});

	it('that could not be recorded fails, and is the first when it comes again', async () => {
		const table = new Table();
		table.failures = 1;
		const events = new StartedBefore();
		await expect(isFirst(events, table, 'a', '1')).rejects.toThrow('locked');
		expect(await isFirst(events, table, 'a', '2')).toBe(true);
	});
});

describe('several keys of one execution', () => {
	it('are told apart: those that have started another one, and the others', async () => {
		const table = new Table();
		const events = new StartedBefore();
		const ask = async (process: StartedBefore, keys: string[], executionId: string) => [
			...(await process.firstOf(keys, executionId, table.record)),
		];
		expect(await ask(events, ['a', 'b'], '1')).toEqual(['a', 'b']);
		expect(await ask(events, ['b', 'c'], '2')).toEqual(['c']);
		expect(await ask(new StartedBefore(), ['a', 'c', 'd'], '2')).toEqual(['c', 'd']);
	});

	it('may be none', async () => {
		const table = new Table();
		expect((await new StartedBefore().firstOf([], '1', table.record)).size).toBe(0);
	});
});

describe('many events at once', () => {
	it('are written one call after the other, all that wait in one', async () => {
		const table = new Table();
		const events = new StartedBefore();
		const keys = Array.from({ length: 300 }, (_, n) => `e${String(n)}`);
		const answers = keys.map(async (key) => await isFirst(events, table, key));
		expect(new Set(await Promise.all(answers))).toEqual(new Set([true]));
		expect(table.mostOpen).toBe(1);
		expect(table.calls.length).toBeLessThan(5);
		expect(table.row.filter((key) => keys.includes(key))).toHaveLength(300);
	});

	it('leave no more than 5,000 entries', async () => {
		const table = new Table();
		const events = new StartedBefore();
		const keys = Array.from({ length: 3_000 }, (_, n) => `e${String(n)}`);
		await Promise.all(keys.map(async (key) => await isFirst(events, table, key)));
		await isFirst(events, table, 'last');
		expect(table.row).toHaveLength(5_000);
		// Of those that this process repeats, no more than 1,000.
		expect(table.calls.at(-1)?.length).toBe(2_002);
	});
});

describe('what another process has overwritten', () => {
	it('is written again with the next event', async () => {
		const table = new Table();
		const events = new StartedBefore();
		await isFirst(events, table, 'a', '1');
		table.row = [];
		await isFirst(events, table, 'b', '2');
		expect(await isFirst(new StartedBefore(), table, 'a', '9')).toBe(false);
	});

	it('is written again a moment after the last one, which keeps no event waiting', async () => {
		const table = new Table();
		const events = new StartedBefore();
		await isFirst(events, table, 'a', '1');
		table.row = [];
		const startedAt = performance.now();
		await isFirst(events, table, 'b', '2');
		expect(performance.now() - startedAt).toBeLessThan(200);
		table.row = [];
		for (const deadline = Date.now() + 20_000; table.row.length === 0 && Date.now() < deadline; ) {
			await pause(50);
		}
		expect(table.row).toEqual(['a', 'a 1', 'b', 'b 2']);
		const { length } = table.calls;
		await pause(1_200);
		expect(table.calls).toHaveLength(length);
	});
});

describe('the events of a trigger', () => {
	it('are the same on every call, and not those of another trigger', () => {
		expect(startedBeforeBy('one')).toBe(startedBeforeBy('one'));
		expect(startedBeforeBy('one')).not.toBe(startedBeforeBy('other'));
	});

	it('are given up a minute after the last one', async () => {
		const table = new Table();
		const events = startedBeforeBy('one more');
		await isFirst(events, table, 'a');
		expect(events.isIdle(Date.now() + 59_000)).toBe(false);
		expect(events.isIdle(Date.now() + 61_000)).toBe(true);
	});
});
