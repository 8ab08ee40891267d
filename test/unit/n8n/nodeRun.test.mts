import { describe, expect, it, jest } from '@jest/globals';
import type { IExecuteData, INode } from 'n8n-workflow';

import { NodeRun, nodeRunOf } from '../../../lib/n8n/nodeRun';
import { SCHEDULE } from '../../../lib/truto/kinds';

const node = (name: string) => ({ name }) as INode;
const dataOf = (name: string) => ({ node: node(name) }) as IExecuteData;
const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));

/** Takes a while, and writes down its name when it begins and when it has ended. */
const changeOf = (order: string[], name: string) => ({
	kind: SCHEDULE,
	id: 's',
	done: 'changed',
	wanted: name,
	act: async () => {
		order.push(name);
		await pause(10);
		order.push(`${name} ended`);
		return [{}];
	},
});
const neverCancelled = { getExecutionCancelSignal: () => undefined };

describe('a run of a node', () => {
	it('is the same for all that n8n hands the same data, and for nobody else', () => {
		const data = dataOf('Truto');
		const nodeRun = nodeRunOf(data, node('Truto'), {});
		expect(nodeRunOf(data, node('Truto'), {})).toBe(nodeRun);
		expect(nodeRunOf(dataOf('Truto'), node('Truto'), {})).not.toBe(nodeRun);
	});

	it('is one call if an agent calls the node as its tool', () => {
		const data = dataOf('AI Agent');
		const call = { status: 'failed' };
		const nodeRun = nodeRunOf(data, node('Truto'), call);
		expect(nodeRunOf(data, node('Truto'), call)).toBe(nodeRun);
		expect(nodeRunOf(data, node('Truto'), { status: 'failed' })).not.toBe(nodeRun);
	});

	it('fetches a thing once for each token, and again after a failure', async () => {
		const nodeRun = new NodeRun();
		const token = {};
		const first = nodeRun.forItem({ item: 0, token, failsNode: true });
		const second = nodeRun.forItem({ item: 1, token, failsNode: true });
		const other = nodeRun.forItem({ item: 2, token: {}, failsNode: true });
		const fetch = jest.fn(async () => await Promise.resolve({ id: 'x' }));
		expect(await Promise.all([first.once('a', fetch), second.once('a', fetch)])).toEqual([
			{ id: 'x' },
			{ id: 'x' },
		]);
		expect(fetch).toHaveBeenCalledTimes(1);
		await other.once('a', fetch);
		expect(fetch).toHaveBeenCalledTimes(2);

		const fails = async () => await Promise.reject(new Error('down'));
		await expect(first.once('b', fails)).rejects.toThrow('down');
		expect(await second.once('b', fetch)).toEqual({ id: 'x' });
	});

	it('ends the work of all items, and begins afresh when it is repeated', async () => {
		const nodeRun = new NodeRun();
		const reason = new Error('bad token');
		await nodeRun.during(async () => {
			const signal = nodeRun.signals.signalWith(neverCancelled);
			await nodeRun.during(async () => await Promise.resolve(nodeRun.signals.giveUp(reason)));
			expect(signal.reason).toBe(reason);
			expect(nodeRun.signals.signalWith(neverCancelled).aborted).toBe(true);
		});
		expect(nodeRun.signals.signalWith(neverCancelled).aborted).toBe(false);
	});

	it('ends the work of the items with one token alone', async () => {
		const nodeRun = new NodeRun();
		const [good, bad] = [{}, {}];
		await nodeRun.during(async () => {
			const { signal, giveUp } = nodeRun.signals.forToken(bad, neverCancelled);
			const other = nodeRun.signals.forToken(good, neverCancelled);
			expect(nodeRun.signals.forToken(bad, neverCancelled).signal).toBe(signal);

			giveUp(new Error('bad token'));

			expect([signal.aborted, other.signal.aborted]).toEqual([true, false]);
			nodeRun.signals.giveUp(new Error('no use'));
			await Promise.resolve();
			expect(other.signal.aborted).toBe(true);
		});
		expect(nodeRun.signals.forToken(bad, neverCancelled).signal.aborted).toBe(false);
	});

	it('does nothing for later items once it has failed, until it is repeated', async () => {
		const nodeRun = new NodeRun();
		const done: number[] = [];
		const item = async (index: number, failsNode: boolean) =>
			await nodeRun.duringItem(index, failsNode, async () => {
				done.push(index);
				return index === 1 ? await Promise.reject(new Error('bad value')) : ['done'];
			});
		const items = async (failsNode: boolean) => {
			await item(0, failsNode);
			await expect(item(1, failsNode)).rejects.toThrow('bad value');
			return await item(2, failsNode);
		};
		expect(await items(true)).toEqual([]);
		expect(await items(true)).toEqual([]);
		expect(done).toEqual([0, 1, 0, 1]);
		expect(await items(false)).toEqual(['done']);
	});

	it('lets the items change a thing in their order, and waits for no item that changes nothing', async () => {
		const nodeRun = new NodeRun();
		const order: string[] = [];
		const item = async (index: number, begins: number, name?: string) => {
			const { change } = nodeRun.forItem({ item: index, token: nodeRun, failsNode: false });
			return await nodeRun.duringItem(index, false, async () => {
				await pause(begins);
				return name === undefined ? [] : await change(changeOf(order, name));
			});
		};
		const fails = nodeRun.duringItem(
			3,
			false,
			async () => await Promise.reject(new Error('bad value')),
		);

		await Promise.all([item(0, 5), item(1, 20, 'first'), item(2, 0, 'second')]);

		expect(order).toEqual(['first', 'first ended', 'second', 'second ended']);
		await expect(fails).rejects.toThrow('bad value');
		await item(4, 0, 'third');
		expect(order).toHaveLength(6);
	});

	it("lets an agent's calls at once change a thing one at a time", async () => {
		const data = dataOf('AI Agent');
		const order: string[] = [];
		const call = async (name: string) => {
			const nodeRun = nodeRunOf(data, node('Truto'), {});
			const { change } = nodeRun.forItem({ item: 0, token: nodeRun, failsNode: false });
			return await nodeRun.duringItem(0, true, async () => await change(changeOf(order, name)));
		};

		await Promise.all([call('first'), call('second')]);

		expect(order).toEqual(['first', 'first ended', 'second', 'second ended']);
	});

	it('gives a hint once, and again when it is repeated', async () => {
		const nodeRun = new NodeRun();
		const hints = async () =>
			await nodeRun.during(
				async () => await Promise.resolve(['a', 'a', 'b'].map((hint) => nodeRun.isNewHint(hint))),
			);
		expect(await hints()).toEqual([true, false, true]);
		expect(await hints()).toEqual([true, false, true]);
	});

	it('is cancelled with the execution', () => {
		const nodeRun = new NodeRun();
		const stop = new AbortController();
		const signal = nodeRun.signals.signalWith({ getExecutionCancelSignal: () => stop.signal });
		stop.abort();
		expect(signal.aborted).toBe(true);
	});
});
