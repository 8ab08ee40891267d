import type {
	IExecuteFunctions,
	IHookFunctions,
	INode,
	IPollFunctions,
	IWebhookFunctions,
} from 'n8n-workflow';

import { ParameterReader } from '../parameters/reader';
import { isOutage } from '../transport/retries';
import { TrutoError } from '../transport/trutoError';
import { toNodeError } from './nodeError';

/** Where n8n runs the code of a trigger: an activation, a request, a poll, or an execution. */
export type TriggerContext =
	| IExecuteFunctions
	| IHookFunctions
	| IPollFunctions
	| IWebhookFunctions;

/** A name for the trigger within this process. Its test and production count as two. */
export function triggerKey(n8n: TriggerContext, isTest = n8n.getMode() === 'manual'): string {
	const use = isTest ? 'test' : 'production';
	return `${n8n.getWorkflow().id} ${n8n.getNode().id} ${use}`;
}

/** What a line in n8n's log begins with: which trigger it is about. */
export function triggerName(n8n: TriggerContext): string {
	const { id, name } = n8n.getWorkflow();
	return `Truto: '${n8n.getNode().name}' of workflow '${name ?? ''}' (${id ?? 'not saved'})`;
}

/** Parameters of the whole node: a trigger has no items to resolve expressions for. */
export function triggerParameters(n8n: TriggerContext): ParameterReader {
	// Executions take these arguments in other positions.
	const get =
		'getInputData' in n8n
			? (name: string, fallback: unknown) => n8n.getNodeParameter(name, 0, fallback)
			: (name: string, fallback: unknown) => n8n.getNodeParameter(name, fallback as object);
	return new ParameterReader(get, n8n.getTimezone());
}

/** The error of an activation. n8n only shows its message, so the message also says what to do. */
export function activationError(cause: unknown, node: INode): Error {
	const error = toNodeError(cause, node);
	if (error.description) error.message += `. ${error.description}`;
	error.description = undefined;
	return error;
}

/** Whether Truto could not be asked: no reason for a trigger to stay off, if it was active before. */
export function isTrutoAway(error: unknown): boolean {
	return error instanceof TrutoError && isOutage(error.failure);
}

/** What went wrong and what to do, as sentences for n8n's log. */
export function reasonOf(n8n: TriggerContext, error: unknown): string {
	const { message, description } = toNodeError(error, n8n.getNode());
	return [`${message}.`, description].filter(Boolean).join(' ');
}
