import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { pause } from '../pause';
import { errorItem, itemsOf } from './items';
import { toNodeError } from './nodeError';
import { nodeRunOf } from './nodeRun';
import { openItem, readerFor } from './openItem';
import { workOf, type Operation, type ProgrammedOperation, type Resource } from './operation';
import { readRequestOptions } from './requestOptions';

/**
 * The operations that run without n8n's declarative engine: those that change something, and those with many
 * rows or hints. If an expression of one item can't be evaluated, that engine fails at once, while the items
 * before it go on unseen.
 */
export function customOperationsOf(
	resources: Resource[],
): NonNullable<INodeType['customOperations']> {
	return Object.fromEntries(
		resources.map(({ option, operations }) => [
			String(option.value),
			Object.fromEntries(
				operations.filter(isCustom).map((operation) => [
					String(operation.option.value),
					async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
						return [await runItems(this, operation)];
					},
				]),
			),
		]),
	);
}

function isCustom(operation: Operation): operation is ProgrammedOperation {
	return !operation.routing && (operation.isCustom === true || !operation.onlyReads);
}

type Outcome<T> = { value: T } | { error: unknown };

/** Runs an operation for all input items at once; the output has the order of the input. */
async function runItems(
	n8n: IExecuteFunctions,
	operation: ProgrammedOperation,
): Promise<INodeExecutionData[]> {
	const data = n8n.getExecuteData();
	const nodeRun = nodeRunOf(data, n8n.getNode(), data);
	const { httpOptions, delayMs } = requestOptionsOf(n8n);
	const failsNode = !n8n.continueOnFail();
	const failed = new AbortController();
	const failures: Array<{ error: unknown; itemIndex: number }> = [];

	async function attempt<T>(itemIndex: number, work: () => Promise<T>): Promise<Outcome<T>> {
		try {
			return { value: await work() };
		} catch (error) {
			// Other items may have ended this one.
			if (error !== nodeRun.signals.signalWith(n8n).reason) failures.push({ error, itemIndex });
			if (failsNode) failed.abort();
			if (failsNode && operation.onlyReads) nodeRun.signals.giveUp(error);
			return { error };
		}
	}

	function throwFirstFailure(): void {
		n8n.getExecutionCancelSignal()?.throwIfAborted();
		const [first] = failures.sort((a, b) => a.itemIndex - b.itemIndex);
		if (!first || !failsNode) return;
		const note = nodeRun.changes.whatWasDone(first.itemIndex, true);
		throw toNodeError(first.error, n8n.getNode(), first.itemIndex, note);
	}

	return await nodeRun.during(async () => {
		const prepared = await Promise.all(
			n8n.getInputData().map(
				async (_, itemIndex) =>
					await attempt(itemIndex, async () => {
						const parameters = readerFor(n8n, itemIndex);
						return await workOf(
							operation,
							await openItem(n8n, { itemIndex, parameters, httpOptions, nodeRun }),
						);
					}),
			),
		);
		throwFirstFailure();
		// Once the node has failed, nobody waits for the items of later batches.
		const inTime = AbortSignal.any([nodeRun.signals.signalWith(n8n), failed.signal]);
		const results = await Promise.all(
			prepared.map(async (outcome, itemIndex) =>
				'error' in outcome
					? outcome
					: await attempt(itemIndex, async () => {
							await pause(delayMs(itemIndex), inTime);
							return await nodeRun.duringItem(itemIndex, failsNode, outcome.value);
						}),
			),
		);
		throwFirstFailure();
		const items: INodeExecutionData[] = [];
		for (const [itemIndex, result] of results.entries()) {
			if ('error' in result) {
				const note = nodeRun.changes.whatWasDone(itemIndex, false);
				const error = toNodeError(result.error, n8n.getNode(), itemIndex, note);
				items.push(errorItem(error, itemIndex));
			} else {
				// Not spread: a call takes no more than about 120,000 arguments.
				for (const item of itemsOf(result.value, itemIndex)) items.push(item);
			}
		}
		return items;
	});
}

/** They are the same for all items, so if they are not valid, no item can succeed. */
function requestOptionsOf(n8n: IExecuteFunctions): ReturnType<typeof readRequestOptions> {
	try {
		return readRequestOptions(n8n);
	} catch (error) {
		throw toNodeError(error, n8n.getNode());
	}
}
