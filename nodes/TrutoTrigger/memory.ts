import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What n8n keeps of a trigger in the workflow's static data, for tests and production apart. */
export interface TriggerMemory {
	webhookId?: string;
	/** Signs Truto's events; told only when the webhook was made. */
	secret?: string;
	/** Ids of the last events, in the form in which JSON can hold them. */
	seen?: string[] | { toJSON(): string[] };
}

export function memoryOf(n8n: IHookFunctions | IWebhookFunctions): TriggerMemory {
	return n8n.getWorkflowStaticData('node');
}

/** A name for the trigger within this process: its test and its production are two. */
export function triggerKey(n8n: IHookFunctions | IWebhookFunctions): string {
	const use = n8n.getMode() === 'manual' ? 'test' : 'production';
	return `${n8n.getWorkflow().id} ${n8n.getNode().id} ${use}`;
}
