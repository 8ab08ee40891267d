import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';

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
	const options = { message, description, itemIndex };
	const nodeError = isApiError(error)
		? new NodeApiError(node, { message }, { ...options, httpCode: httpCodeOf(error) })
		: new NodeOperationError(node, message, options);
	// n8n replaces a text that contains a code such as ECONNRESET. An AI agent gets only the message.
	nodeError.message = description && isTool(node) ? `${message}. ${description}` : message;
	return nodeError;
}

/** Whether it is about an answer of Truto, or about none. */
function isApiError(error: unknown): error is TrutoError {
	return error instanceof TrutoError && error.failure.kind !== 'n8n';
}

function httpCodeOf({ status }: TrutoError): string | undefined {
	return status === undefined ? undefined : String(status);
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
