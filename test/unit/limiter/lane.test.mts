import { getEventListeners } from 'node:events';

import { describe, expect, it, jest } from '@jest/globals';

import { Lane } from '../../../lib/limiter/lane';
import { settle } from '../helpers/manualTime.mts';

describe('a lane', () => {
	it('lets its requests go one by one, in order, retries first', async () => {
		const lane = new Lane(() => undefined);
		expect(lane.isEmpty).toBe(true);
		const order: string[] = [];
		void lane.wait(false).then(() => order.push('first'));
		void lane.wait(false).then(() => order.push('second'));
		void lane.wait(true).then(() => order.push('retry'));
		for (const expected of [['retry'], ['retry', 'first'], ['retry', 'first', 'second']]) {
			lane.startNext();
			await settle();
			expect(order).toEqual(expected);
		}
		expect(lane.isEmpty).toBe(true);
		expect(lane.open).toBe(3);
	});

	it('ends all its waits with the reason of the signal, and says so', async () => {
		const onCancelled = jest.fn();
		const lane = new Lane(onCancelled);
		const abort = new AbortController();
		const waits = [lane.wait(false, abort.signal), lane.wait(false, abort.signal)];
		const reason = new Error('Cancelled');
		abort.abort(reason);
		const ends = await Promise.allSettled(waits);
		expect(ends).toEqual(waits.map(() => ({ status: 'rejected', reason })));
		expect(lane.isEmpty).toBe(true);
		expect(onCancelled).toHaveBeenCalledTimes(1);
	});

	it('listens to its signal once, and no more when it is closed', () => {
		const lane = new Lane(() => undefined);
		const { signal } = new AbortController();
		for (let i = 0; i < 100; i++) void lane.wait(false, signal);
		expect(getEventListeners(signal, 'abort')).toHaveLength(1);
		lane.close();
		expect(getEventListeners(signal, 'abort')).toHaveLength(0);
	});

	it('listens to a new signal instead of the old one', () => {
		const lane = new Lane(() => undefined);
		const [first, second] = [new AbortController().signal, new AbortController().signal];
		void lane.wait(false, first);
		void lane.wait(false, second);
		expect(getEventListeners(first, 'abort')).toHaveLength(0);
		expect(getEventListeners(second, 'abort')).toHaveLength(1);
	});
});
