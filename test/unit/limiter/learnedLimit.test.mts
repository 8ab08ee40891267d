import { describe, expect, it } from '@jest/globals';

import { LearnedLimit } from '../../../lib/limiter/learnedLimit';

const WINDOW_MS = 10_000;

describe('the learned limit', () => {
	it('is the one of the settings before any 429', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		expect(learned.at(0, 500)).toBe(500);
		expect(learned.at(5_000_000, 20)).toBe(20);
		expect(learned.resumesAt).toBeLessThanOrEqual(0);
	});

	it('is half of it after a 429, from the end of the pause on', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		learned.limited(1000, 7000, learned.generation, 500);
		expect(learned.resumesAt).toBe(8000);
		expect(learned.at(8000, 500)).toBe(250);
		expect(learned.at(17_999, 500)).toBe(250);
		expect(learned.at(8000, 20)).toBe(20);
	});

	it('takes the echoes of one pause for one event', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		const { generation } = learned;
		for (let i = 0; i < 40; i++) learned.limited(1000 + i, 10_000, generation, 500);
		expect(learned.at(11_039, 500)).toBe(250);
		expect(learned.resumesAt).toBe(11_039);
	});

	it('halves again at a 429 of a request that was sent after the pause', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		learned.limited(0, 10_000, learned.generation, 500);
		learned.limited(12_000, 10_000, learned.generation, 500);
		expect(learned.at(22_000, 500)).toBe(125);
	});

	it('rises with each window without a 429, up to the settings', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		learned.limited(0, 10_000, learned.generation, 500);
		const rises = [0, 1, 2, 9, 10, 1000].map((windows) =>
			learned.at(10_000 + windows * WINDOW_MS, 500),
		);
		expect(rises).toEqual([250, 275, 300, 475, 500, 500]);
	});

	it('halves what it has risen to', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		learned.limited(0, 10_000, learned.generation, 500);
		learned.limited(50_000, 10_000, learned.generation, 500);
		expect(learned.at(60_000, 500)).toBe((250 + 4 * 25) / 2);
	});

	it('never falls under ten', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		for (let i = 0; i < 20; i++) learned.limited(i, 0, learned.generation, 500);
		expect(learned.at(20, 500)).toBe(10);
	});

	it('does not shorten a pause by one that is shorter', () => {
		const learned = new LearnedLimit(WINDOW_MS);
		learned.limited(0, 60_000, learned.generation, 500);
		learned.limited(1000, 2000, learned.generation, 500);
		expect(learned.resumesAt).toBe(60_000);
	});
});
