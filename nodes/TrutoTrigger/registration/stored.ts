import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** The webhook in Truto that belongs to a trigger. */
export interface Registration {
	webhookId: string;
	/** Signs Truto's events. Truto only sends it when the webhook is created. */
	secret: string;
	/** When this n8n created it, in milliseconds since 1970: of two webhooks, the later one counts. */
	createdAt: number;
}

/**
 * What n8n keeps about a trigger in the workflow's static data, separately for tests and production.
 * Events must not change any of it: n8n stores the static data of the whole workflow at once, the last
 * write wins, and an execution stores at its end what it read at its start.
 */
export interface StoredRegistration extends Partial<Registration> {
	/**
	 * It belongs to a test in the editor. n8n begins a test in the mode `manual`, but ends it in the mode
	 * in which it deactivates a workflow.
	 */
	isTest?: boolean;
}

/** Of the trigger that n8n is running. */
export function storedRegistration(n8n: IHookFunctions | IWebhookFunctions): StoredRegistration {
	return n8n.getWorkflowStaticData('node');
}

/** A webhook that this process made, and whether n8n has lost it since. */
interface Newest extends Registration {
	isLost: boolean;
}

const byTrigger = new Map<string, Newest>();

/** To be called when a webhook was made. */
export function rememberNewest(trigger: string, registration: Registration): void {
	byTrigger.set(trigger, { ...registration, isLost: false });
}

/** To be called when a trigger ends. */
export function forgetNewest(trigger: string): void {
	byTrigger.delete(trigger);
}

/**
 * The webhook that this process made last, if n8n has stored an older one: an execution that was running when
 * the webhook was created stores at its end what it read at its start. The stored one is newer if another
 * process has activated the workflow since.
 */
function newerThan(trigger: string, stored: StoredRegistration): Newest | undefined {
	const newest = byTrigger.get(trigger);
	return newest && newest.createdAt > (stored.createdAt ?? 0) ? newest : undefined;
}

/** The secret of a webhook that this process made later than the stored one. */
export function newerSecret(trigger: string, stored: StoredRegistration): string | undefined {
	return newerThan(trigger, stored)?.secret;
}

/** To be called when an event was signed with the newer secret, and not with the stored one. */
export function noteLoss(trigger: string): void {
	const newest = byTrigger.get(trigger);
	if (newest) newest.isLost = true;
}

/**
 * Restores the newest webhook if n8n has lost it. Only for calls that start no execution, because only
 * then does n8n store the change.
 */
export function restoreNewest(trigger: string, stored: StoredRegistration): void {
	const newest = newerThan(trigger, stored);
	if (!newest?.isLost) return;
	newest.isLost = false;
	const { webhookId, secret, createdAt } = newest;
	Object.assign(stored, { webhookId, secret, createdAt });
}
