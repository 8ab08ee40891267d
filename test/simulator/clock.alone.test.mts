import { describe, expect, test } from '@jest/globals';

import { MANUAL_CLOCK_START, ManualClock, realClock, scaledClock } from './clock.mts';

describe('ManualClock', () => {
	test('stands still until it is advanced', async () => {
		const clock = new ManualClock();
		expect(clock.now()).toBe(MANUAL_CLOCK_START);
		await clock.advance(1_500);
		expect(clock.now()).toBe(MANUAL_CLOCK_START + 1_500);
	});

	test('wakes sleeps in the order in which they are due, at their time', async () => {
		const clock = new ManualClock(0);
		const woken: [string, number][] = [];
		const sleepers = [
			clock.sleep(20).then(() => woken.push(['second', clock.now()])),
			clock.sleep(10).then(() => woken.push(['first', clock.now()])),
		];
		await clock.advance(15);
		expect(woken).toEqual([['first', 10]]);
		expect(clock.sleeping).toBe(1);
		await clock.advance(15);
		await Promise.all(sleepers);
		expect(woken.at(-1)).toEqual(['second', 20]);
		expect(clock.now()).toBe(30);
	});

	test('wakes sleeps that begin while it advances', async () => {
		const clock = new ManualClock(0);
		const work = (async () => {
			await clock.sleep(10);
			await clock.sleep(10);
			return clock.now();
		})();
		await clock.advance(100);
		expect(await work).toBe(20);
	});

	test('rejects an aborted sleep', async () => {
		const clock = new ManualClock();
		const abort = new AbortController();
		const sleep = clock.sleep(10, abort.signal);
		abort.abort(new Error('enough'));
		await expect(sleep).rejects.toThrow('enough');
		expect(clock.sleeping).toBe(0);
		await expect(clock.sleep(10, abort.signal)).rejects.toThrow('enough');
	});
});

test('a scaled clock passes faster', async () => {
	const clock = scaledClock(100);
	const start = clock.now();
	const realStart = Date.now();
	await clock.sleep(2_000);
	expect(Date.now() - realStart).toBeLessThan(1_000);
	expect(clock.now() - start).toBeGreaterThanOrEqual(1_900);
	expect(() => scaledClock(0)).toThrow(RangeError);
});

test('the real clock is the real time', async () => {
	expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(50);
	await realClock.sleep(1);
	const abort = new AbortController();
	const sleep = realClock.sleep(10_000, abort.signal);
	abort.abort();
	await expect(sleep).rejects.toThrow();
});
