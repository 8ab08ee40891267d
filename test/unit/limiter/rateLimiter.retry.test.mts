import { describe, expect, it } from '@jest/globals';

import { limitedTraffic } from '../helpers/limitedTraffic.mts';

describe('a retry', () => {
	it('goes before the other requests of its execution', async () => {
		const { time, limiter, isLimited } = limitedTraffic();
		await time.until(isLimited('a', 5000));
		const order: string[] = [];
		const ask = async (name: string, goesFirst: boolean) => {
			const permit = await limiter.acquire({ lane: 'a', goesFirst });
			order.push(name);
			permit.release();
		};
		const all = [ask('first', false), ask('second', false), ask('again', true)];
		await time.until(Promise.all(all));
		expect(order).toEqual(['again', 'first', 'second']);
	});

	it('does not go before other executions more than its turn allows', async () => {
		const { time, limiter, isLimited } = limitedTraffic();
		await time.until(isLimited('a', 5000));
		const order: string[] = [];
		const ask = async (lane: string, goesFirst: boolean) => {
			const permit = await limiter.acquire({ lane, goesFirst });
			order.push(lane);
			permit.release();
		};
		const all = ['a', 'a', 'a'].map((lane) => ask(lane, true));
		await time.until(Promise.all([...all, ...['b', 'b', 'b'].map((lane) => ask(lane, false))]));
		expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
	});
});
