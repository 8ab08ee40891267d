import { describe, expect, test } from '@jest/globals';

import { LearnedLimit } from '../../../lib/limiter/learnedLimit';

const MOST = 500;

/** A process that has halved its limit so often, and then met a 429 with so many requests accepted. */
function shareAfter(halvings: number, accepted: number): number {
	const learned = new LearnedLimit(10_000, () => 0.5);
	const refused = (requests: number) => {
		const now = learned.resumesAt;
		const { generation } = learned;
		learned.refused({ now, retryAfterMs: 10_000, generation, most: MOST, accepted: requests });
	};
	for (let i = 0; i < halvings; i++) refused(80);
	refused(accepted);
	return learned.at(learned.resumesAt, MOST);
}

describe('a share that a process has found', () => {
	test.each([
		// Of 250: others may have got less.
		[1, 250, 200],
		[1, 170, 136],
		// But not below a quarter of all, which with four processes is all that each can have.
		[1, 152, 125],
		[2, 125, 122],
		// Of a small one next to nothing is given away.
		[2, 100, 98],
		[3, 50, 49],
	])('after %i halvings and %i requests is %i', (halvings, accepted, share) => {
		expect(shareAfter(halvings, accepted)).toBe(share);
	});
});
