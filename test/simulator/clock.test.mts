import { expect, test } from '@jest/globals';

import { scaledClock } from './clock.mts';

test('a scaled clock passes as many times faster as it says, also while one sleeps', async () => {
	const clock = scaledClock(1_000);
	const [start, realStart] = [clock.now(), Date.now()];
	// A minute: longer than a test may take.
	await clock.sleep(60_000);
	const [passed, realPassed] = [clock.now() - start, Date.now() - realStart];
	expect(passed).toBeGreaterThanOrEqual(58_000);
	expect(passed).toBeLessThanOrEqual((realPassed + 2) * 1_000);
});
