import { afterEach, expect, it, jest } from '@jest/globals';

import { deliveriesOf } from '../../../nodes/TrutoTrigger/deliveries';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const TWO_MINUTES = 120_000;

afterEach(() => {
	jest.restoreAllMocks();
});

it('a process frees the events that it remembers, although nothing asks it to', async () => {
	const timers: AbortController[] = [];
	jest.spyOn(AbortSignal, 'timeout').mockImplementation(() => {
		const timer = new AbortController();
		timers.push(timer);
		return timer.signal;
	});
	const clock = jest.spyOn(Date, 'now').mockReturnValue(NOW);
	const deliveries = deliveriesOf('trigger');
	for (const [key, at] of [
		['old', NOW],
		['new', NOW + 60_000],
	] as const) {
		const delivery = await deliveries.take(key, at);
		delivery?.markAnswered(true);
	}

	clock.mockReturnValue(NOW + TWO_MINUTES + 1);
	timers[0]?.abort();
	expect(deliveries.size).toBe(1);
	// One event is left, so it looks again.
	expect(timers).toHaveLength(2);

	clock.mockReturnValue(NOW + 2 * TWO_MINUTES);
	timers[1]?.abort();
	expect(deliveries.size).toBe(0);
	expect(timers).toHaveLength(2);
});
