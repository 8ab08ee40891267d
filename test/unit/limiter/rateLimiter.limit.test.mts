import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { ManualTime, settle } from '../helpers/manualTime.mts';
import { seededRandom, Traffic } from '../helpers/traffic.mts';

function trafficOf(latencyMs: number, seed = 1) {
	const time = new ManualTime();
	const limiter = new RateLimiter(time);
	const random = seededRandom(seed);
	const traffic = new Traffic(time, limiter, () => latencyMs * (0.1 + 1.8 * random()));
	return { time, limiter, traffic, random };
}

describe('the limit', () => {
	it('of 500 in any 10 s is never exceeded, wherever the server counts a request', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.integer(),
				fc.constantFrom(0.2, 5, 60, 400, 2500),
				fc.array(fc.record({ requests: fc.nat(500), delayMs: fc.nat(15_000) }), {
					minLength: 1,
					maxLength: 4,
				}),
				async (seed, latencyMs, sweeps) => {
					const { time, traffic, random } = trafficOf(latencyMs, seed);
					const all = sweeps.map(async ({ requests, delayMs }, i) => {
						await time.sleep(delayMs + random());
						return await traffic.sweep(`sweep ${i}`, requests);
					});
					await time.until(Promise.all(all));
					expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
					expect(traffic.mostInFlight).toBeLessThanOrEqual(60);
					expect(time.pendingSleeps).toBe(0);
				},
			),
			{ numRuns: 25 },
		);
	});

	it('is used in full: 2,000 requests take about 40 s', async () => {
		const { time, traffic } = trafficOf(40);
		const startedAt = time.exactly;
		const sent = await time.until(traffic.sweep('sweep', 2000));
		expect(sent).toHaveLength(2000);
		const seconds = (time.exactly - startedAt) / 1000;
		expect(seconds).toBeGreaterThan(30);
		expect((sent.length / seconds) * 10).toBeGreaterThanOrEqual(0.95 * 500);
	});

	it('lets the first requests go at once', async () => {
		const { time, traffic } = trafficOf(50);
		await time.until(traffic.sweep('sweep', 400));
		expect(time.exactly).toBeLessThan(1_001_000);
	});

	it('counts requests that fail, and each one once', async () => {
		const time = new ManualTime();
		const limiter = new RateLimiter(time);
		for (let i = 0; i < 500; i++) {
			const permit = await time.until(limiter.acquire({ lane: `n${i}`, limit: 500 }));
			permit.release();
			permit.release();
		}
		const before = time.exactly;
		await time.until(limiter.acquire({ lane: 'next', limit: 500 }));
		expect(time.exactly - before).toBeGreaterThanOrEqual(9999);
	});
});

describe('a lower limit in the settings', () => {
	test.each([1, 2, 7, 30, 100, 250])(
		'of %d in any 10 s is never exceeded, and used',
		async (limit) => {
			const { time, traffic } = trafficOf(20);
			const requests = 3 * limit;
			const startedAt = time.exactly;
			await time.until(traffic.sweep('sweep', requests, { limit }));
			expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(limit);
			expect(time.exactly - startedAt).toBeLessThan(32_000);
		},
	);

	it('counts for all who ask at the same time', async () => {
		const { time, traffic } = trafficOf(20);
		void traffic.sweep('high', 3000);
		await time.advance(15_000);
		const from = time.exactly;
		const low = await time.until(traffic.sweep('low', 100, { limit: 50 }));
		const until = Math.max(...low.map(({ startedAt }) => startedAt));
		const between = traffic.sent.filter(({ startedAt }) => startedAt > from && startedAt < until);
		expect(between.length).toBeLessThanOrEqual(50 * Math.ceil((until - from) / 10_000));
	});

	it('no longer counts when its execution is through', async () => {
		const { time, traffic } = trafficOf(20);
		await time.until(traffic.sweep('low', 10, { limit: 10 }));
		await time.advance(20_000);
		const startedAt = time.exactly;
		await time.until(traffic.sweep('high', 400));
		expect(time.exactly - startedAt).toBeLessThan(1000);
	});

	it('of more than 500 is one of 500', async () => {
		const { time, traffic } = trafficOf(20);
		await time.until(traffic.sweep('a', 800, { limit: Number.POSITIVE_INFINITY }));
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});

	test.each([0, -5, Number.NaN])('that makes no sense (%d) is one of 1', async (limit) => {
		const { time, traffic } = trafficOf(20);
		await time.until(traffic.sweep('a', 4, { limit }));
		expect(traffic.mostInAnyWindow()).toBe(1);
	});
});

describe('the requests in flight', () => {
	it('are 60 at the most, of all executions together', async () => {
		const { time, traffic } = trafficOf(3000);
		const lanes = ['a', 'b', 'c'].map((lane) => traffic.sweep(lane, 150));
		await time.until(Promise.all(lanes));
		expect(traffic.mostInFlight).toBeLessThanOrEqual(60);
		expect(traffic.mostInFlight).toBeGreaterThanOrEqual(50);
	});

	it('of a sweep leave places to others', async () => {
		const { time, traffic } = trafficOf(8000);
		void traffic.sweep('sweep', 300);
		await time.advance(5000);
		expect(traffic.inFlight).toBeLessThanOrEqual(50);
		const others = Array.from({ length: 10 }, (_, i) => traffic.request({ lane: `n${i}` }));
		await settle();
		expect(traffic.inFlight).toBeGreaterThanOrEqual(50);
		const sent = await time.until(Promise.all(others));
		expect(sent.every(({ askedAt, startedAt }) => askedAt === startedAt)).toBe(true);
	});

	it('are no more where an answer is told twice', async () => {
		const { time, limiter, traffic } = trafficOf(1000);
		for (let i = 0; i < 5; i++) {
			const permit = await limiter.acquire({ lane: `n${i}`, limit: 500 });
			permit.release();
			permit.release();
		}
		await time.until(Promise.all(['a', 'b'].map((lane) => traffic.sweep(lane, 40))));
		expect(traffic.mostInFlight).toBeLessThanOrEqual(60);
	});

	it('make room as soon as an answer comes', async () => {
		const time = new ManualTime();
		const limiter = new RateLimiter(time);
		const permits = [];
		for (let i = 0; i < 60; i++) {
			permits.push(await limiter.acquire({ lane: `n${i}`, limit: 500 }));
		}
		let isThrough = false;
		void limiter.acquire({ lane: 'next', limit: 500 }).then(() => (isThrough = true));
		await time.advance(60_000);
		expect(isThrough).toBe(false);
		permits[0]?.release();
		await settle();
		expect(isThrough).toBe(true);
	});
});
