import type { INodeExecutionData, NodeError } from 'n8n-workflow';

import type { JsonRecord } from '../json';

/** Output items that are linked to the input item they come from. */
export function itemsOf(rows: JsonRecord[], item: number): INodeExecutionData[] {
	return rows.map((json) => ({ json, pairedItem: { item } }));
}

/**
 * An item in the place of an error: what happened, and the same with what to do. n8n before 2.35.3 takes an
 * item for an error, which leaves by the error output, only if it has no more than these two.
 */
export function errorItem({ message, description }: NodeError, item: number): INodeExecutionData {
	const lines = [message, description].filter(Boolean);
	return { json: { error: message, message: lines.join('\n') }, pairedItem: { item } };
}
