import { LONGEST_PAUSE_MS } from '../limiter/pausedTooLong';
import { isRateLimited, type Failure, type StatusFailure } from './failure';
import { networkTrouble } from './networkErrors';

/** A request that failed. */
export interface Attempt {
	method: string;
	failure: Failure;
	/** How many tries failed so far with anything but a 429, this one included. */
	faults: number;
	/** How long it was paused after earlier 429 responses, as {@link countedPauseMs} counts. */
	pausedMs: number;
	maxRetries: number;
}

const FIRST_DELAY_MS = 500;
const LONGEST_DELAY_MS = 30_000;
/** What a 429 without `Retry-After` means (*Rate limits* in Truto's API docs). */
const DEFAULT_RETRY_AFTER_MS = 10_000;
/** For each of *Max Retries*, pauses after 429 responses may add up to this, but never to more than five minutes. */
const PAUSES_PER_RETRY_MS = 60_000;

/**
 * How long to wait before the next try, in milliseconds; undefined if there must be no further try.
 *
 * The rules are Truto's (*Retry* in its API docs): 429 after `Retry-After`, 502, 504 and its own 5xx;
 * never a blocked account (503), a third party's error or a 4xx. A POST or PATCH is sent again only
 * after a 429, because only then is it certain that Truto hasn't acted on it.
 *
 * A 429 is no fault of the request: the more others use the token, the more of them there are. So they are
 * not counted. The time they take is.
 *
 * @param random 0 up to 1: jitter keeps items that failed together from coming back together
 */
export function retryDelayMs(attempt: Attempt, random: number): number | undefined {
	const { failure, faults, pausedMs, maxRetries } = attempt;
	if (isRateLimited(failure)) {
		const mostMs = Math.min(LONGEST_PAUSE_MS, maxRetries * PAUSES_PER_RETRY_MS);
		// Written this way, here and below, NaN allows no retries.
		const isWorthIt = pausedMs + countedPauseMs(failure) <= mostMs;
		return isWorthIt ? rateLimitPauseMs(failure) : undefined;
	}
	if (!(faults <= maxRetries)) return undefined;
	if (!isSafeToRepeat(attempt.method) || !isPassing(failure)) return undefined;
	const backoff = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (faults - 1));
	const asked = 'retryAfterMs' in failure ? (failure.retryAfterMs ?? 0) : 0;
	if (asked > LONGEST_PAUSE_MS) return undefined;
	return Math.max(asked, backoff * (0.5 + random / 2));
}

/** How long a 429 asks everybody to wait, in milliseconds. */
export function rateLimitPauseMs(failure: StatusFailure): number {
	return failure.retryAfterMs ?? DEFAULT_RETRY_AFTER_MS;
}

/** The same, but at least 10 s, so that there is an end to retries even if Truto asks for no pause. */
export function countedPauseMs(failure: StatusFailure): number {
	return Math.max(DEFAULT_RETRY_AFTER_MS, rateLimitPauseMs(failure));
}

/** Whether a request does no harm if Truto gets it twice. */
export function isSafeToRepeat(method: string): boolean {
	return method === 'GET' || method === 'DELETE';
}

/** Whether the same request may succeed within seconds. */
export function isPassing(failure: Failure): boolean {
	switch (failure.kind) {
		case 'network':
			return networkTrouble(failure.code).passes;
		case 'body':
			return failure.cut;
		case 'status':
			if (failure.status === 502 || failure.status === 504) return true;
			return failure.status >= 500 && failure.status !== 503 && !failure.remote;
		case 'n8n':
			return false;
	}
}

/**
 * Whether somebody who has time should ask again later: Truto, or the network on the way to it, is down
 * or busy. Waiting doesn't help if the cause is in the request itself or in the set-up.
 */
export function isOutage(failure: Failure): boolean {
	switch (failure.kind) {
		case 'network':
			return networkTrouble(failure.code).what !== 'certificate';
		case 'body':
			return true;
		case 'status':
			return failure.status >= 500 || [408, 425, 429].includes(failure.status);
		case 'n8n':
			return false;
	}
}

/** Whether Truto may have acted on a request that failed like this. */
export function mayHaveBeenDone(failure: Failure): boolean {
	switch (failure.kind) {
		case 'network':
			return networkTrouble(failure.code).mayHaveArrived;
		case 'body':
			return true;
		case 'status':
			// Truto refuses a blocked account with 503 in its own words.
			if (failure.status === 503 && failure.isTrutos) return false;
			return failure.status >= 500 || failure.status === 408;
		case 'n8n':
			return false;
	}
}
