import type { INode } from 'n8n-workflow';

/** Whether a node is the tool of an AI agent that n8n makes of it: its type has a name of n8n's own. */
export function isTool({ type }: INode): boolean {
	return type.endsWith('Tool');
}
