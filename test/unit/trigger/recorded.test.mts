import { describe, expect, it } from '@jest/globals';

import { RecordedEvents, recordedEventsOf } from '../../../nodes/TrutoTrigger/memory/recorded';

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

const started = (key: string, executionId = `of ${key}`) => ({ key, executionId });
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

describe('an event', () => {
	it('is the first once, in any process', async () => {
		const table = new Table();
		expect(await new RecordedEvents().isFirst(started('a', '1'), table.record)).toBe(true);
		const other = new RecordedEvents();
		expect(await other.isFirst(started('a', '2'), table.record)).toBe(false);
		expect(await other.isFirst(started('b', '3'), table.record)).toBe(true);
	});

	it('of one execution is the first each time that it asks', async () => {
		const table = new Table();
		const events = new RecordedEvents();
		for (const process of [events, events, new RecordedEvents()]) {
			expect(await process.isFirst(started('a', '1'), table.record)).toBe(true);
		}
		expect(await events.isFirst(started('a', '2'), table.record)).toBe(false);
	});

	it('is the first for one of those that ask at once', async () => {
		const table = new Table();
		const events = new RecordedEvents();
		const answers = ['1', '2', '3'].map(
			async (id) => await events.isFirst(started('a', id), table.record),
		);
		expect(await Promise.all(answers)).toEqual([true, false, false]);
	});

	it('that could not be recorded fails, and is the first when it comes again', async () => {
		const table = new Table();
		table.failures = 1;
		const events = new RecordedEvents();
		await expect(events.isFirst(started('a', '1'), table.record)).rejects.toThrow('locked');
		expect(await events.isFirst(started('a', '2'), table.record)).toBe(true);
	});
});

describe('many events at once', () => {
	it('are written one call after the other, all that wait in one', async () => {
		const table = new Table();
		const events = new RecordedEvents();
		const keys = Array.from({ length: 300 }, (_, n) => `e${String(n)}`);
		const answers = keys.map(async (key) => await events.isFirst(started(key), table.record));
		expect(new Set(await Promise.all(answers))).toEqual(new Set([true]));
		expect(table.mostOpen).toBe(1);
		expect(table.calls.length).toBeLessThan(5);
		expect(table.row.filter((key) => keys.includes(key))).toHaveLength(300);
	});

	it('leave no more than 5,000 entries', async () => {
		const table = new Table();
		const events = new RecordedEvents();
		const keys = Array.from({ length: 3_000 }, (_, n) => `e${String(n)}`);
		await Promise.all(keys.map(async (key) => await events.isFirst(started(key), table.record)));
		await events.isFirst(started('last'), table.record);
		expect(table.row).toHaveLength(5_000);
		// Of those that this process repeats, no more than 1,000.
		expect(table.calls.at(-1)?.length).toBe(2_002);
	});
});

describe('what another process has overwritten', () => {
	it('is written again with the next event', async () => {
		const table = new Table();
		const events = new RecordedEvents();
		await events.isFirst(started('a', '1'), table.record);
		table.row = [];
		await events.isFirst(started('b', '2'), table.record);
		expect(await new RecordedEvents().isFirst(started('a', '9'), table.record)).toBe(false);
	});

	it('is written again a moment after the last one, which keeps no event waiting', async () => {
		const table = new Table();
		const events = new RecordedEvents();
		await events.isFirst(started('a', '1'), table.record);
		table.row = [];
		const startedAt = performance.now();
		await events.isFirst(started('b', '2'), table.record);
		expect(performance.now() - startedAt).toBeLessThan(200);
		table.row = [];
		await pause(1_200);
		expect(table.row).toEqual(['a', 'a 1', 'b', 'b 2']);
		const { length } = table.calls;
		await pause(1_200);
		expect(table.calls).toHaveLength(length);
	});
});

describe('the events of a trigger', () => {
	it('are the same on every call, and not those of another trigger', () => {
		expect(recordedEventsOf('one')).toBe(recordedEventsOf('one'));
		expect(recordedEventsOf('one')).not.toBe(recordedEventsOf('other'));
	});

	it('are given up a minute after the last one', async () => {
		const table = new Table();
		const events = recordedEventsOf('one more');
		await events.isFirst(started('a'), table.record);
		expect(events.isIdle(Date.now() + 59_000)).toBe(false);
		expect(events.isIdle(Date.now() + 61_000)).toBe(true);
	});
});
