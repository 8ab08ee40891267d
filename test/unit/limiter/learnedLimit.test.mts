import { describe, expect, it, test } from '@jest/globals';

import { LearnedLimit, type Refusal } from '../../../lib/limiter/learnedLimit';

const WINDOW_MS = 10_000;

function learnedLimit(random = 0.5) {
	const learned = new LearnedLimit(WINDOW_MS, () => random);
	/** A 429 to a request that was sent after the last pause. */
	const refuse = (now: number, accepted: number, more: Partial<Refusal> = {}) => {
		const { generation } = learned;
		learned.refused({ now, retryAfterMs: 10_000, generation, most: 500, accepted, ...more });
	};
	return { learned, refuse };
}

describe('the learned limit', () => {
	it('is what the token allows before any 429', () => {
		const { learned } = learnedLimit();
		expect(learned.at(0, 500)).toBe(500);
		expect(learned.at(5_000_000, 1000)).toBe(1000);
		expect(learned.resumesAt).toBe(0);
	});

	it('is half of it after a 429', () => {
		const { learned, refuse } = learnedLimit();
		refuse(1000, 120, { retryAfterMs: 7000 });
		expect(learned.resumesAt).toBe(8000);
		expect(learned.at(8000, 500)).toBe(250);
		expect(learned.at(8000, 200)).toBe(200);
	});

	it('takes the echoes of one pause for one event, but pauses for the longest', () => {
		const { learned, refuse } = learnedLimit();
		for (let i = 0; i < 40; i++) refuse(1000 + i, 120, { generation: 0 });
		refuse(1041, 120, { generation: 0, retryAfterMs: 2000 });
		expect(learned.at(11_039, 500)).toBe(250);
		expect(learned.resumesAt).toBe(11_039);
	});

	it('halves on, at each 429 before it was used up', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 25);
		refuse(11_000, 25);
		refuse(22_000, 25);
		expect(learned.at(32_000, 500)).toBe(62);
	});

	it('is what was taken, less a little, if it was used up', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 100);
		refuse(12_000, 100);
		refuse(30_000, 100);
		expect(learned.at(40_000, 500)).toBe(98);
	});

	test.each([
		[74, 62],
		[75, 73],
	])('is used up from 60 %% on: %d of 125 gives %d', (accepted, limit) => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 100);
		refuse(12_000, 100);
		refuse(24_000, accepted);
		expect(learned.at(34_000, 500)).toBe(limit);
	});

	it('never falls under five', () => {
		const { learned, refuse } = learnedLimit();
		for (let i = 0; i < 20; i++) refuse(i * 11_000, 0);
		expect(learned.at(220_000, 500)).toBe(5);
	});

	it('stays for two and a half minutes when it was halved, then grows faster and faster', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 120);
		const minutes = [10, 160, 170, 180, 190, 195, 201].map((s) => learned.at(s * 1000, 500));
		expect(minutes).toEqual([250, 250, 265, 310, 385, 433, 500]);
	});

	it('stays for a quarter of an hour when it was used up', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 100);
		refuse(12_000, 200);
		expect(learned.at(922_000, 500)).toBe(160);
		expect(learned.at(942_000, 500)).toBe(198);
	});

	test.each([
		[0, 130],
		[1, 190],
	])('grows earlier or later by chance: %d', (random, seconds) => {
		const { learned, refuse } = learnedLimit(random);
		refuse(0, 120);
		expect(learned.at(seconds * 1000, 500)).toBe(250);
		expect(learned.at((seconds + 10) * 1000, 500)).toBe(265);
	});

	it('grows at once if the 429 came too early to say much', () => {
		const early = learnedLimit();
		early.refuse(0, 74);
		expect(early.learned.at(20_000, 500)).toBe(265);
		const late = learnedLimit();
		late.refuse(0, 75);
		expect(late.learned.at(20_000, 500)).toBe(250);
	});

	it('goes back to its share if growing did not help', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 120);
		refuse(175_000, 280);
		expect(learned.at(185_000, 500)).toBe(200);
	});

	it('is halved from what it has grown to if it has grown a lot', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 100);
		refuse(11_000, 60);
		refuse(22_000, 30);
		expect(learned.at(32_000, 500)).toBe(62);
		expect(learned.at(232_000, 500)).toBe(156);
		refuse(232_000, 150);
		expect(learned.at(242_000, 500)).toBe(78);
	});

	it('is forgotten when it has grown to what the token allows', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 120);
		expect(learned.at(201_000, 500)).toBe(500);
		refuse(201_000, 300);
		expect(learned.at(211_000, 500)).toBe(250);
	});
});

describe('the requests in flight', () => {
	it('are few at first, and more with the time that answers take, up to 50', () => {
		const { learned } = learnedLimit();
		const after = [0, 11, 100, 1000].map((answers) => {
			for (let i = 0; i < answers; i++) learned.answered(500);
			return learned.inFlight;
		});
		expect(after).toEqual([6, 7, 17, 50]);
	});

	it('are few again after a 429', () => {
		const { learned, refuse } = learnedLimit();
		for (let i = 0; i < 1000; i++) learned.answered(500);
		refuse(0, 200);
		expect(learned.inFlight).toBe(6);
	});

	it('are bound by the limit alone when the share is found', () => {
		const { learned, refuse } = learnedLimit();
		refuse(0, 100);
		refuse(12_000, 200);
		expect(learned.inFlight).toBe(50);
		expect(learned.at(1_200_000, 500)).toBe(500);
		expect(learned.inFlight).toBe(6);
	});
});
