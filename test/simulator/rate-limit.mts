import type { Clock } from './clock.mts';
import type { Dialect } from './dialect.mts';

export interface RateLimitRule {
	requests: number;
	windowMs: number;
}

/** The seconds that `Retry-After` of a 429 says, however soon a place in the window becomes free. */
export const RETRY_AFTER_SECONDS = 10;

interface Ring {
	times: Float64Array;
	next: number;
	used: number;
}

/** The requests in one of the windows that follow on each other. */
interface FixedWindow {
	startedAt: number;
	used: number;
}

/**
 * Truto's limit of requests per token. The dialect says whether the window slides.
 *
 * In a window that slides, rejected requests count: a client that keeps asking stays outside, and one that
 * is silent for `Retry-After` gets through.
 */
export class RateLimiter {
	rule: RateLimitRule | false;
	private readonly clock: Clock;
	private readonly dialect: Dialect;
	private rings = new Map<string, Ring>();
	private fixed = new Map<string, FixedWindow>();

	constructor(rule: RateLimitRule | false, clock: Clock, dialect: Dialect) {
		this.rule = rule;
		this.clock = clock;
		this.dialect = dialect;
	}

	/** Counts a request of the token; false when it is over the limit, and then it counts all the same. */
	admit(token: string): boolean {
		if (!this.rule) return true;
		if (this.dialect.rateLimitWindow === 'fixed') return this.admitFixed(token, this.rule);
		return this.admitSliding(token, this.rule);
	}

	private admitFixed(token: string, { requests, windowMs }: RateLimitRule): boolean {
		const startedAt = Math.floor(this.clock.now() / windowMs) * windowMs;
		const known = this.fixed.get(token);
		const window = known?.startedAt === startedAt ? known : { startedAt, used: 0 };
		this.fixed.set(token, window);
		window.used++;
		return window.used <= requests;
	}

	private admitSliding(token: string, { requests, windowMs }: RateLimitRule): boolean {
		if (requests < 1) return false;
		let ring = this.rings.get(token);
		if (ring?.times.length !== requests) {
			ring = { times: new Float64Array(requests), next: 0, used: 0 };
			this.rings.set(token, ring);
		}
		const now = this.clock.now();
		// The slot to be overwritten holds the request that lies `requests` requests back.
		const oldest = ring.times[ring.next] ?? 0;
		const full = ring.used === requests && now - oldest < windowMs;
		ring.times[ring.next] = now;
		ring.next = (ring.next + 1) % requests;
		ring.used = Math.min(ring.used + 1, requests);
		return !full;
	}

	/** Forgets the requests counted so far. */
	reset(): void {
		this.rings = new Map();
		this.fixed = new Map();
	}
}
