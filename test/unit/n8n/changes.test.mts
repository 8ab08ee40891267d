import { describe, expect, it, jest } from '@jest/globals';

import { ExplainedError, UnsureError } from '../../../lib/explainedError';
import { Changes } from '../../../lib/n8n/changes';
import { SCHEDULE } from '../../../lib/truto/kinds';
import { errorOf, network } from '../transport/failures.mts';
import { by, END } from './changers.mts';

describe('changes of one thing', () => {
	const change = (act: () => Promise<{ by: string }[]>, wanted?: string) => ({
		kind: SCHEDULE,
		id: 's',
		done: 'changed',
		wanted,
		act,
	});
	const says = (text: string) => jest.fn(async () => await Promise.resolve([{ by: text }]));

	it('are not shared by items with different tokens', async () => {
		const changes = new Changes();
		const [first, second] = [says('a'), says('b')];
		await changes.make(by(0), change(first));
		expect(await changes.make(by(1, { token: {} }), change(second))).toEqual([{ by: 'b' }]);
	});

	it('happen in the order of the items, whichever is ready first', async () => {
		const changes = new Changes();
		const order: string[] = [];
		const act = (name: string) => async () =>
			await Promise.resolve([{ by: `${order.push(name)}` }]);
		for (const item of [0, 1, 2]) changes.turns.arrive(item);
		const last = changes.make(by(2), change(act('c'), 'c'));
		const middle = changes.make(by(1), change(act('b'), 'b'));
		await new Promise((resolve) => setTimeout(resolve, 10));
		expect(order).toEqual([]);
		changes.turns.leave(0);
		await Promise.all([last, middle]);
		expect(order).toEqual(['b', 'c']);
	});

	it('are made once for items in a row that want the same, and again if they want something else', async () => {
		const changes = new Changes();
		const [first, second, third] = [says('a'), says('b'), says('c')];
		await changes.make(by(0), change(first, 'x'));
		expect(await changes.make(by(1), change(second, 'x'))).toEqual([{ by: 'a' }]);
		expect(await changes.make(by(2), change(third, 'y'))).toEqual([{ by: 'c' }]);
		expect(await changes.make(by(3), change(second, 'x'))).toEqual([{ by: 'b' }]);
		expect(changes.whatWasDone(4, true)).toBe(
			`These schedules were changed: s (items 0 and 1), s (item 2) and s (item 3). ${END}`,
		);
	});

	it('are not made after an error that fails the node, but are if it goes on', async () => {
		const changes = new Changes();
		const refused = new Error('refused');
		const next = says('b');
		const failing = change(async () => await Promise.reject(refused), 'x');
		await expect(changes.make(by(0), failing)).rejects.toBe(refused);
		await expect(changes.make(by(1), change(next, 'y'))).rejects.toBe(refused);
		expect(next).not.toHaveBeenCalled();
		expect(await changes.make(by(2, { failsNode: false }), change(next, 'y'))).toEqual([
			{ by: 'b' },
		]);
		// The later change stays.
		const again = says('a');
		await expect(changes.make(by(0), change(again, 'x'))).rejects.toBe(refused);
		expect(again).not.toHaveBeenCalled();
	});

	it('are settled by looking if Truto may have made them', async () => {
		const changes = new Changes();
		const doubt = new UnsureError('lost', '');
		const settled: (boolean | undefined)[] = [undefined, true];
		const acts: string[] = [];
		const attempt = () =>
			changes.make(by(0), {
				kind: SCHEDULE,
				id: 's',
				done: 'changed',
				act: async () => {
					acts.push('act');
					return await Promise.reject(doubt);
				},
				settle: async () =>
					await Promise.resolve(settled.shift() ? [{ by: 'an earlier try' }] : undefined),
			});
		await expect(attempt()).rejects.toBe(doubt);
		await expect(attempt()).rejects.toBe(doubt);
		expect(await attempt()).toEqual([{ by: 'an earlier try' }]);
		expect(acts).toHaveLength(2);
		expect(changes.whatWasDone(1, true)).toBe(`This schedule was changed: s (item 0). ${END}`);
	});

	it('are in doubt no longer once Truto has certainly not made them', async () => {
		const changes = new Changes();
		const attempt = (error: Error) =>
			changes.make(by(0), {
				...change(async () => await Promise.reject(error)),
				settle: async () => await Promise.resolve(undefined),
			});
		await expect(attempt(new UnsureError('lost', ''))).rejects.toThrow('lost');
		expect(changes.whatWasDone(1, true)).toBe(
			`This schedule may have been changed: s (item 0). ${END}`,
		);
		await expect(attempt(new Error('refused'))).rejects.toThrow('refused');
		expect(changes.whatWasDone(1, true)).toBeUndefined();
	});

	it('stay in doubt if nobody can look, until it is seen that they were not made', async () => {
		const changes = new Changes();
		const doubt = new UnsureError('lost', '');
		const outage = errorOf(network('ECONNREFUSED'));
		const ended = new ExplainedError('has ended', '');
		const settled = [outage, ended];
		const attempt = () =>
			changes.make(by(0), {
				...change(async () => await Promise.reject(doubt)),
				settle: async () => await Promise.reject(settled.shift() ?? doubt),
			});
		await expect(attempt()).rejects.toBe(doubt);
		await expect(attempt()).rejects.toBe(outage);
		expect(changes.whatWasDone(0, true)).toBe(
			`This schedule may have been changed: s (item 0). ${END}`,
		);
		await expect(attempt()).rejects.toBe(ended);
		expect(changes.whatWasDone(0, true)).toBeUndefined();
	});

	it('are tried once for all items that share them, in each round', async () => {
		const changes = new Changes();
		const act = jest.fn(async () => await Promise.reject(new Error('refused')));
		for (const round of [1, 2]) {
			for (const item of [0, 1, 2]) {
				const shared = changes.make(by(item, { failsNode: false }), change(act, 'x'));
				await expect(shared).rejects.toThrow('refused');
			}
			expect(act).toHaveBeenCalledTimes(round);
		}
	});

	it('are in doubt if the request may have arrived', async () => {
		const changes = new Changes();
		const lost = errorOf(network('ECONNRESET'), 1, 0, 'PATCH');
		const failing = change(async () => await Promise.reject(lost));
		await expect(changes.make(by(0), failing)).rejects.toBe(lost);
		const never = says('again');
		await expect(changes.make(by(0), change(never))).rejects.toBe(lost);
		expect(never).not.toHaveBeenCalled();
	});

	it('remember what was there before while they are in doubt', async () => {
		const changes = new Changes();
		const seen: number[] = [];
		let looks = 0;
		const outage = errorOf(network('ECONNREFUSED'));
		const attempt = () =>
			changes.make(by(0), {
				kind: SCHEDULE,
				id: 's',
				done: 'changed',
				look: async () => await Promise.resolve(++looks),
				act: async () => await Promise.reject(new UnsureError('lost', '')),
				settle: async (before) => {
					seen.push(before);
					return await Promise.reject(outage);
				},
			});
		await expect(attempt()).rejects.toThrow('lost');
		await expect(attempt()).rejects.toBe(outage);
		await expect(attempt()).rejects.toBe(outage);
		expect(seen).toEqual([1, 1]);
	});

	it('look again if Truto has certainly done nothing, and keep what was there before if not', async () => {
		const changes = new Changes();
		const seen: number[] = [];
		let looks = 0;
		const attempt = (error: Error | undefined) =>
			changes.make(by(0), {
				kind: SCHEDULE,
				id: 's',
				done: 'changed',
				look: async () => await Promise.resolve(++looks),
				act: async (before) => {
					seen.push(before);
					return error ? await Promise.reject(error) : await Promise.resolve([]);
				},
				settle: async () => await Promise.resolve(undefined),
			});
		await expect(attempt(new Error('refused'))).rejects.toThrow('refused');
		await expect(attempt(new UnsureError('lost', ''))).rejects.toThrow('lost');
		await attempt(undefined);
		expect(seen).toEqual([1, 2, 2]);
	});
});
