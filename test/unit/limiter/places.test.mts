import { describe, expect, it } from '@jest/globals';

import type { Lane } from '../../../lib/limiter/lanes';
import { Places } from '../../../lib/limiter/places';

describe('the places of the window', () => {
	it('tell how many requests of the last 10 s Truto accepted', () => {
		const places = new Places();
		const lane: Lane = { id: 'a', limit: 500, used: 0, queue: [] };
		const answer = (at: number, isAccepted: boolean) => {
			places.take(lane);
			places.answer(lane, at, 500, isAccepted);
		};
		answer(1_000, true);
		answer(2_000, false);
		answer(11_000, true);
		expect(places.accepted(10_999)).toBe(2);
		expect(places.accepted(11_000)).toBe(1);
		answer(11_500, true);
		expect(places.accepted(11_500)).toBe(2);
		expect(places.accepted(30_000)).toBe(0);
	});
});
