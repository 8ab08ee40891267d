import { describe, expect, it, test } from '@jest/globals';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { LimitedServer, sendPatiently, type ServerLimit } from '../helpers/limitedServer.mts';
import { ManualTime } from '../helpers/manualTime.mts';
import { seededRandom } from '../helpers/traffic.mts';

interface Sweeps {
	limit: ServerLimit;
	processes: number;
	latencyMs: number;
	seed: number;
	/** The processes start within this time. */
	startsWithinMs?: number;
	requests?: number;
}

/** Processes that share a token but don't know of each other, each with a sweep. */
async function sweepTogether(sweeps: Sweeps) {
	const { limit, processes, latencyMs, seed, startsWithinMs = 0, requests = 2000 } = sweeps;
	const random = seededRandom(seed * 7919 + 13);
	// Where a fixed window begins is up to the server.
	const time = new ManualTime(1_000_000 + 10_000 * random(), random);
	const server = new LimitedServer(time, limit);
	const latency = () => latencyMs * (0.5 + random());
	const startedAt = time.exactly;
	const runs = Array.from({ length: processes }, async (_, process) => {
		if (process > 0) await time.sleep(startsWithinMs * random());
		const from = time.exactly;
		const limiter = new RateLimiter(time);
		const one = async () => await sendPatiently({ time, limiter, server }, 'sweep', latency);
		const tries = await Promise.all(Array.from({ length: requests }, one));
		return { tries: Math.max(...tries), tookMs: time.exactly - from };
	});
	const ends = await time.until(Promise.all(runs));
	const took = ends.map(({ tookMs }) => tookMs);
	const total = processes * requests;
	return {
		accepted: server.accepted,
		/** The time it took, as a multiple of what the limit allows. */
		time: (time.exactly - startedAt) / ((total / limit.requests) * 10_000),
		refusedPercent: (100 * server.rejected) / total,
		slowestToFastest: Math.max(...took) / Math.min(...took),
		tries: Math.max(...ends.map(({ tries }) => tries)),
	};
}

const DOCUMENTED: ServerLimit = { requests: 500, window: 'sliding' };
const LOWER: ServerLimit = { requests: 100, window: 'sliding' };
const FIXED: ServerLimit = { requests: 500, window: 'fixed' };

describe('processes that share a token, each with 2,000 requests', () => {
	test.each([
		{ limit: DOCUMENTED, processes: 2, latencyMs: 20, seed: 1 },
		{ limit: DOCUMENTED, processes: 2, latencyMs: 100, seed: 2 },
		{ limit: DOCUMENTED, processes: 2, latencyMs: 100, seed: 3, startsWithinMs: 1000 },
		{ limit: DOCUMENTED, processes: 4, latencyMs: 20, seed: 4 },
		{ limit: DOCUMENTED, processes: 4, latencyMs: 100, seed: 1 },
		{ limit: DOCUMENTED, processes: 4, latencyMs: 100, seed: 2, startsWithinMs: 1000 },
		{ limit: FIXED, processes: 2, latencyMs: 20, seed: 1 },
		{ limit: FIXED, processes: 2, latencyMs: 100, seed: 2, startsWithinMs: 1000 },
		{ limit: FIXED, processes: 4, latencyMs: 20, seed: 1, startsWithinMs: 1000 },
		{ limit: FIXED, processes: 4, latencyMs: 20, seed: 3, startsWithinMs: 1000 },
		{ limit: LOWER, processes: 1, latencyMs: 100, seed: 1 },
		{ limit: LOWER, processes: 2, latencyMs: 20, seed: 2 },
		{ limit: LOWER, processes: 2, latencyMs: 100, seed: 3, startsWithinMs: 1000 },
		{ limit: LOWER, processes: 4, latencyMs: 20, seed: 4 },
		{ limit: LOWER, processes: 4, latencyMs: 100, seed: 1, startsWithinMs: 1000 },
	])('use it in full, fairly and with few answers 429: %j', async (sweeps) => {
		const result = await sweepTogether(sweeps);
		expect(result.accepted).toBe(sweeps.processes * 2000);
		expect(result.time).toBeLessThanOrEqual(1.15);
		expect(result.refusedPercent).toBeLessThanOrEqual(1);
		expect(result.slowestToFastest).toBeLessThanOrEqual(1.3);
		// Of the five retries.
		expect(result.tries).toBeLessThanOrEqual(3);
	});

	test.each([
		{ limit: DOCUMENTED, processes: 2, latencyMs: 1000, seed: 1 },
		{ limit: DOCUMENTED, processes: 4, latencyMs: 1000, seed: 2 },
		{ limit: FIXED, processes: 4, latencyMs: 100, seed: 1, startsWithinMs: 4000 },
		{ limit: DOCUMENTED, processes: 2, latencyMs: 100, seed: 4, startsWithinMs: 20_000 },
	])('get all through if it is harder: %j', async (sweeps) => {
		const result = await sweepTogether(sweeps);
		expect(result.accepted).toBe(sweeps.processes * 2000);
		expect(result.time).toBeLessThanOrEqual(1.5);
		expect(result.refusedPercent).toBeLessThanOrEqual(4);
		expect(result.slowestToFastest).toBeLessThanOrEqual(1.5);
		expect(result.tries).toBeLessThanOrEqual(5);
	});

	it('get no 429 at all if there is only one', async () => {
		const alone = { limit: DOCUMENTED, processes: 1, latencyMs: 1, seed: 1, requests: 1500 };
		expect((await sweepTogether(alone)).refusedPercent).toBe(0);
	});
});
