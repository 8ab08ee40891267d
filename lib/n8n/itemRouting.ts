import {
	NodeConnectionTypes,
	type IExecutePaginationFunctions,
	type IHttpRequestOptions,
	type INodeExecutionData,
	type INodePropertyRouting,
} from 'n8n-workflow';

import { errorItem, itemsOf } from './items';
import { toNodeError } from './nodeError';
import { nodeRunOf } from './nodeRun';
import { openItem } from './openItem';
import { workOf, type Operation } from './operation';

/**
 * The routing of an operation for n8n's declarative engine, which calls a pagination function once for
 * each input item. Here it does the operation's work, links every output item to its input item, and
 * turns an error into an item if the node's *On Error* setting asks for that.
 */
export function itemRouting(operation: Operation): INodePropertyRouting {
	return {
		send: { paginate: true },
		operations: {
			async pagination(this: IExecutePaginationFunctions, { options }) {
				return await runItem(this, operation, options as Partial<IHttpRequestOptions>);
			},
		},
	};
}

async function runItem(
	n8n: IExecutePaginationFunctions,
	operation: Operation,
	httpOptions: Partial<IHttpRequestOptions>,
): Promise<INodeExecutionData[]> {
	const itemIndex = n8n.getItemIndex();
	const { json: args } = n8n.getInputData(0, NodeConnectionTypes.AiTool);
	const nodeRun = nodeRunOf(n8n.getExecuteData(), n8n.getNode(), args);
	const get = (name: string, fallback: unknown) => n8n.getNodeParameter(name, fallback);
	try {
		return await nodeRun.during(async () => {
			const item = await openItem(n8n, { itemIndex, get, httpOptions, nodeRun });
			const work = await workOf(operation, item);
			return itemsOf(await work(), itemIndex);
		});
	} catch (error) {
		n8n.getExecutionCancelSignal()?.throwIfAborted();
		const nodeError = toNodeError(error, n8n.getNode(), itemIndex, nodeRun.whatWasDone());
		if (!n8n.continueOnFail()) throw nodeError;
		return [errorItem(nodeError, itemIndex)];
	}
}
