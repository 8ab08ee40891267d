/** Truto's limit for one API token (*Rate limit* in its API docs). */
export const TRUTO_LIMIT = { requests: 500, windowMs: 10_000 };

/**
 * All that was tuned. `npm run bench:limiter` repeats the measurements behind it in virtual time, and
 * `npm run bench:limiter -- --set KEPT_MS=30000` shows what another value does.
 */
export const TUNING = {
	/**
	 * Places of the window, and requests in flight, that a sweep leaves to other executions. With 16, five
	 * newcomers at once never wait a second, whatever a sweep of 5,000 does.
	 */
	RESERVE: 16,
	/** A sweep starts with this many in flight: 50 runs then take one round trip, 0.22 s at 150 ms. */
	FIRST_IN_FLIGHT: 64,
	/** The most in flight: 480 runs take 0.75 s at 150 ms. */
	MOST_IN_FLIGHT: 128,
	/**
	 * After a 429. Fewer than at the start, because other processes start again at the same moment, and what
	 * is in flight when the window is full is refused.
	 */
	IN_FLIGHT_AFTER_429: 16,
	/** Used places come back this much faster than the limit asks for, so that a sweep can catch up. */
	PACE: 1.2,
	/**
	 * How long a share is kept before more is tried. If others are still there, trying costs 10 s: with 60 s, two
	 * processes that start together take up to 1.18 x what the limit allows, with 90 s 1.07 x. But if the other
	 * one is done, the longer it is, the longer this one stays slow: 20 s apart it is 1.29 x and 1.42 x.
	 */
	KEPT_MS: 90_000,
};
