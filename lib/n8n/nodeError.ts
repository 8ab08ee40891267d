import { NodeApiError, NodeOperationError, type INode, type JsonObject } from 'n8n-workflow';

import { isJsonRecord } from '../json';
import { TrutoError } from '../transport/trutoError';
import { ExplainedError } from '../explainedError';
import { isTool } from './tool';

/**
 * The error n8n shows: what happened and for which item as its message, what to do as its description.
 * In the editor's drop-downs there is no item.
 *
 * It is built only from texts, because an HTTP library's error has the request's headers, and with them
 * the token, which must not get into an execution's data.
 *
 * @param note what else must be said, after what to do
 */
export function toNodeError(
	error: unknown,
	node: INode,
	itemIndex?: number,
	note?: string,
): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	const what = error instanceof Error ? error.message : String(error);
	const advice = error instanceof ExplainedError ? error.description : descriptionOf(error);
	const message = withItem(what, itemIndex);
	const description = [advice, note].filter(Boolean).join(' ') || undefined;
	const isAllInMessage = description !== undefined && isTool(node);
	const options = {
		// An AI agent gets only the message.
		message: isAllInMessage ? `${message}. ${description}` : message,
		description,
		itemIndex,
	};
	if (error instanceof TrutoError && error.failure.kind !== 'n8n') {
		const httpCode = error.status === undefined ? undefined : String(error.status);
		const response: JsonObject = { message: options.message };
		return new NodeApiError(node, response, { ...options, httpCode });
	}
	return new NodeOperationError(node, options.message, options);
}

/** n8n's own errors may name the item already. */
function withItem(message: string, itemIndex: number | undefined): string {
	if (itemIndex === undefined || /\[item \d+\]/.test(message)) return message;
	return `${message} [item ${itemIndex}]`;
}

/** n8n's own errors, such as those of expressions, have one, too. */
function descriptionOf(error: unknown): string | undefined {
	const { description } = isJsonRecord(error) ? error : {};
	return typeof description === 'string' ? description : undefined;
}
