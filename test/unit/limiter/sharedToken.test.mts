import { describe, expect, test } from '@jest/globals';

import { shareToken } from '../helpers/sharedToken.mts';

const sliding = { requests: 500, window: 'sliding' as const };
const fixed = { requests: 500, window: 'fixed' as const };
const lower = { requests: 100, window: 'sliding' as const };

describe('processes that share a token, with default settings', () => {
	test.each([
		{ limit: sliding, processes: 1, latencyMs: 5 },
		{ limit: sliding, processes: 1, latencyMs: 150 },
		{ limit: sliding, processes: 2, latencyMs: 5 },
		{ limit: sliding, processes: 2, latencyMs: 150 },
		{ limit: fixed, processes: 2, latencyMs: 150 },
		{ limit: sliding, processes: 4, latencyMs: 5 },
		{ limit: fixed, processes: 4, latencyMs: 150 },
	])('share it fairly if they start together: %j', async (shared) => {
		const result = await shareToken({ ...shared, apartMs: 0, requests: 2000 });
		expect(result.times).toBeLessThanOrEqual(1.15);
		expect(result.slowestToFastest).toBeLessThanOrEqual(1.3);
		expect(result.refusedPercent).toBeLessThanOrEqual(shared.processes === 1 ? 0 : 8);
		expect(result.tries).toBeLessThanOrEqual(3);
	});

	test.each([
		{ limit: sliding, processes: 2, apartMs: 2000, latencyMs: 150, requests: 2000, most: 1.25 },
		{ limit: sliding, processes: 2, apartMs: 5000, latencyMs: 5, requests: 2000, most: 1.25 },
		// What is left of an early 429 makes these slower.
		{ limit: fixed, processes: 2, apartMs: 20_000, latencyMs: 5, requests: 2000, most: 1.35 },
		{ limit: sliding, processes: 4, apartMs: 20_000, latencyMs: 150, requests: 2000, most: 1.5 },
		{ limit: lower, processes: 2, apartMs: 0, latencyMs: 150, requests: 500, most: 1.25 },
		{ limit: lower, processes: 4, apartMs: 20_000, latencyMs: 150, requests: 500, most: 1.9 },
	])(
		'lose no request if they start apart or the limit is lower: %j',
		async ({ most, ...shared }) => {
			const result = await shareToken(shared);
			expect(result.times).toBeLessThanOrEqual(most);
			// The node gives up after 31, when the pauses have taken five minutes.
			expect(result.tries).toBeLessThanOrEqual(10);
		},
	);
});
