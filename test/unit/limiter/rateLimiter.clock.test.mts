import { describe, expect, test } from '@jest/globals';

import { limitedTraffic } from '../helpers/limitedTraffic.mts';

describe('a clock that is set', () => {
	test.each([120_000, -3_600_000])('by %d ms does not matter', async (ms) => {
		const { time, traffic } = limitedTraffic();
		const sweep = traffic.sweep('sweep', 2000);
		await time.advance(15_000);
		time.wallClockAhead += ms;
		await time.until(sweep);
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
		expect(time.exactly - 1_000_000).toBeLessThan(42_000);
	});
});
