import { describe, expect, it, jest } from '@jest/globals';
import type { IExecuteData, INode } from 'n8n-workflow';

import { UnsureError } from '../../../lib/explainedError';
import { SYNC_JOB_RUN } from '../../../lib/truto/kinds';
import { NodeRun, nodeRunOf } from '../../../lib/n8n/nodeRun';

const node = (name: string) => ({ name }) as INode;
const dataOf = (name: string) => ({ node: node(name) }) as IExecuteData;
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

	it('fetches a thing once, and again after a failure', async () => {
		const nodeRun = new NodeRun();
		const fetch = jest.fn(async () => await Promise.resolve({ id: 'x' }));
		const both = [nodeRun.once('a', fetch), nodeRun.once('a', fetch)];
		expect(await Promise.all(both)).toEqual([{ id: 'x' }, { id: 'x' }]);
		expect(fetch).toHaveBeenCalledTimes(1);

		const fails = async () => await Promise.reject(new Error('down'));
		await expect(nodeRun.once('b', fails)).rejects.toThrow('down');
		expect(await nodeRun.once('b', fetch)).toEqual({ id: 'x' });
	});

	it('ends the work of all items, and begins afresh when it is repeated', async () => {
		const nodeRun = new NodeRun();
		const reason = new Error('bad token');
		await nodeRun.during(async () => {
			const signal = nodeRun.signalWith(neverCancelled);
			await nodeRun.during(async () => await Promise.resolve(nodeRun.giveUp(reason)));
			expect(signal.reason).toBe(reason);
			expect(nodeRun.signalWith(neverCancelled).aborted).toBe(true);
		});
		expect(nodeRun.signalWith(neverCancelled).aborted).toBe(false);
	});

	it('ends the work of the items with one token alone', async () => {
		const nodeRun = new NodeRun();
		const [good, bad] = [{}, {}];
		await nodeRun.during(async () => {
			const { signal, giveUp } = nodeRun.forToken(bad, neverCancelled);
			const other = nodeRun.forToken(good, neverCancelled);
			expect(nodeRun.forToken(bad, neverCancelled).signal).toBe(signal);

			giveUp(new Error('bad token'));

			expect([signal.aborted, other.signal.aborted]).toEqual([true, false]);
			nodeRun.giveUp(new Error('no use'));
			await Promise.resolve();
			expect(other.signal.aborted).toBe(true);
		});
		expect(nodeRun.forToken(bad, neverCancelled).signal.aborted).toBe(false);
	});

	it('is cancelled with the execution', () => {
		const nodeRun = new NodeRun();
		const stop = new AbortController();
		const signal = nodeRun.signalWith({ getExecutionCancelSignal: () => stop.signal });
		stop.abort();
		expect(signal.aborted).toBe(true);
	});
});

describe('what a run of a node has done', () => {
	it('is nothing at first', () => {
		expect(new NodeRun().whatWasDone()).toBeUndefined();
	});

	const create = async (nodeRun: NodeRun, item: number) =>
		await nodeRun.createOnce(
			item,
			SYNC_JOB_RUN,
			async () => await Promise.resolve({ id: `r${item}` }),
		);
	const end = "'Retry On Fail' does not create them again, but a new execution does.";

	it('is which things were created, and which may have been', async () => {
		const nodeRun = new NodeRun();
		await create(nodeRun, 0);
		await create(nodeRun, 2);
		const doubt = new UnsureError('reset', '');
		const failing = async () =>
			await nodeRun.createOnce(3, SYNC_JOB_RUN, async () => await Promise.reject(doubt));
		await expect(failing()).rejects.toBe(doubt);
		expect(nodeRun.whatWasDone()).toBe(
			`These sync job runs were created: r0 (item 0), r2 (item 2). Truto may also have created a sync job run for item 3. ${end}`,
		);
		expect(nodeRun.whatWasDone(2)).toBe(`These sync job runs were created: r2 (item 2). ${end}`);
		expect(nodeRun.whatWasDone(1)).toBeUndefined();
	});

	it('is not done again, be it certain or not', async () => {
		const nodeRun = new NodeRun();
		await create(nodeRun, 0);
		const doubt = new UnsureError('reset', '');
		const failing = async () =>
			await nodeRun.createOnce(1, SYNC_JOB_RUN, async () => await Promise.reject(doubt));
		await expect(failing()).rejects.toBe(doubt);
		const never = async () => await Promise.reject(new Error('called again'));
		expect(await nodeRun.createOnce(0, SYNC_JOB_RUN, never)).toEqual({ id: 'r0' });
		await expect(nodeRun.createOnce(1, SYNC_JOB_RUN, never)).rejects.toBe(doubt);
	});

	it('is tried again if Truto certainly did nothing', async () => {
		const nodeRun = new NodeRun();
		const refused = async () => await Promise.reject(new Error('refused'));
		await expect(nodeRun.createOnce(0, SYNC_JOB_RUN, refused)).rejects.toThrow('refused');
		expect(await create(nodeRun, 0)).toEqual({ id: 'r0' });
	});

	it('stays short even if a lot was created', async () => {
		const nodeRun = new NodeRun();
		for (let item = 0; item < 12; item++) await create(nodeRun, item);
		expect(nodeRun.whatWasDone()).toMatch(/r9 \(item 9\) and 2 more\. 'Retry/);
	});
});
