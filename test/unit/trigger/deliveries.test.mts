import { afterEach, describe, expect, it, test } from '@jest/globals';

import {
	Deliveries,
	deliveriesOf,
	forgetDeliveries,
	forgetOldDeliveries,
	openDelivery,
} from '../../../nodes/TrutoTrigger/deliveries';

const NOW = 1_000_000_000;
const TWO_MINUTES = 120_000;

/** Whether an event was taken for a new one and started. */
async function take(deliveries: Deliveries, key: string, now = NOW): Promise<boolean> {
	const delivery = await deliveries.take(key, now);
	delivery?.markAnswered(true);
	return delivery !== undefined;
}

/** What a promise has given by now. */
async function stateOf(promise: Promise<unknown>): Promise<unknown> {
	return await Promise.race([promise, new Promise((done) => setTimeout(done, 5, 'pending'))]);
}

describe('an event', () => {
	test.each(['a', '__proto__', 'constructor', 'toString', '', '0', 'length'])(
		'is new once: "%s"',
		async (key) => {
			const deliveries = new Deliveries();
			expect(await take(deliveries, key)).toBe(true);
			expect(await take(deliveries, key)).toBe(false);
			expect(await take(deliveries, 'another')).toBe(true);
		},
	);

	it('that comes again meanwhile waits for what becomes of the first one', async () => {
		const deliveries = new Deliveries();
		const first = await deliveries.take('a', NOW);
		const second = deliveries.take('a', NOW);
		expect(await stateOf(second)).toBe('pending');
		first?.markAnswered(true);
		expect(await second).toBeUndefined();
	});

	it('is not waited for any longer once its execution runs', async () => {
		const deliveries = new Deliveries();
		const first = await deliveries.take('a', NOW);
		const second = deliveries.take('a', NOW);
		first?.markStarted();
		expect(await second).toBeUndefined();
		expect(await stateOf(first?.answered ?? Promise.resolve())).toBe('pending');
		// Hanging up does not undo that.
		first?.markAnswered(false);
		expect(await stateOf(first?.answered ?? Promise.resolve())).toBeUndefined();
		expect(await take(deliveries, 'a')).toBe(false);
	});

	it('that did not start is new again, for one of those that wait', async () => {
		const deliveries = new Deliveries();
		const first = await deliveries.take('a', NOW);
		const others = [deliveries.take('a', NOW), deliveries.take('a', NOW)];
		first?.markAnswered(false);
		const second = await others[0];
		expect(second).toBeDefined();
		expect(await stateOf(others[1] ?? Promise.resolve())).toBe('pending');
		second?.markAnswered(true);
		expect(await others[1]).toBeUndefined();
	});

	it('that ends after it was given up does not make the next one forgotten', async () => {
		const deliveries = new Deliveries();
		const first = await deliveries.take('a', NOW);
		const later = NOW + TWO_MINUTES + 1;
		expect(await take(deliveries, 'a', later)).toBe(true);
		first?.markAnswered(false);
		expect(await take(deliveries, 'a', later)).toBe(false);
	});
});

describe('what is kept', () => {
	it('are the last 10,000', async () => {
		const deliveries = new Deliveries();
		for (let i = 0; i < 10_000; i++) await take(deliveries, `e${String(i)}`);
		expect(await take(deliveries, 'e0')).toBe(false);
		await take(deliveries, 'one more');
		expect(deliveries.size).toBe(10_000);
		expect(await take(deliveries, 'e1')).toBe(false);
		expect(await take(deliveries, 'e0')).toBe(true);
	});

	it('are those of two minutes', async () => {
		const deliveries = new Deliveries();
		await take(deliveries, 'a');
		await take(deliveries, 'b', NOW + 1);
		expect(await take(deliveries, 'a', NOW + TWO_MINUTES)).toBe(false);
		expect(await take(deliveries, 'a', NOW + TWO_MINUTES + 1)).toBe(true);
		// Older ones do not take room any more; one that came again counts from then on.
		await take(deliveries, 'c', NOW + TWO_MINUTES + 2);
		expect(deliveries.size).toBe(2);
		expect(await take(deliveries, 'a', NOW + TWO_MINUTES + 3)).toBe(false);
	});
});

describe('the events of a trigger', () => {
	afterEach(() => {
		for (const key of ['one', 'other']) forgetDeliveries(key);
	});

	it('are its own', async () => {
		expect(await take(deliveriesOf('one'), 'a')).toBe(true);
		expect(await take(deliveriesOf('one'), 'a')).toBe(false);
		expect(await take(deliveriesOf('other'), 'a')).toBe(true);
	});

	it('can be looked up, which keeps nothing', async () => {
		expect(openDelivery('one', 'a', NOW)).toBeUndefined();
		const delivery = await deliveriesOf('one').take('a', NOW);
		expect(openDelivery('one', 'a', NOW)).toBe(delivery);
		expect(openDelivery('one', 'a', NOW + TWO_MINUTES + 1)).toBeUndefined();
		delivery?.markStarted();
		expect(openDelivery('one', 'a', NOW)).toBe(delivery);
		delivery?.markAnswered(true);
		expect(openDelivery('one', 'a', NOW)).toBeUndefined();
	});

	it('are freed after two minutes, although nobody says that the trigger has ended', async () => {
		const one = deliveriesOf('one');
		await take(one, 'a');
		await take(deliveriesOf('other'), 'b', NOW + TWO_MINUTES);
		forgetOldDeliveries(NOW + TWO_MINUTES);
		expect(deliveriesOf('one')).toBe(one);
		forgetOldDeliveries(NOW + TWO_MINUTES + 1);
		expect(one.size).toBe(0);
		expect(deliveriesOf('one')).not.toBe(one);
		expect(deliveriesOf('other').size).toBe(1);
	});

	it('are gone when it ends', async () => {
		await take(deliveriesOf('one'), 'a');
		forgetDeliveries('one');
		expect(await take(deliveriesOf('one'), 'a')).toBe(true);
	});
});
