import type { IExecuteFunctions, IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** The webhook in Truto that belongs to a trigger. */
export interface Registration {
	webhookId: string;
	/** Signs Truto's events. Truto only sends it when the webhook is created. */
	secret: string;
}

/**
 * What n8n keeps about a trigger in the workflow's static data, separately for tests and production.
 * Events must not change any of it: n8n stores the static data of the whole workflow at once, the last
 * write wins, and an execution stores at its end what it read at its start.
 */
export type StoredRegistration = Partial<Registration>;

export function storedRegistration(n8n: IHookFunctions | IWebhookFunctions): StoredRegistration {
	return n8n.getWorkflowStaticData('node');
}

/** A name for the trigger within this process. Its test and production count as two. */
export function triggerKey(n8n: IExecuteFunctions | IHookFunctions | IWebhookFunctions): string {
	const use = n8n.getMode() === 'manual' ? 'test' : 'production';
	return `${n8n.getWorkflow().id} ${n8n.getNode().id} ${use}`;
}
