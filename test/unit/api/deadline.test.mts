import { describe, expect, it } from '@jest/globals';

import { Deadline } from '../../../lib/api/deadline';

describe('the end of a request', () => {
	// Node.js takes neither fractions of a millisecond nor more than 2^31 - 1.
	it.each([245_999.999_999_999_97, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER])(
		'in %d ms has not come yet',
		async (withinMs) => {
			const deadline = new Deadline(withinMs, undefined);
			await new Promise((resolve) => setTimeout(resolve, 20));
			expect(deadline.signal?.aborted).toBe(false);
			expect(deadline.isOver()).toBe(false);
		},
	);

	it('comes at once after no time, or less', async () => {
		const deadline = new Deadline(-5, undefined);
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(deadline.signal?.aborted).toBe(true);
		expect(deadline.isOver()).toBe(true);
	});
});
