import { createHash } from 'crypto';
import { sleep } from 'n8n-workflow';

import type { LimiterTime } from './limiterTime';
import { RateLimiter } from './rateLimiter';

/** One limiter for each base URL and token in use, shared by all nodes and executions of the process. */
const limiters = new Map<string, RateLimiter>();

const time: LimiterTime = {
	now: () => performance.now(),
	wallClock: () => Date.now(),
	sleep,
};

/**
 * The limiter of a credential. It keeps only a hash of the credential, and only as long as the limiter is
 * in use, so that memory doesn't grow with the number of tokens.
 */
export function limiterFor(baseUrl: string, apiToken: string): RateLimiter {
	const key = createHash('sha256').update(`${baseUrl}\n${apiToken}`).digest('base64');
	const known = limiters.get(key);
	if (known) return known;
	for (const [otherKey, limiter] of limiters) {
		if (limiter.isIdle()) limiters.delete(otherKey);
	}
	const limiter = new RateLimiter(time);
	limiters.set(key, limiter);
	return limiter;
}
