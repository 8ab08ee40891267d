import { describe, expect, it } from '@jest/globals';

import { limitedTraffic } from '../helpers/limitedTraffic.mts';
import { settle } from '../helpers/manualTime.mts';
import { WINDOW_MS } from '../helpers/traffic.mts';

describe('an answer 429', () => {
	it('pauses all executions as long as Truto asks', async () => {
		const { time, traffic, isLimited } = limitedTraffic();
		await time.until(isLimited('unlucky', 7000));
		const others = ['unlucky', 'a', 'b'].map((lane) => traffic.request({ lane }));
		await time.advance(6990);
		expect(traffic.sent).toEqual([]);
		await time.advance(20);
		expect(traffic.sent).toHaveLength(3);
		await time.until(Promise.all(others));
	});

	it('leaves one timer while they wait, and none if nobody does', async () => {
		const { time, traffic, isLimited } = limitedTraffic();
		await time.until(isLimited('unlucky', 30_000));
		expect(time.pendingSleeps).toBe(0);
		const waiting = traffic.sweep('a', 100);
		await settle();
		expect(time.pendingSleeps).toBe(1);
		await time.until(waiting);
		expect(time.pendingSleeps).toBe(0);
	});

	it('is remembered for 90 s, also while nobody asks, then forgotten', async () => {
		const { time, limiter, traffic, isLimitedInASweep, sentIn } = limitedTraffic();
		await isLimitedInASweep();
		await time.advance(80_000);
		expect(limiter.isIdle()).toBe(false);
		void traffic.sweep('sweep', 300);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(250);
		await time.advance(40_000);
		expect(limiter.isIdle()).toBe(true);
	});

	it('pauses for the longest time if several ask for one', async () => {
		const { time, traffic, isLimited } = limitedTraffic();
		const answers = [isLimited('a', 9000), isLimited('b', 3000)];
		await time.until(Promise.all(answers));
		void traffic.request({ lane: 'c' });
		await time.advance(8900);
		expect(traffic.sent).toEqual([]);
		await time.advance(200);
		expect(traffic.sent).toHaveLength(1);
	});

	it('halves the rate once, though all that were on the way fail with it', async () => {
		const { time, traffic, isLimited, sentIn } = limitedTraffic();
		void traffic.sweep('sweep', 3000);
		const unlucky = Array.from({ length: 10 }, (_, i) => isLimited(`n${i}`, 10_000));
		await time.until(Promise.all(unlucky));
		await time.advance(10_000);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(255);
		// Those that were sent just before the pause still count for a moment.
		expect(first).toBeGreaterThanOrEqual(0.75 * 250);
	});

	it('is no good answer, so it lets no more be in flight', async () => {
		const { time, traffic, isLimited } = limitedTraffic();
		const unlucky = Array.from({ length: 40 }, (_, i) => isLimited(`n${i}`, 10_000));
		await time.until(Promise.all(unlucky));
		await time.advance(10_000);
		void traffic.sweep('sweep', 100);
		await settle();
		expect(traffic.inFlight).toBe(16);
	});

	it('halves the limit of those that still send, not a higher one of before', async () => {
		const { time, limiter, traffic, sentIn } = limitedTraffic();
		(await limiter.acquire({ lane: 'high', limit: 1000 })).release();
		await time.advance(5000);
		const slow = await limiter.acquire({ lane: 'slow' });
		await time.advance(15_000);
		slow.limited(10_000);
		slow.release();
		await time.advance(10_000);
		void traffic.sweep('sweep', 1000);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(255);
	});

	it('halves it again if the lower rate is still too much', async () => {
		const { time, traffic, isLimited, sentIn } = limitedTraffic();
		for (let i = 0; i < 2; i++) {
			await time.until(isLimited('unlucky', 10_000));
			await time.advance(10_000);
		}
		void traffic.sweep('sweep', 3000);
		const [first] = await sentIn(1);
		expect(first).toBeLessThanOrEqual(128);
		expect(first).toBeGreaterThanOrEqual(0.9 * 125);
	});

	it('lowers the rate never so far that nothing goes', async () => {
		const { time, traffic, isLimited, sentIn } = limitedTraffic();
		for (let i = 0; i < 12; i++) {
			await time.until(isLimited('unlucky', 1000));
			await time.advance(1000);
		}
		await time.advance(WINDOW_MS);
		void traffic.sweep('sweep', 100);
		const [first] = await sentIn(1);
		expect(first).toBe(1);
	});

	it('is made up for after 90 s, up to the limit and no further', async () => {
		const { time, traffic, isLimitedInASweep, sentIn } = limitedTraffic();
		await isLimitedInASweep();
		void traffic.sweep('sweep', 10_000);
		await time.advance(10_000);
		const counts = await sentIn(17);
		for (const count of counts.slice(0, 9)) expect(count).toBeLessThanOrEqual(250);
		for (const count of counts.slice(12)) expect(count).toBeGreaterThanOrEqual(0.9 * 500);
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});
});
