import {
	NodeConnectionTypes,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
} from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import type { JsonRecord } from '../json';
import { errorItem, itemsOf } from './items';
import { toNodeError } from './nodeError';
import { nodeRunOf } from './nodeRun';
import { openItem, readerFor } from './openItem';
import type { ItemContext } from './operation';

/**
 * The engine passes on the rows of an item as the arguments of a call: with 123,241, n8n 2.41.1 failed with
 * *Maximum call stack size exceeded*.
 */
const MOST_ROWS = 100_000;

/** What is done for one item. */
export interface SingleWork {
	/** The request as n8n's engine has built it, with what the node's settings ask of all requests. */
	request: object;
	/** Whether the work only reads, so that it can stop once the node fails anyway. */
	onlyReads: boolean;
	/** Returns the JSON of the item's output items. */
	work: (item: ItemContext) => Promise<JsonRecord[]>;
}

/**
 * Does the work for one item in n8n's declarative engine, links every output item to its input item, and
 * turns an error into an item if the node's *On Error* setting asks for that.
 */
export async function runSingleItem(
	n8n: IExecutePaginationFunctions,
	{ request, onlyReads, work }: SingleWork,
): Promise<INodeExecutionData[]> {
	const itemIndex = n8n.getItemIndex();
	const { json: args } = n8n.getInputData(0, NodeConnectionTypes.AiTool);
	const nodeRun = nodeRunOf(n8n.getExecuteData(), n8n.getNode(), args);
	const parameters = readerFor(n8n);
	// The credential's 'Allowed HTTP Request Domains' are for nodes whose URL people choose. This one sends the
	// token to the credential's own Base URL only, and follows no redirect.
	const httpOptions: Partial<IHttpRequestOptions> = { ...request, allowedDomains: undefined };
	const failsNode = !n8n.continueOnFail();
	return await nodeRun.duringItem(itemIndex, failsNode, async () => {
		try {
			const item = await openItem(n8n, { itemIndex, parameters, httpOptions, nodeRun });
			return itemsOf(fewEnough(await work(item)), itemIndex);
		} catch (error) {
			n8n.getExecutionCancelSignal()?.throwIfAborted();
			// The node fails because of another item, and n8n would report the first one that fails.
			if (error === nodeRun.signals.signalWith(n8n).reason) return [];
			const note = nodeRun.changes.whatWasDone(itemIndex, failsNode);
			const nodeError = toNodeError(error, n8n.getNode(), itemIndex, note);
			if (!failsNode) return [errorItem(nodeError, itemIndex)];
			if (onlyReads) nodeRun.signals.giveUp(nodeError);
			throw nodeError;
		}
	});
}

function fewEnough(rows: JsonRecord[]): JsonRecord[] {
	if (rows.length <= MOST_ROWS) return rows;
	throw new ExplainedError(
		`There are ${rows.length} output items, but n8n can't pass on more than ${MOST_ROWS} of one item here`,
		"Use 'Get Many', which has no such limit, or turn off 'Split Resource Stats'.",
	);
}
