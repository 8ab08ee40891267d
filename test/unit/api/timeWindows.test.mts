import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { cutIntoWindows } from '../../../lib/api/timeWindows';

const DAY_MS = 24 * 3_600_000;

describe('a span of time', () => {
	it('stays whole where it is short enough', () => {
		expect(cutIntoWindows({ from: 5, to: 10 })).toEqual([{ from: 5, to: 10 }]);
		const longest = { from: 0, to: 28 * DAY_MS };
		expect(cutIntoWindows(longest)).toEqual([longest]);
	});

	it('is cut into windows that follow one another', () => {
		expect(cutIntoWindows({ from: 0, to: 60 * DAY_MS })).toEqual([
			{ from: 0, to: 28 * DAY_MS },
			{ from: 28 * DAY_MS, to: 56 * DAY_MS },
			{ from: 56 * DAY_MS, to: 60 * DAY_MS },
		]);
	});

	it('gives none where it is empty or backward', () => {
		expect(cutIntoWindows({ from: 5, to: 5 })).toEqual([]);
		expect(cutIntoWindows({ from: 5, to: 4 })).toEqual([]);
	});

	it('is covered without a gap, by windows that no month is shorter than', () => {
		fc.assert(
			fc.property(fc.nat(2e12), fc.integer({ min: 1, max: 1e11 }), (from, length) => {
				const windows = cutIntoWindows({ from, to: from + length });
				expect(windows[0]?.from).toBe(from);
				expect(windows.at(-1)?.to).toBe(from + length);
				windows.forEach((window, i) => {
					expect(window.to).toBeGreaterThan(window.from);
					expect(window.to - window.from).toBeLessThanOrEqual(28 * DAY_MS);
					if (i > 0) expect(window.from).toBe(windows[i - 1]?.to);
				});
			}),
		);
	});
});
