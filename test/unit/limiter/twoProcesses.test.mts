import { describe, expect, test } from '@jest/globals';

import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { LimitedServer, sendPatiently } from '../helpers/limitedServer.mts';
import { ManualTime } from '../helpers/manualTime.mts';
import { seededRandom } from '../helpers/traffic.mts';

interface Sweeps {
	processes: number;
	requests: number;
	latencyMs: number;
}

/** Processes that share a token but don't know of each other, each with a sweep. */
async function sweepTogether({ processes, requests, latencyMs }: Sweeps) {
	const time = new ManualTime();
	const server = new LimitedServer(time, 500);
	const random = seededRandom(latencyMs);
	const latency = () => latencyMs * (0.5 + random());
	const startedAt = time.exactly;
	const sweeps = Array.from({ length: processes }, () => {
		const limiter = new RateLimiter(time);
		const one = async () => await sendPatiently({ time, limiter, server }, 'sweep', latency);
		return Array.from({ length: requests }, one);
	});
	const tries = await time.until(Promise.all(sweeps.flat()));
	const seconds = (time.exactly - startedAt) / 1000;
	return { tries, server, throughput: (tries.length / seconds) * 10 };
}

describe('processes with one token', () => {
	test.each([
		{ processes: 2, requests: 1000, latencyMs: 20 },
		{ processes: 2, requests: 2000, latencyMs: 150 },
		{ processes: 3, requests: 1000, latencyMs: 150 },
		{ processes: 4, requests: 700, latencyMs: 400 },
	])(
		'get all through, few twice: $processes with $requests each, answers after $latencyMs ms',
		async (sweeps) => {
			const { tries, server, throughput } = await sweepTogether(sweeps);
			expect(server.accepted).toBe(sweeps.processes * sweeps.requests);
			// No request needs more than one or two of its five retries.
			expect(Math.max(...tries)).toBeLessThanOrEqual(3);
			expect(server.rejected).toBeLessThan(0.2 * server.accepted);
			expect(throughput).toBeGreaterThan(0.6 * 500);
		},
	);

	test('get no 429 at all where there is only one', async () => {
		const { server } = await sweepTogether({ processes: 1, requests: 1500, latencyMs: 1 });
		expect(server.rejected).toBe(0);
	});
});
