import { describe, expect, it, test } from '@jest/globals';

import { Share } from '../../../lib/limiter/share';

function known() {
	const share = new Share();
	const refuse = (now: number, accepted: number) => {
		share.refused({ now, retryAfterMs: 10_000, generation: share.generation, most: 500, accepted });
	};
	return { share, refuse };
}

describe('the share of a process', () => {
	it('is all before any 429', () => {
		const { share } = known();
		expect(share.at(0, 500)).toBe(500);
		expect(share.at(9_000_000, 1000)).toBe(1000);
		expect(share.resumesAt).toBe(0);
		expect(share.inFlight).toBe(64);
	});

	test.each([
		// Two processes that started together.
		[[250], 250],
		// One that came when the window was full, and the one that had filled it.
		[[0], 250],
		[[484], 250],
		// Four that started together.
		[[125, 125], 125],
		[[125, 125, 125], 125],
		// A lower limit than the documented one.
		[[100, 100, 100], 100],
		[[0, 0, 0, 0], 31],
		// Something always goes.
		[[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], 1],
	])('after 429 responses with %j accepted is %d', (accepted, found) => {
		const { share, refuse } = known();
		for (const one of accepted) refuse(share.resumesAt, one);
		expect(share.at(share.resumesAt, 500)).toBe(found);
	});

	it('is kept for 90 s, then doubles every 10 s until it is all', () => {
		const { share, refuse } = known();
		refuse(0, 125);
		refuse(10_000, 125);
		const after = [20, 110, 115, 120, 129].map((second) => share.at(second * 1000, 500));
		expect(after).toEqual([125, 125, 176, 250, 466]);
		expect(share.at(130_000, 500)).toBe(500);
		expect(share.at(30_000, 500)).toBe(500);
	});

	it('is found again after one more 429', () => {
		const { share, refuse } = known();
		refuse(0, 250);
		refuse(102_000, 255);
		expect(share.at(112_000, 500)).toBe(250);
		refuse(206_000, 240);
		expect(share.at(216_000, 500)).toBe(240);
	});

	it('takes 429 responses to requests that were on the way together for one, and pauses for the longest', () => {
		const { share } = known();
		for (const [now, retryAfterMs] of [
			[0, 10_000] as const,
			[5, 10_000] as const,
			[9, 100] as const,
		]) {
			share.refused({ now, retryAfterMs, generation: 0, most: 500, accepted: 200 });
		}
		expect(share.resumesAt).toBe(10_005);
		expect(share.at(10_005, 500)).toBe(250);
	});

	it('has 16 in flight after a 429, and one more for each round trip', () => {
		const { share, refuse } = known();
		refuse(0, 250);
		expect(share.inFlight).toBe(16);
		for (let answers = 0; answers < 16; answers++) share.accepted();
		expect(share.inFlight).toBe(16);
		share.accepted();
		expect(share.inFlight).toBe(17);
	});
});
