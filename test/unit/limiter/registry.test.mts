import { inspect } from 'node:util';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { limiterFor } from '../../../lib/limiter/registry';

const URL = 'https://api.truto.one';

beforeEach(() => {
	jest.useFakeTimers();
});

afterEach(() => {
	jest.useRealTimers();
});

describe('the limiter of a credential', () => {
	it('is the same for the same base URL and token', () => {
		expect(limiterFor(URL, 'token-1')).toBe(limiterFor(URL, 'token-1'));
	});

	it('is another one for another token or base URL', async () => {
		const limiter = limiterFor(URL, 'token-2');
		await limiter.acquire({ lane: 'a' });
		expect(limiterFor(URL, 'token-3')).not.toBe(limiter);
		expect(limiterFor('https://eu.truto.one', 'token-2')).not.toBe(limiter);
		expect(limiterFor(URL, 'token-2')).toBe(limiter);
	});

	it('does not mix up where the base URL ends and the token begins', async () => {
		const limiter = limiterFor('https://a', 'bc');
		await limiter.acquire({ lane: 'a' });
		expect(limiterFor('https://ab', 'c')).not.toBe(limiter);
	});

	it('is kept while a request is open, and for a window after', async () => {
		const limiter = limiterFor(URL, 'token-4');
		const permit = await limiter.acquire({ lane: 'a' });
		await jest.advanceTimersByTimeAsync(3_600_000);
		limiterFor(URL, 'other-1');
		expect(limiterFor(URL, 'token-4')).toBe(limiter);
		permit.release();
		await jest.advanceTimersByTimeAsync(9000);
		limiterFor(URL, 'other-2');
		expect(limiterFor(URL, 'token-4')).toBe(limiter);
	});

	it('is forgotten when it is idle and another one is asked for', async () => {
		const limiter = limiterFor(URL, 'token-5');
		const permit = await limiter.acquire({ lane: 'a' });
		permit.release();
		await jest.advanceTimersByTimeAsync(10_002);
		limiterFor(URL, 'other-3');
		expect(limiterFor(URL, 'token-5')).not.toBe(limiter);
	});

	it('does not stay in memory with the thousands of tokens that were seen', () => {
		const kept = Array.from({ length: 2000 }, (_, i) => limiterFor(URL, `customer-${i}`));
		const known = kept.filter((limiter, i) => limiterFor(URL, `customer-${i}`) === limiter);
		expect(known.length).toBeLessThanOrEqual(1);
	});

	it('lets requests go on the real clock', async () => {
		const limiter = limiterFor(URL, 'token-6');
		const first = await limiter.acquire({ lane: 'a', limit: 1 });
		first.release();
		let isThrough = false;
		void limiter.acquire({ lane: 'a', limit: 1 }).then(() => (isThrough = true));
		await jest.advanceTimersByTimeAsync(9900);
		expect(isThrough).toBe(false);
		await jest.advanceTimersByTimeAsync(200);
		expect(isThrough).toBe(true);
		expect(jest.getTimerCount()).toBe(0);
	});

	it('holds the token nowhere', async () => {
		const token = 'tok_very_secret_4711';
		const limiter = limiterFor(URL, token);
		await limiter.acquire({ lane: 'a' });
		expect(inspect(limiter, { depth: 10, showHidden: true })).not.toContain(token);
	});

	it('does not stop when the clock is set back', async () => {
		const limiter = limiterFor(URL, 'token-7');
		(await limiter.acquire({ lane: 'a', limit: 1 })).release();
		jest.setSystemTime(Date.now() - 3_600_000);
		let isThrough = false;
		void limiter.acquire({ lane: 'a', limit: 1 }).then(() => (isThrough = true));
		await jest.advanceTimersByTimeAsync(10_100);
		expect(isThrough).toBe(true);
	});
});
