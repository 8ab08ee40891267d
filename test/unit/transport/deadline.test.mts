import { describe, expect, it } from '@jest/globals';

import { Deadline, timeoutSignal } from '../../../lib/transport/deadline';

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

	it('never comes if there is none', () => {
		const deadline = new Deadline(undefined, undefined);
		expect(deadline.leftMs()).toBe(Number.POSITIVE_INFINITY);
		expect(deadline.signal).toBeUndefined();
	});

	it.each([undefined, 60_000])('also comes with the outer signal (within %s ms)', (withinMs) => {
		const outer = new AbortController();
		const deadline = new Deadline(withinMs, outer.signal);
		expect(deadline.signal?.aborted).toBe(false);
		outer.abort(new Error('cancelled'));
		expect(deadline.signal?.aborted).toBe(true);
		expect(deadline.isOver()).toBe(false);
	});

	it('comes with its own time beside an outer signal', async () => {
		const deadline = new Deadline(1, new AbortController().signal);
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(deadline.signal?.aborted).toBe(true);
	});
});

describe('the timeouts of requests', () => {
	it('are one if they start together, so that there is no timer for each', () => {
		const { signal: outer } = new AbortController();
		expect(timeoutSignal(60_000, outer)).toBe(timeoutSignal(60_000, outer));
		expect(timeoutSignal(61_000, undefined)).toBe(timeoutSignal(61_000, undefined));
	});

	it('are not the same with another time, or under another signal', () => {
		const { signal: outer } = new AbortController();
		const first = timeoutSignal(60_000, outer);
		expect(timeoutSignal(50_000, outer)).not.toBe(first);
		expect(timeoutSignal(50_000, new AbortController().signal)).not.toBe(first);
		expect(timeoutSignal(50_000, undefined)).not.toBe(first);
	});

	it('are never shorter for a request that comes later', async () => {
		const abortsAfter = async (): Promise<number> => {
			const startedAt = performance.now();
			const signal = timeoutSignal(600, undefined);
			await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
			return performance.now() - startedAt;
		};
		const times: Promise<number>[] = [];
		for (let request = 0; request < 40; request++) {
			times.push(abortsAfter());
			await new Promise((resolve) => setTimeout(resolve, 1));
		}
		// Timers of Node.js may be a millisecond early.
		expect(Math.min(...(await Promise.all(times)))).toBeGreaterThanOrEqual(598);
	});

	it('is over with the outer signal', () => {
		const outer = new AbortController();
		const signal = timeoutSignal(60_000, outer.signal);
		outer.abort(new Error('cancelled'));
		expect(signal.reason).toEqual(new Error('cancelled'));
	});
});

describe('an error of what a deadline ended', () => {
	const error = new Error('aborted');

	it('is a timeout once the time is over', async () => {
		const deadline = new Deadline(1, new AbortController().signal);
		await new Promise((resolve) => setTimeout(resolve, 20));
		expect(deadline.orThrow(error)).toBeUndefined();
	});

	it.each([undefined, 60_000])('stays as it is before that (within %s ms)', (withinMs) => {
		expect(() => new Deadline(withinMs, undefined).orThrow(error)).toThrow(error);
	});

	it('is the reason of the outer signal once that has aborted', () => {
		const outer = new AbortController();
		const reason = new Error('cancelled');
		const deadline = new Deadline(60_000, outer.signal);
		outer.abort(reason);
		expect(() => deadline.orThrow(error)).toThrow(reason);
	});
});
