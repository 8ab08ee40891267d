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
					expect(traffic.mostInFlight).toBeLessThanOrEqual(144);
					expect(time.pendingSleeps).toBe(0);
				},
			),
			{ numRuns: 25 },
		);
	});

	it('is used in full: 2,000 requests take 41.4 s', async () => {
		const { time, traffic } = trafficOf(20);
		const startedAt = time.exactly;
		const sent = await time.until(traffic.sweep('sweep', 2000));
		expect(sent).toHaveLength(2000);
		expect(time.exactly - startedAt).toBeLessThanOrEqual(41_400);
	});

	test.each([
		[50, 400],
		[200, 700],
		[480, 1000],
	])('lets a sweep of %d through within %d ms at 150 ms', async (requests, ms) => {
		const { time, traffic } = trafficOf(150);
		await time.until(traffic.sweep('sweep', requests));
		expect(time.exactly - 1_000_000).toBeLessThanOrEqual(ms);
	});

	it('is spread over the window once a sweep has begun', async () => {
		const { time, traffic } = trafficOf(50);
		void traffic.sweep('sweep', 5000);
		await time.advance(12_000);
		for (let second = 0; second < 30; second++) {
			const before = traffic.sent.length;
			await time.advance(1000);
			expect(traffic.sent.length - before).toBeLessThanOrEqual(61);
		}
	});

	it('counts requests that fail, and each one once', async () => {
		const time = new ManualTime();
		const limiter = new RateLimiter(time);
		for (let i = 0; i < 500; i++) {
			const permit = await time.until(limiter.acquire({ lane: `n${i}` }));
			permit.release();
			permit.release();
		}
		const before = time.exactly;
		await time.until(limiter.acquire({ lane: 'next' }));
		expect(time.exactly - before).toBe(10_000);
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

	it('slows its own lane alone', async () => {
		const { time, traffic } = trafficOf(20);
		void traffic.sweep('high', 3000);
		const low = await time.until(traffic.sweep('low', 100, { limit: 20 }));
		const until = Math.max(...low.map(({ startedAt }) => startedAt));
		expect(until - 1_000_000).toBeGreaterThanOrEqual(40_000);
		// Its places come back between those of the other lane, one by one: that costs up to 0.8 s in each window.
		expect(until - 1_000_000).toBeLessThan(43_500);
		const high = traffic.sent.filter(
			({ lane, startedAt }) => lane === 'high' && startedAt <= until,
		);
		expect(high.length).toBeGreaterThan(1800);
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});

	it('holds up no other lane', async () => {
		const { traffic } = trafficOf(20);
		void traffic.sweep('low', 20, { limit: 1 });
		void traffic.sweep('high', 6);
		await settle();
		expect(traffic.inFlight).toBe(7);
	});

	it('no longer counts when its lane asks with a higher one', async () => {
		const { time, traffic } = trafficOf(20);
		await time.until(traffic.sweep('lane', 10, { limit: 10 }));
		const startedAt = time.exactly;
		await time.until(traffic.sweep('lane', 200));
		expect(time.exactly - startedAt).toBeLessThan(1500);
	});

	test.each([0, -5, 0.5])('that makes no sense (%d) is one of 1', async (limit) => {
		const { time, traffic } = trafficOf(20);
		await time.until(traffic.sweep('a', 4, { limit }));
		expect(traffic.mostInAnyWindow()).toBe(1);
	});

	test.each([Number.NaN, Number.POSITIVE_INFINITY])(
		'that is no number (%d) is the documented one',
		async (limit) => {
			const { time, traffic } = trafficOf(20);
			await time.until(traffic.sweep('a', 800, { limit }));
			expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
			expect(traffic.mostInAnyWindow()).toBeGreaterThan(450);
		},
	);
});

describe('a higher limit in the settings', () => {
	it('raises what all lanes together may send, and no other lane', async () => {
		const { time, traffic } = trafficOf(20);
		void traffic.sweep('high', 4000, { limit: 1000 });
		const other = traffic.sweep('other', 1500);
		await time.until(other);
		const most = traffic.mostInAnyWindow();
		expect(most).toBeLessThanOrEqual(1000);
		expect(most).toBeGreaterThan(900);
		const own = new Traffic(time, new RateLimiter(time), () => 20);
		own.sent.push(...traffic.sent.filter(({ lane }) => lane === 'other'));
		expect(own.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});

	it('no longer counts a window after its last request', async () => {
		const { time, limiter } = trafficOf(20);
		const high = new Traffic(time, limiter, () => 20);
		await time.until(high.sweep('high', 700, { limit: 1000 }));
		await time.advance(10_021);
		const traffic = new Traffic(time, limiter, () => 20);
		await time.until(traffic.sweep('low', 600));
		expect(traffic.mostInAnyWindow()).toBeLessThanOrEqual(500);
	});
});

describe('the requests in flight', () => {
	it('are 144 at the most, of all executions together', async () => {
		const { time, traffic } = trafficOf(3000);
		const lanes = ['a', 'b', 'c'].map((lane) => traffic.sweep(lane, 150));
		await time.until(Promise.all(lanes));
		expect(traffic.mostInFlight).toBeLessThanOrEqual(144);
		expect(traffic.mostInFlight).toBeGreaterThanOrEqual(128);
	});

	it('of a sweep are 64 at first, then one more with each answer, up to 128', async () => {
		const time = new ManualTime();
		const traffic = new Traffic(time, new RateLimiter(time), () => 1000);
		void traffic.sweep('sweep', 1500);
		await settle();
		expect(traffic.inFlight).toBe(64);
		await time.advance(1000);
		expect(traffic.inFlight).toBe(128);
		await time.advance(1000);
		expect(traffic.inFlight).toBe(128);
	});

	it('of a sweep leave places to others', async () => {
		const { time, traffic } = trafficOf(8000);
		void traffic.sweep('sweep', 400);
		await time.advance(15_000);
		expect(traffic.inFlight).toBe(128);
		const others = Array.from({ length: 16 }, (_, i) => traffic.request({ lane: `n${i}` }));
		await settle();
		const sent = await time.until(Promise.all(others));
		expect(sent.every(({ askedAt, startedAt }) => askedAt === startedAt)).toBe(true);
	});

	it('are no more if an answer is told twice', async () => {
		const { time, limiter, traffic } = trafficOf(1000);
		for (let i = 0; i < 5; i++) {
			const permit = await limiter.acquire({ lane: `n${i}` });
			permit.release();
			permit.release();
		}
		const lanes = Array.from({ length: 180 }, (_, i) => traffic.request({ lane: `m${i}` }));
		await time.until(Promise.all(lanes));
		expect(traffic.mostInFlight).toBe(144);
	});

	it('make room as soon as an answer comes', async () => {
		const time = new ManualTime();
		const limiter = new RateLimiter(time);
		const permits = [];
		for (let i = 0; i < 144; i++) {
			permits.push(await limiter.acquire({ lane: `n${i}` }));
		}
		let isThrough = false;
		void limiter.acquire({ lane: 'next' }).then(() => (isThrough = true));
		await time.advance(60_000);
		expect(isThrough).toBe(false);
		permits[0]?.release();
		await settle();
		expect(isThrough).toBe(true);
	});
});
