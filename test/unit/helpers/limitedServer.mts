import type { Failure } from '../../../lib/api/failure';
import type { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { retryDelayMs } from '../../../lib/api/retries';
import type { ManualTime } from './manualTime.mts';

/** A server that takes so many requests in any window of 10 s, and answers the rest with 429. */
export class LimitedServer {
	rejected = 0;

	/** When the requests of the last window were counted. */
	private counted: number[] = [];

	constructor(
		private readonly time: ManualTime,
		private readonly requestsPerWindow: number,
	) {}

	get accepted(): number {
		return this.total;
	}

	private total = 0;

	/** Whether the request is taken. */
	take(): boolean {
		const now = this.time.exactly;
		const isOver = this.counted.length >= this.requestsPerWindow;
		const oldest = this.counted[this.counted.length - this.requestsPerWindow] ?? 0;
		if (isOver && oldest > now - 10_000) {
			this.rejected++;
			return false;
		}
		this.counted.push(now);
		if (this.counted.length > 2 * this.requestsPerWindow) {
			this.counted = this.counted.slice(-this.requestsPerWindow);
		}
		this.total++;
		return true;
	}
}

/** What Truto answers to a request over the limit. */
export const TOO_MANY: Failure = {
	kind: 'status',
	status: 429,
	said: 'Too Many Requests',
	remote: false,
	retryAfterMs: 10_000,
};

/** Sends one request like the node does, again after each 429, and counts the tries it took. */
export async function sendPatiently(
	{ time, limiter, server }: { time: ManualTime; limiter: RateLimiter; server: LimitedServer },
	lane: string,
	latency: () => number,
	maxRetries = 5,
): Promise<number> {
	for (let tries = 1; ; tries++) {
		const permit = await limiter.acquire({ lane, limit: 500, isRetry: tries > 1 });
		const ms = latency();
		await time.sleep(ms / 2);
		const isTaken = server.take();
		await time.sleep(ms / 2);
		if (!isTaken) permit.limited(10_000);
		permit.release();
		if (isTaken) return tries;
		const delay = retryDelayMs({ method: 'GET', failure: TOO_MANY, tries, maxRetries }, 0.5);
		if (delay === undefined) throw new Error(`Given up after ${tries} tries`);
		await time.sleep(delay);
	}
}
