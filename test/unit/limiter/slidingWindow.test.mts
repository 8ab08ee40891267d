import { describe, expect, it } from '@jest/globals';

import { SlidingWindow } from '../../../lib/limiter/slidingWindow';

const WINDOW_MS = 10_000;

/** A window in which requests were answered at these moments. */
function answeredAt(...moments: number[]): SlidingWindow {
	const window = new SlidingWindow(WINDOW_MS);
	for (const moment of moments) {
		window.start('a');
		window.end(moment, 'a');
	}
	return window;
}

describe('a place', () => {
	it('is in use from the start of a request until a window after its answer', () => {
		const window = new SlidingWindow(WINDOW_MS);
		window.start('a');
		expect([window.used(0), window.used(1_000_000), window.inFlight]).toEqual([1, 1, 1]);
		window.end(2_000_000, 'a');
		expect([window.used(2_010_000), window.inFlight]).toEqual([1, 0]);
		expect(window.used(2_010_001)).toBe(0);
	});

	it('is free again at a time that is known as soon as the answer is there', () => {
		const window = new SlidingWindow(WINDOW_MS);
		expect(window.nextFreeAt()).toBeUndefined();
		window.start('a');
		expect(window.nextFreeAt()).toBeUndefined();
		window.end(500, 'a');
		expect(window.nextFreeAt()).toBe(10_501);
	});

	it('belongs to a lane as long as it is in use', () => {
		const window = new SlidingWindow(WINDOW_MS);
		for (const lane of ['a', 'b', 'a']) window.start(lane);
		window.end(0, 'a');
		window.end(5000, 'b');
		expect(['a', 'b', 'c'].map((lane) => window.usedBy(lane))).toEqual([2, 1, 0]);
		window.used(10_001);
		expect(['a', 'b', 'c'].map((lane) => window.usedBy(lane))).toEqual([1, 1, 0]);
		window.used(15_001);
		expect(['a', 'b', 'c'].map((lane) => window.usedBy(lane))).toEqual([1, 0, 0]);
	});
});

describe('room for one more, with a place every second left for others', () => {
	it('is there at once where many places are free', () => {
		expect(answeredAt().roomAt(0, 11, 1000)).toBe(0);
		expect(answeredAt(0, 0, 0).roomAt(5, 11, 1000)).toBe(5);
	});

	it('is there when those that are left last until the next ones fall due', () => {
		const dueIn = (ms: number) => answeredAt(...Array<number>(10).fill(ms - WINDOW_MS - 1));
		// Three are left, which is enough for 4 s.
		expect(dueIn(4000).roomAt(0, 4, 1000)).toBe(0);
		expect(dueIn(5000).roomAt(0, 4, 1000)).toBe(1000);
		expect(dueIn(9000).roomAt(0, 4, 1000)).toBe(5000);
	});

	it('counts on no more places than will fall due', () => {
		const twoSoon = answeredAt(-9000, -9000, 0, 0, 0);
		expect(twoSoon.roomAt(0, 4, 1000)).toBe(10_001 - 6 * 1000);
	});

	it('is not there before a place falls due where none is free', () => {
		expect(answeredAt(-4000).roomAt(0, 0, 1000)).toBe(6001);
		expect(answeredAt().roomAt(7, 0, 1000)).toBe(10_007);
	});

	it('is there with any free place where none is to be left', () => {
		expect(answeredAt(0).roomAt(3, 1, Number.POSITIVE_INFINITY)).toBe(3);
	});
});
