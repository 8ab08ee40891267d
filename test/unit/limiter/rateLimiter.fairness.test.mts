import { describe, expect, it, test } from '@jest/globals';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { ManualTime } from '../helpers/manualTime.mts';
import { longestWait, seededRandom, Traffic } from '../helpers/traffic.mts';

function trafficOf(latencyMs: number, seed = 1) {
	const time = new ManualTime();
	const random = seededRandom(seed);
	const latency = () => latencyMs * (0.5 + random());
	const traffic = new Traffic(time, new RateLimiter(time), latency);
	return { time, traffic };
}

/** So far apart that the newcomers of one moment are forgotten at the next, and not a whole window. */
const STEP_MS = 10_730;

describe('beside a sweep of 5,000', () => {
	test.each([
		[1, 5],
		[1, 200],
		[5, 5],
		[5, 200],
	])(
		'%d newcomers together wait 1 s at the most, at any moment, with answers after %d ms',
		async (newcomers, latencyMs) => {
			for (const beginning of [20, 8200]) {
				const { time, traffic } = trafficOf(latencyMs, beginning);
				void traffic.sweep('sweep', 5000);
				await time.advance(beginning);
				for (let i = 0; i < 8; i++) {
					const moment = time.exactly;
					const others = Array.from({ length: newcomers }, (_, n) =>
						traffic.request({ lane: `newcomer ${n} of ${i}` }),
					);
					const wait = longestWait(await time.until(Promise.all(others)));
					expect({ moment, isSoon: wait <= 1000 }).toEqual({ moment, isSoon: true });
					await time.advanceTo(moment + STEP_MS);
				}
				expect(traffic.sent.filter(({ lane }) => lane === 'sweep').length).toBeLessThan(5000);
			}
		},
	);

	test.each([5, 200])(
		'newcomers that go on coming wait 1 s at the most, with answers after %d ms',
		async (latencyMs) => {
			const { time, traffic } = trafficOf(latencyMs);
			void traffic.sweep('sweep', 5000);
			const others = [];
			for (let i = 0; i < 40; i++) {
				others.push(traffic.request({ lane: `n${i}` }));
				await time.advance(700);
			}
			expect(longestWait(await time.until(Promise.all(others)))).toBeLessThanOrEqual(1000);
		},
	);

	it('20 newcomers together wait 0.5 s at the most', async () => {
		const { time, traffic } = trafficOf(50);
		void traffic.sweep('sweep', 5000);
		await time.advance(25_000);
		const others = Array.from({ length: 20 }, (_, i) => traffic.request({ lane: `n${i}` }));
		expect(longestWait(await time.until(Promise.all(others)))).toBeLessThanOrEqual(500);
	});

	// The sweep has taken 484 places in the first second. The 16 that it leaves last 5 s, and the first place
	// comes back after 10 s.
	it('one newcomer every 0.3 s waits 5 s at the most', async () => {
		const { time, traffic } = trafficOf(50);
		void traffic.sweep('sweep', 5000);
		const others = [];
		for (let i = 0; i < 100; i++) {
			others.push(traffic.request({ lane: `n${i}` }));
			await time.advance(300);
		}
		expect(longestWait(await time.until(Promise.all(others)))).toBeLessThanOrEqual(5000);
	});

	it('a small batch of requests is through within the second', async () => {
		const { time, traffic } = trafficOf(50);
		void traffic.sweep('sweep', 5000);
		await time.advance(15_000);
		const sent = await time.until(traffic.sweep('small', 5));
		expect(longestWait(sent)).toBeLessThanOrEqual(1000);
	});
});

describe('beside a loop that sends thousands one after the other', () => {
	test.each([5, 15])(
		'a newcomer waits 1 s at the most, with answers after %d ms',
		async (latencyMs) => {
			const { time, traffic } = trafficOf(latencyMs);
			void traffic.sequence('loop', 5000);
			for (let i = 0; i < 20; i++) {
				await time.advance(970);
				const sent = await time.until(traffic.request({ lane: `n${i}` }));
				expect(longestWait([sent])).toBeLessThanOrEqual(1000);
			}
		},
	);
});

describe('several sweeps', () => {
	it('that begin together stay equally far', async () => {
		const { time, traffic } = trafficOf(50);
		for (const lane of ['a', 'b', 'c']) void traffic.sweep(lane, 1000);
		for (let second = 1; second <= 25; second++) {
			await time.advance(1000);
			const done = ['a', 'b', 'c'].map(
				(lane) => traffic.sent.filter((sent) => sent.lane === lane).length,
			);
			// The first one begins alone, until all places in flight are taken.
			expect(Math.max(...done) - Math.min(...done)).toBeLessThanOrEqual(64);
		}
	});

	it('share what is left from when the second begins', async () => {
		const { time, traffic } = trafficOf(50);
		void traffic.sweep('first', 3000);
		await time.advance(15_000);
		void traffic.sweep('second', 3000);
		const before = traffic.sent.length;
		await time.advance(20_000);
		const since = traffic.sent.slice(before);
		const second = since.filter(({ lane }) => lane === 'second').length;
		expect(since.length).toBeGreaterThan(900);
		expect(second / since.length).toBeGreaterThan(0.45);
		expect(second / since.length).toBeLessThan(0.55);
	});

	it('do not slow each other down if one is far smaller', async () => {
		const { time, traffic } = trafficOf(50);
		const large = traffic.sweep('large', 2000);
		await time.advance(9900);
		const small = await time.until(traffic.sweep('small', 100));
		expect(longestWait(small)).toBeLessThanOrEqual(10_500);
		await time.until(large);
		expect(time.exactly - 1_000_000).toBeLessThan(45_000);
	});

	it('send in the order in which they asked, each for itself', async () => {
		const time = new ManualTime();
		const limiter = new RateLimiter(time);
		const order: number[] = [];
		const all = Array.from({ length: 600 }, async (_, i) => {
			const permit = await limiter.acquire({ lane: 'a' });
			order.push(i);
			await time.sleep(10);
			permit.release();
		});
		await time.until(Promise.all(all));
		expect(order).toEqual(all.map((_, i) => i));
	});
});
