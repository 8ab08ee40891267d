import type { RateLimiter } from '../../../lib/limiter/rateLimiter';
import type { ManualTime } from './manualTime.mts';

const WINDOW_MS = 10_000;

export interface ServerLimit {
	/** Requests in a window. */
	requests: number;
	/** Any 10 s, or those from each full 10 s of the clock on. */
	window: 'sliding' | 'fixed';
}

/**
 * A server that takes so many requests in a window, and answers the rest with 429. A rejected request
 * counts too: docs do not say, and this is the harder case.
 */
export class LimitedServer {
	accepted = 0;

	rejected = 0;

	/** When the requests of this window were counted. */
	private counted: number[] = [];

	constructor(
		private readonly time: ManualTime,
		private readonly limit: ServerLimit,
	) {}

	/** Whether the request is taken. */
	take(): boolean {
		const now = this.time.exactly;
		const isFixed = this.limit.window === 'fixed';
		const from = isFixed ? Math.floor(now / WINDOW_MS) * WINDOW_MS : now - WINDOW_MS + 1e-6;
		this.counted = this.counted.filter((at) => at >= from);
		const isTaken = this.counted.length < this.limit.requests;
		this.counted.push(now);
		if (isTaken) this.accepted++;
		else this.rejected++;
		return isTaken;
	}
}

/** What Truto always says. */
const RETRY_AFTER_MS = 10_000;

/**
 * Sends one request like the node does, again after each 429, and counts the tries it took.
 *
 * @throws after `maxRetries` retries; with the default settings, pauses may add up to 5 minutes
 */
export async function sendPatiently(
	{ time, limiter, server }: { time: ManualTime; limiter: RateLimiter; server: LimitedServer },
	lane: string,
	latency: () => number,
	maxRetries = 30,
): Promise<number> {
	for (let tries = 1; ; tries++) {
		const permit = await limiter.acquire({ lane, goesFirst: tries > 1 });
		const ms = latency();
		await time.sleep(ms / 2);
		const isTaken = server.take();
		await time.sleep(ms / 2);
		if (!isTaken) permit.limited(RETRY_AFTER_MS);
		permit.release();
		if (isTaken) return tries;
		if (tries > maxRetries) throw new Error(`Given up after ${tries} tries`);
		await time.sleep(RETRY_AFTER_MS);
	}
}
