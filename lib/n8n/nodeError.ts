import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { ExplainedError } from '../explainedError';
import { TrutoError } from '../api/trutoError';

/**
 * The error n8n shows: what happened and for which item as its message, what to do as its description.
 * In the editor's drop-downs there is no item.
 *
 * It is built from texts alone: an HTTP library's error carries the request's headers, and with them
 * the token, which must not get into an execution's data.
 */
export function toNodeError(
	error: unknown,
	node: INode,
	itemIndex?: number,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const what = error instanceof Error ? error.message : String(error);
	const description = error instanceof ExplainedError ? error.description : undefined;
	const item = itemIndex === undefined ? '' : ` [item ${itemIndex}]`;
	const options = { message: what + item, description, itemIndex };
	if (error instanceof TrutoError) {
		const httpCode = error.status === undefined ? undefined : String(error.status);
		const response: JsonObject = { message: options.message };
		return new NodeApiError(node, response, { ...options, httpCode });
	}
	return new NodeOperationError(node, options.message, options);
}
