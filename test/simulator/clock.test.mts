import { expect, test } from '@jest/globals';

import { scaledClock } from './clock.mts';

test('a scaled clock passes as many times faster as it says, also while one sleeps', async () => {
	const clock = scaledClock(1_000);
	const [realStart, start] = [Date.now(), clock.now()];
	// A minute: longer than a test may take.
	await clock.sleep(60_000);
	const [passed, realPassed] = [clock.now() - start, Date.now() - realStart];
	expect(passed).toBeGreaterThanOrEqual(58_000);
	// The real time is read around the clock's: a busy machine makes it longer, never shorter.
	expect(passed).toBeLessThanOrEqual(realPassed * 1_000);
});
