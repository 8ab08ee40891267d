import { describe, expect, it, test } from '@jest/globals';

import { PausedTooLong } from '../../../lib/limiter/pausedTooLong';
import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { ManualTime, settle } from '../helpers/manualTime.mts';
import { Traffic, WINDOW_MS } from '../helpers/traffic.mts';

function setUp() {
	const time = new ManualTime();
	const limiter = new RateLimiter(time);
	const traffic = new Traffic(time, limiter, () => 20);
	/** One request that Truto answers with 429. */
	const isLimited = async (lane: string, retryAfterMs: number) => {
		const permit = await limiter.acquire({ lane });
		await time.sleep(20);
		permit.limited(retryAfterMs);
		permit.release();
	};
	/** A 429 after requests enough to say something: the half of the limit is held for minutes. */
	const isLimitedInASweep = async () => {
		await time.until(traffic.sweep('before', 100));
		await time.until(isLimited('unlucky', 10_000));
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
	return { time, limiter, traffic, isLimited, isLimitedInASweep, sentIn };
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
		const { time, traffic, isLimited } = setUp();
		await time.until(isLimited('unlucky', 30_000));
		expect(time.pendingSleeps).toBe(0);
		const waiting = traffic.sweep('a', 100);
		await settle();
		expect(time.pendingSleeps).toBe(1);
		await time.until(waiting);
		expect(time.pendingSleeps).toBe(0);
	});

	it('is remembered for minutes, also while nobody asks, then forgotten', async () => {
		const { time, limiter, traffic, isLimitedInASweep, sentIn } = setUp();
		await isLimitedInASweep();
		await time.advance(120_000);
		expect(limiter.isIdle()).toBe(false);
		void traffic.sweep('sweep', 300);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(250);
		await time.advance(120_000);
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
		expect(first).toBeLessThanOrEqual(255);
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
		expect(first).toBeLessThanOrEqual(128);
		expect(first).toBeGreaterThanOrEqual(0.9 * 125);
	});

	it('leaves a share that does not count what was refused', async () => {
		const { time, limiter, traffic, isLimited, sentIn } = setUp();
		await time.until(Promise.all(Array.from({ length: 10 }, (_, i) => isLimited(`n${i}`, 1000))));
		await time.advance(1000);
		await time.until(
			Promise.all(Array.from({ length: 145 }, (_, i) => traffic.request({ lane: `m${i}` }))),
		);
		expect(limiter.isIdle()).toBe(false);
		await time.until(isLimited('again', 20_000));
		await time.advance(20_000);
		void traffic.sweep('sweep', 3000);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(125);
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
		expect(first).toBeGreaterThanOrEqual(5);
		expect(first).toBeLessThanOrEqual(6);
	});

	it('is made up for after some minutes, up to the limit and no further', async () => {
		const { time, traffic, isLimitedInASweep, sentIn } = setUp();
		await isLimitedInASweep();
		void traffic.sweep('sweep', 20_000);
		await time.advance(10_000);
		const counts = await sentIn(30);
		for (const count of counts.slice(0, 15)) expect(count).toBeLessThanOrEqual(250);
		for (const count of counts.slice(22)) expect(count).toBeGreaterThanOrEqual(0.95 * 500);
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});

	it('is followed by requests at a steady pace, not by all at once', async () => {
		const { time, traffic, isLimited } = setUp();
		await time.until(isLimited('unlucky', 15_000));
		void traffic.sweep('sweep', 500);
		await time.advance(17_000);
		expect(traffic.sent.length).toBeGreaterThanOrEqual(50);
		expect(traffic.sent.length).toBeLessThanOrEqual(75);
	});
});

describe('a pause that is too long to wait for', () => {
	const HOUR_MS = 3_600_000;

	it('ends all waits at once with an error that says until when', async () => {
		const { time, limiter, traffic, isLimited } = setUp();
		time.wallClockAhead = 500;
		const sweep = Promise.allSettled(
			Array.from({ length: 1000 }, () => limiter.acquire({ lane: 'a' })),
		);
		await settle();
		const others = Promise.allSettled([traffic.request({ lane: 'b' })]);
		await time.until(isLimited('unlucky', HOUR_MS));
		expect(time.exactly).toBe(1_000_020);
		const ends = await time.until(sweep);
		const failed = ends.filter((end) => end.status === 'rejected');
		expect(failed.length).toBeGreaterThanOrEqual(940);
		for (const { reason } of failed) {
			expect(reason).toBeInstanceOf(PausedTooLong);
			expect(reason).toMatchObject({
				resumesAt: 1_000_020 + 500 + HOUR_MS,
				message: 'Truto takes no requests before 1970-01-01T01:16:40.520Z',
			});
		}
		expect(time.exactly).toBe(1_000_020);
		await time.until(others);
		expect(time.pendingSleeps).toBe(0);
	});

	it('refuses later requests at once, as long as more than five minutes are left', async () => {
		const { time, limiter, isLimited } = setUp();
		await time.until(isLimited('unlucky', HOUR_MS));
		const asked = limiter.acquire({ lane: 'later' });
		await expect(asked).rejects.toMatchObject({ name: 'PausedTooLong' });
		await time.advance(HOUR_MS - 300_001);
		await expect(limiter.acquire({ lane: 'later' })).rejects.toBeInstanceOf(PausedTooLong);
		await time.advance(1);
		const before = time.exactly;
		(await time.until(limiter.acquire({ lane: 'later' }))).release();
		expect(time.exactly - before).toBe(300_000);
	});

	it('is one of more than five minutes', async () => {
		const { time, traffic, isLimited } = setUp();
		await time.until(isLimited('unlucky', 300_000));
		const sent = await time.until(traffic.request({ lane: 'patient' }));
		expect(sent.startedAt - sent.askedAt).toBe(300_000);
	});

	it('is kept in mind until it is over', async () => {
		const { time, limiter, isLimited } = setUp();
		await time.until(isLimited('unlucky', HOUR_MS));
		await time.advance(HOUR_MS - 1000);
		expect(limiter.isIdle()).toBe(false);
	});
});

describe('a clock that is set', () => {
	test.each([120_000, -3_600_000])('by %d ms does not matter', async (ms) => {
		const { time, traffic } = setUp();
		const sweep = traffic.sweep('sweep', 2000);
		await time.advance(15_000);
		time.wallClockAhead += ms;
		await time.until(sweep);
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
		expect(time.exactly - 1_000_000).toBeLessThan(42_000);
	});
});

describe('a retry', () => {
	it('goes before the other requests of its execution', async () => {
		const { time, limiter, isLimited } = setUp();
		await time.until(isLimited('a', 5000));
		const order: string[] = [];
		const ask = async (name: string, isRetry: boolean) => {
			const permit = await limiter.acquire({ lane: 'a', isRetry });
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
			const permit = await limiter.acquire({ lane, isRetry });
			order.push(lane);
			permit.release();
		};
		const all = ['a', 'a', 'a'].map((lane) => ask(lane, true));
		await time.until(Promise.all([...all, ...['b', 'b', 'b'].map((lane) => ask(lane, false))]));
		expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
	});
});
