import { describe, expect, it } from '@jest/globals';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { ManualTime, settle } from '../helpers/manualTime.mts';
import { Traffic, WINDOW_MS } from '../helpers/traffic.mts';

function setUp() {
	const time = new ManualTime();
	const limiter = new RateLimiter(time);
	const traffic = new Traffic(time, limiter, () => 20);
	/** One request that Truto answers with 429. */
	const isLimited = async (lane: string, retryAfterMs: number) => {
		const permit = await limiter.acquire({ lane, limit: 500 });
		await time.sleep(20);
		permit.limited(retryAfterMs);
		permit.release();
	};
	/** How many requests a sweep sends in the next windows. */
	const sentIn = async (windows: number) => {
		const counts: number[] = [];
		for (let i = 0; i < windows; i++) {
			const before = traffic.sent.length;
			await time.advance(WINDOW_MS);
			counts.push(traffic.sent.length - before);
		}
		return counts;
	};
	return { time, limiter, traffic, isLimited, sentIn };
}

describe('an answer 429', () => {
	it('pauses all executions as long as Truto asks', async () => {
		const { time, traffic, isLimited } = setUp();
		await time.until(isLimited('unlucky', 7000));
		const others = ['unlucky', 'a', 'b'].map((lane) => traffic.request({ lane }));
		await time.advance(6990);
		expect(traffic.sent).toEqual([]);
		await time.advance(20);
		expect(traffic.sent).toHaveLength(3);
		await time.until(Promise.all(others));
	});

	it('leaves one timer while they wait, and none where nobody does', async () => {
		const { time, limiter, traffic, isLimited } = setUp();
		await time.until(isLimited('unlucky', 30_000));
		expect(time.pendingSleeps).toBe(0);
		const waiting = traffic.sweep('a', 100);
		await settle();
		expect(time.pendingSleeps).toBe(1);
		await time.until(waiting);
		expect(time.pendingSleeps).toBe(0);
		await time.advance(WINDOW_MS + 2);
		expect(limiter.isIdle()).toBe(true);
	});

	it('keeps the limiter from being forgotten until the pause is over', async () => {
		const { time, limiter, isLimited } = setUp();
		await time.until(isLimited('unlucky', 60_000));
		await time.advance(59_000);
		expect(limiter.isIdle()).toBe(false);
		await time.advance(1000);
		expect(limiter.isIdle()).toBe(true);
	});

	it('pauses for the longest time where several ask for one', async () => {
		const { time, traffic, isLimited } = setUp();
		const answers = [isLimited('a', 9000), isLimited('b', 3000)];
		await time.until(Promise.all(answers));
		void traffic.request({ lane: 'c' });
		await time.advance(8900);
		expect(traffic.sent).toEqual([]);
		await time.advance(200);
		expect(traffic.sent).toHaveLength(1);
	});

	it('halves the rate once, though all that were on the way fail with it', async () => {
		const { time, traffic, isLimited, sentIn } = setUp();
		void traffic.sweep('sweep', 3000);
		const unlucky = Array.from({ length: 10 }, (_, i) => isLimited(`n${i}`, 10_000));
		await time.until(Promise.all(unlucky));
		await time.advance(10_000);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(250);
		// Those that were sent just before the pause still count for a moment.
		expect(first).toBeGreaterThanOrEqual(0.75 * 250);
	});

	it('halves it again where the lower rate is still too much', async () => {
		const { time, traffic, isLimited, sentIn } = setUp();
		for (let i = 0; i < 2; i++) {
			await time.until(isLimited('unlucky', 10_000));
			await time.advance(10_000);
		}
		void traffic.sweep('sweep', 3000);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(125);
		expect(first).toBeGreaterThanOrEqual(0.9 * 125);
	});

	it('lowers the rate never so far that nothing goes', async () => {
		const { time, traffic, isLimited, sentIn } = setUp();
		for (let i = 0; i < 12; i++) {
			await time.until(isLimited('unlucky', 1000));
			await time.advance(1000);
		}
		await time.advance(WINDOW_MS);
		void traffic.sweep('sweep', 100);
		const [first] = await sentIn(1);
		expect(first).toBeGreaterThanOrEqual(10);
	});

	it('is made up for, window by window, up to the limit and no further', async () => {
		const { time, traffic, isLimited, sentIn } = setUp();
		await time.until(isLimited('unlucky', 10_000));
		void traffic.sweep('sweep', 9000);
		await time.advance(10_000);
		const counts = await sentIn(18);
		const averages = [0, 3, 6, 9].map((i) => ((counts[i] ?? 0) + (counts[i + 1] ?? 0)) / 2);
		expect(averages).toEqual([...averages].sort((a, b) => a - b));
		expect(averages[0]).toBeLessThan(300);
		for (const count of counts.slice(14)) expect(count).toBeGreaterThanOrEqual(0.95 * 500);
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});
});

describe('a retry', () => {
	it('goes before the other requests of its execution', async () => {
		const { time, limiter, isLimited } = setUp();
		await time.until(isLimited('a', 5000));
		const order: string[] = [];
		const ask = async (name: string, isRetry: boolean) => {
			const permit = await limiter.acquire({ lane: 'a', limit: 500, isRetry });
			order.push(name);
			permit.release();
		};
		const all = [ask('first', false), ask('second', false), ask('again', true)];
		await time.until(Promise.all(all));
		expect(order).toEqual(['again', 'first', 'second']);
	});

	it('does not go before other executions more than its turn allows', async () => {
		const { time, limiter, isLimited } = setUp();
		await time.until(isLimited('a', 5000));
		const order: string[] = [];
		const ask = async (lane: string, isRetry: boolean) => {
			const permit = await limiter.acquire({ lane, limit: 500, isRetry });
			order.push(lane);
			permit.release();
		};
		const all = ['a', 'a', 'a'].map((lane) => ask(lane, true));
		await time.until(Promise.all([...all, ...['b', 'b', 'b'].map((lane) => ask(lane, false))]));
		expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
	});
});
