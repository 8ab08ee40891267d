import { LONGEST_PAUSE_MS } from '../limiter/pausedTooLong';
import type { Failure } from './answer';

/** A failed request, as the retry policy needs to know it. */
export interface Attempt {
	method: string;
	failure: Failure;
	/** How many tries were made so far, this one included. */
	tries: number;
	maxRetries: number;
}

/** Network errors that are over by the next try: a broken or timed-out connection, a busy resolver. */
const PASSING = new Set([
	'ECONNRESET',
	'ECONNABORTED',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
	'EPIPE',
	'EAI_AGAIN',
	'ERR_BAD_RESPONSE',
	'ERR_NETWORK',
]);

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
const DEFAULT_RETRY_AFTER_MS = 10_000;

/**
 * How long to wait before the next try, in milliseconds; undefined where no further try may be made.
 *
 * The rules are Truto's (*Retry* in its API docs): 429 after `Retry-After`, 502, 504 and its own 5xx;
 * never a blocked account (503), a third party's error or a 4xx. A POST is only sent again after a
 * 429: Truto took no other one for sure not.
 *
 * @param random 0 up to 1: jitter keeps items that failed together from coming back together
 */
export function retryDelayMs(attempt: Attempt, random: number): number | undefined {
	const { failure, tries, maxRetries } = attempt;
	// This way round, no tries are left either where an expression gave NaN.
	if (!(tries <= maxRetries)) return undefined;
	if (isRateLimited(failure)) return rateLimitPauseMs(failure);
	if (!isSafeToRepeat(attempt.method) || !isPassing(failure)) return undefined;
	const backoff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (tries - 1));
	const asked = failure.kind === 'status' ? (failure.retryAfterMs ?? 0) : 0;
	if (asked > LONGEST_PAUSE_MS) return undefined;
	return Math.max(asked, backoff * (0.5 + random / 2));
}

/** An answer 429. */
export type RateLimited = Extract<Failure, { kind: 'status' }> & { status: 429 };

export function isRateLimited(failure: Failure): failure is RateLimited {
	return failure.kind === 'status' && failure.status === 429;
}

/** How long a 429 asks to wait, in milliseconds. */
export function askedPauseMs(failure: RateLimited): number {
	return failure.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS;
}

/** The same; undefined where that is too long to wait for. */
export function rateLimitPauseMs(failure: RateLimited): number | undefined {
	const wait = askedPauseMs(failure);
	return wait > LONGEST_PAUSE_MS ? undefined : wait;
}

function isSafeToRepeat(method: string): boolean {
	return method === 'GET' || method === 'DELETE';
}

/** Whether a failure is likely to be over soon. */
export function isPassing(failure: Failure): boolean {
	switch (failure.kind) {
		case 'network':
			return PASSING.has(failure.code);
		case 'body':
			return failure.cut;
		case 'status':
			if (failure.status === 502 || failure.status === 504) return true;
			return failure.status >= 500 && failure.status !== 503 && !failure.remote;
	}
}
