import { expect, test } from '@jest/globals';

import { scaledClock } from './clock.mts';

test('a scaled clock passes as many times faster as it says', async () => {
	const clock = scaledClock(100);
	const [start, realStart] = [clock.now(), Date.now()];
	await clock.sleep(2_000);
	const [passed, realPassed] = [clock.now() - start, Date.now() - realStart];
	expect(passed).toBeGreaterThanOrEqual(1_900);
	// Both are read within the same two milliseconds, unless the machine is busy.
	expect(passed).toBeLessThanOrEqual((realPassed + 2) * 100);
});
