import type { INodeExecutionData, NodeError } from 'n8n-workflow';

import type { JsonRecord } from '../json';

/** Output items that are linked to the input item they come from. */
export function itemsOf(rows: JsonRecord[], item: number): INodeExecutionData[] {
	return rows.map((json) => ({ json, pairedItem: { item } }));
}

/**
 * The item for an error: what happened, and the same text with what to do. n8n before 2.35.3 only sends
 * an item to the error output if it has just these two fields.
 */
export function errorItem({ message, description }: NodeError, item: number): INodeExecutionData {
	const isWhole = !description || message.includes(description);
	const text = isWhole ? message : `${message}\n${description}`;
	return { json: { error: message, message: text }, pairedItem: { item } };
}
