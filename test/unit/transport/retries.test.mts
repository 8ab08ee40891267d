import { describe, expect, it, test } from '@jest/globals';

import type { Failure, StatusFailure } from '../../../lib/transport/failure';
import { isPassing, retryDelayMs } from '../../../lib/transport/retries';

const METHODS = ['GET', 'DELETE', 'POST', 'PATCH'];
const SAFE = ['GET', 'DELETE'];
const STATUSES = [
	301, 302, 400, 401, 402, 403, 404, 408, 409, 410, 422, 429, 500, 501, 502, 503, 504,
];
const OWN_FAULTS = [500, 501, 502, 504];

/** The largest value of `Math.random`. */
const ALMOST_ONE = 1 - Number.EPSILON;

function status(code: number, more: Partial<StatusFailure> = {}): Failure {
	return { kind: 'status', status: code, said: '', remote: false, ...more };
}

function network(code: string): Failure {
	return { kind: 'network', code, said: 'broken' };
}

function delay(
	failure: Failure,
	{ method = 'GET', faults = 1, pausedMs = 0, maxRetries = 5, random = 0 } = {},
) {
	return retryDelayMs({ method, failure, faults, pausedMs, maxRetries }, random);
}

describe('whether an answer is asked for again', () => {
	const rows = METHODS.flatMap((method) =>
		STATUSES.flatMap((code) =>
			[false, true].map((remote) => {
				const isOver = code === 502 || code === 504 || (OWN_FAULTS.includes(code) && !remote);
				const again = code === 429 || (SAFE.includes(method) && isOver);
				return { method, code, remote, verdict: again ? 'yes' : 'no' };
			}),
		),
	);

	test.each(rows)(
		'$method $code, remote: $remote: $verdict',
		({ method, code, remote, verdict }) => {
			const answer = delay(status(code, { remote }), { method });
			expect(answer === undefined ? 'no' : 'yes').toBe(verdict);
		},
	);

	test.each([
		['GET', true, 'yes'],
		['DELETE', true, 'yes'],
		['POST', true, 'no'],
		['PATCH', true, 'no'],
		['GET', false, 'no'],
		['DELETE', false, 'no'],
	])('%s with a body that is no JSON, cut: %s: %s', (method, cut, verdict) => {
		const answer = delay({ kind: 'body', found: '', cut }, { method });
		expect(answer === undefined ? 'no' : 'yes').toBe(verdict);
	});

	const passing = [
		'ECONNRESET',
		'ECONNABORTED',
		'ETIMEDOUT',
		'ESOCKETTIMEDOUT',
		'EPIPE',
		'EAI_AGAIN',
		'ERR_BAD_RESPONSE',
		'ERR_NETWORK',
	];
	const lasting = [
		'ENOTFOUND',
		'ECONNREFUSED',
		'EHOSTUNREACH',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'CERT_HAS_EXPIRED',
		'ERR_INVALID_URL',
		'ERR_CANCELED',
		'no error code',
		'',
	];

	test.each(passing)('a passing network error: %s', (code) => {
		expect(delay(network(code), { method: 'GET' })).toBeDefined();
		expect(delay(network(code), { method: 'DELETE' })).toBeDefined();
		expect(delay(network(code), { method: 'POST' })).toBeUndefined();
		expect(delay(network(code), { method: 'PATCH' })).toBeUndefined();
		expect(isPassing(network(code))).toBe(true);
	});

	test.each(lasting)('not a lasting network error: %j', (code) => {
		for (const method of METHODS) expect(delay(network(code), { method })).toBeUndefined();
		expect(isPassing(network(code))).toBe(false);
	});
});

describe('the number of tries', () => {
	const failures = [status(500), network('ECONNRESET')];

	test.each([0, 1, 5, 20])('is one more than %d retries', (maxRetries) => {
		for (const failure of failures) {
			for (let faults = 1; faults <= maxRetries; faults++) {
				expect(delay(failure, { faults, maxRetries })).toBeDefined();
			}
			expect(delay(failure, { faults: maxRetries + 1, maxRetries })).toBeUndefined();
			expect(delay(failure, { faults: maxRetries + 2, maxRetries })).toBeUndefined();
		}
	});

	it('does not depend on the pauses after 429 responses', () => {
		for (const failure of failures) {
			expect(delay(failure, { pausedMs: 300_000 })).toBeDefined();
		}
		expect(delay(status(429), { faults: 9 })).toBe(10_000);
	});

	it('is one if the retries are no number, not endless', () => {
		for (const failure of [...failures, status(429)]) {
			expect(delay(failure, { maxRetries: Number.NaN })).toBeUndefined();
		}
	});
});

describe('the pauses after 429 responses to one request', () => {
	test.each([
		[0, 0],
		[1, 60_000],
		[2, 120_000],
		[5, 300_000],
		[20, 300_000],
	])('with %d retries add up to %d ms at the most', (maxRetries, mostMs) => {
		for (const askedMs of [10_000, 15_000, undefined]) {
			let pausedMs = 0;
			for (let tries = 0; tries < 99; tries++) {
				const ms = delay(status(429, { retryAfterMs: askedMs }), { pausedMs, maxRetries });
				if (ms === undefined) break;
				pausedMs += ms;
			}
			expect(pausedMs).toBe(mostMs);
		}
	});

	it('count as 10 s at least, so that there is an end to them', () => {
		const short = status(429, { retryAfterMs: 0 });
		expect(delay(short, { pausedMs: 290_000 })).toBe(0);
		expect(delay(short, { pausedMs: 290_001 })).toBeUndefined();
	});
});

describe('the wait before the next try', () => {
	test.each([
		[1, 500],
		[2, 1000],
		[3, 2000],
		[4, 4000],
		[5, 8000],
		[6, 16_000],
		[7, 30_000],
		[20, 30_000],
	])('after fault %d is between half and all of %d ms', (faults, ms) => {
		for (const failure of [status(500), network('ECONNRESET')]) {
			const at = (random: number) => delay(failure, { faults, maxRetries: 20, random });
			expect(at(0)).toBe(ms / 2);
			expect(at(ALMOST_ONE)).toBeCloseTo(ms, 6);
			expect(at(ALMOST_ONE)).toBeLessThanOrEqual(ms);
			expect(at(0.5)).toBe(ms * 0.75);
		}
	});

	it('after a 429 is what Truto asks for, the same for all tries', () => {
		for (const pausedMs of [0, 50_000]) {
			for (const random of [0, ALMOST_ONE]) {
				expect(delay(status(429, { retryAfterMs: 7000 }), { pausedMs, random })).toBe(7000);
			}
		}
		expect(delay(status(429, { retryAfterMs: 0 }))).toBe(0);
	});

	it('after a 429 that names none is the length of the rate limit', () => {
		expect(delay(status(429))).toBe(10_000);
	});

	it('after a fault is never shorter than Truto asks for', () => {
		expect(delay(status(500, { retryAfterMs: 60_000 }))).toBe(60_000);
		expect(delay(status(500, { retryAfterMs: 100 }))).toBe(250);
	});

	test.each([429, 500, 502])('is not made if Truto asks for more than 5 minutes: %d', (code) => {
		expect(delay(status(code, { retryAfterMs: 300_000 }))).toBe(300_000);
		expect(delay(status(code, { retryAfterMs: 300_001 }))).toBeUndefined();
	});
});
