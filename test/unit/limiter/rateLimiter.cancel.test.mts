import { getEventListeners } from 'node:events';

import { describe, expect, it } from '@jest/globals';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { ManualTime, settle } from '../helpers/manualTime.mts';
import { Traffic } from '../helpers/traffic.mts';

function setUp(latencyMs = 50) {
	const time = new ManualTime();
	const limiter = new RateLimiter(time);
	const traffic = new Traffic(time, limiter, () => latencyMs);
	return { time, limiter, traffic };
}

const CANCELLED = new Error('The execution was cancelled');

/** The number of requests that ended with this reason. */
async function rejectedWith(reason: Error, requests: Promise<unknown>[]): Promise<number> {
	const ends = await Promise.allSettled(requests);
	return ends.filter((end) => end.status === 'rejected' && end.reason === reason).length;
}

describe('an execution that is cancelled', () => {
	it('stops waiting, with the reason, and leaves nothing behind', async () => {
		const { time, limiter, traffic } = setUp();
		const abort = new AbortController();
		const applicant = { lane: 'a', signal: abort.signal };
		const requests = Array.from({ length: 700 }, () => traffic.request(applicant));
		const rejected = rejectedWith(CANCELLED, requests);
		await time.advance(5000);
		const sentBefore = traffic.sent.length;
		expect(time.pendingSleeps - traffic.inFlight).toBe(1);

		abort.abort(CANCELLED);
		expect(await time.until(rejected)).toBe(700 - sentBefore);
		expect(time.pendingSleeps).toBe(traffic.inFlight);
		expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
		await time.advance(30_000);
		expect(traffic.sent).toHaveLength(sentBefore);
		expect(limiter.isIdle()).toBe(true);
	});

	it('keeps the places of requests that are on the way, until their answers come', async () => {
		const { time, limiter, traffic } = setUp(2000);
		const abort = new AbortController();
		const applicant = { lane: 'a', signal: abort.signal };
		const requests = Array.from({ length: 100 }, () => traffic.request(applicant));
		const rejected = rejectedWith(CANCELLED, requests);
		await settle();
		const open = traffic.inFlight;
		abort.abort(CANCELLED);
		await settle();
		expect(traffic.inFlight).toBe(open);
		await time.advance(11_900);
		expect(await time.until(rejected)).toBe(100 - open);
		expect(limiter.isIdle()).toBe(false);
		await time.advance(2000);
		expect(limiter.isIdle()).toBe(true);
	});

	it('does not disturb others', async () => {
		const { time, traffic } = setUp();
		const abort = new AbortController();
		const cancelled = Array.from({ length: 600 }, () =>
			traffic.request({ lane: 'a', signal: abort.signal }),
		);
		const rejected = rejectedWith(CANCELLED, cancelled);
		const other = traffic.sweep('b', 600, { signal: new AbortController().signal });
		await time.advance(2000);
		abort.abort(CANCELLED);
		expect(await time.until(rejected)).toBeGreaterThan(200);
		expect(await time.until(other)).toHaveLength(600);
	});

	it('is the only one of its lane that ends', async () => {
		const { time, traffic } = setUp();
		const [first, second] = [new AbortController(), new AbortController()];
		const cancelled = Array.from({ length: 600 }, () =>
			traffic.request({ lane: 'shared', signal: first.signal }),
		);
		const others = [
			...Array.from({ length: 600 }, () =>
				traffic.request({ lane: 'shared', signal: second.signal }),
			),
			traffic.request({ lane: 'shared' }),
		];
		const rejected = rejectedWith(CANCELLED, cancelled);
		await time.advance(1000);
		first.abort(CANCELLED);
		expect(await time.until(rejected)).toBeGreaterThan(100);
		expect(getEventListeners(first.signal, 'abort')).toHaveLength(0);
		expect(getEventListeners(second.signal, 'abort')).toHaveLength(1);
		expect(await time.until(Promise.all(others))).toHaveLength(601);
		expect(getEventListeners(second.signal, 'abort')).toHaveLength(0);
	});

	it('ends in all its lanes, and leaves none behind', async () => {
		const { time, limiter } = setUp();
		const abort = new AbortController();
		const { signal } = abort;
		const permits = [];
		for (let i = 0; i < 144; i++) permits.push(await limiter.acquire({ lane: `n${i}` }));
		const waits = ['a', 'b', 'c'].map((lane) => limiter.acquire({ lane, signal }));
		await settle();
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		abort.abort(CANCELLED);
		expect(await time.until(rejectedWith(CANCELLED, waits))).toBe(3);
		for (const permit of permits) permit.release();
		await time.advance(30_000);
		expect(limiter.isIdle()).toBe(true);
	});

	it('is refused at once if it asks again', async () => {
		const { time, limiter } = setUp();
		const signal = AbortSignal.abort(CANCELLED);
		await expect(limiter.acquire({ lane: 'a', signal })).rejects.toBe(CANCELLED);
		expect(limiter.isIdle()).toBe(true);
		expect(time.pendingSleeps).toBe(0);
	});
});

describe('what the limiter holds', () => {
	it('is one listener per execution, however many of its requests wait', async () => {
		const { time, traffic } = setUp();
		const { signal } = new AbortController();
		const sweep = traffic.sweep('a', 1200, { signal });
		await time.advance(3000);
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		await time.until(sweep);
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});

	it('is one timer at the most while requests wait, and none while none do', async () => {
		const { time, traffic } = setUp();
		const sweep = traffic.sweep('a', 1200);
		for (let i = 0; i < 100; i++) {
			await time.advance(130);
			expect(time.pendingSleeps - traffic.inFlight).toBeLessThanOrEqual(1);
		}
		await time.until(sweep);
		expect(time.pendingSleeps).toBe(0);
		const few = traffic.sweep('b', 3);
		await settle();
		expect(time.pendingSleeps).toBe(3);
		await time.until(few);
	});

	it('is one timer also where an answer comes in the moment in which a place is due', async () => {
		const time = new ManualTime();
		const latencies = [100, 10_100, 100];
		const traffic = new Traffic(time, new RateLimiter(time), () => latencies.shift() ?? 100);
		const sweep = traffic.sweep('a', 6, { limit: 3 });
		await time.advance(10_100);
		expect(traffic.sent).toHaveLength(4);
		expect(time.pendingSleeps - traffic.inFlight).toBe(1);
		await time.until(sweep);
		expect(time.pendingSleeps).toBe(0);
	});

	it('is nothing once all places are free again', async () => {
		const { time, limiter, traffic } = setUp();
		expect(limiter.isIdle()).toBe(true);
		const lanes = Array.from({ length: 60 }, (_, i) => traffic.request({ lane: `n${i}` }));
		await settle();
		expect(limiter.isIdle()).toBe(false);
		await time.until(Promise.all(lanes));
		expect(limiter.isIdle()).toBe(false);
		await time.advance(9000);
		expect(limiter.isIdle()).toBe(false);
		await time.advance(2000);
		expect(limiter.isIdle()).toBe(true);
	});
});
