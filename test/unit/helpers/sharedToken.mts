import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { LimitedServer, sendPatiently, type ServerLimit } from './limitedServer.mts';
import { ManualTime } from './manualTime.mts';
import { seededRandom } from './traffic.mts';

/** Processes that share a token but don't know of each other, each with a sweep. */
export interface SharedToken {
	limit: ServerLimit;
	processes: number;
	/** How long after the one before it a process starts. */
	apartMs: number;
	/** An answer takes half to one and a half times as long. */
	latencyMs: number;
	/** Of each process. */
	requests: number;
	seed?: number;
}

/** What came of it. */
export interface Shared {
	/** From the start of the first process to the end of the last. */
	seconds: number;
	/** The same as a multiple of what the limit allows. */
	times: number;
	/** 429 responses, in percent of the requests that had to get through. */
	refusedPercent: number;
	slowestToFastest: number;
	/** The most tries of a request. */
	tries: number;
}

const WINDOW_MS = 10_000;

/** Simulates it in virtual time. @throws if the node would give up, which is after pauses of 5 minutes */
export async function shareToken(shared: SharedToken): Promise<Shared> {
	const { limit, processes, apartMs, latencyMs, requests, seed = 1 } = shared;
	const random = seededRandom(seed * 7919 + 13);
	// Where a fixed window begins is up to the server.
	const time = new ManualTime(1_000_000 + WINDOW_MS * random());
	const server = new LimitedServer(time, limit);
	const latency = () => latencyMs * (0.5 + random());
	const startedAt = time.exactly;
	const sweeps = Array.from({ length: processes }, async (_, process) => {
		await time.sleep(apartMs * process);
		const from = time.exactly;
		const limiter = new RateLimiter(time);
		const one = async () => await sendPatiently({ time, limiter, server }, 'sweep', latency);
		const tries = await Promise.all(Array.from({ length: requests }, one));
		return { tries: Math.max(...tries), tookMs: time.exactly - from };
	});
	const ends = await time.until(Promise.all(sweeps));
	const took = ends.map(({ tookMs }) => tookMs);
	const total = processes * requests;
	const tookMs = time.exactly - startedAt;
	return {
		seconds: tookMs / 1000,
		times: tookMs / ((total / limit.requests) * WINDOW_MS),
		refusedPercent: (100 * server.rejected) / total,
		slowestToFastest: Math.max(...took) / Math.min(...took),
		tries: Math.max(...ends.map(({ tries }) => tries)),
	};
}
