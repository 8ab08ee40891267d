import type { Store } from './store.mts';
import type { CronTrigger, IntegratedAccount } from './types.mts';
import { accountPayload } from './wire-account.mts';
import type { DeliverOptions, Delivery, WebhookSender } from './webhook-sender.mts';
import { without } from './without.mts';

/** The events of an account, without their prefix. */
export type AccountEventName =
	| 'created'
	| 'updated'
	| 'deleted'
	| 'active'
	| 'reactivated'
	| 'authentication_error'
	| 'forbidden_error'
	| 'validation_error'
	| 'post_install_error'
	| 'post_connect_form_submitted';

/** What an event tells of an account's status and last error. */
const CHANGES: Partial<Record<string, Partial<IntegratedAccount>>> = {
	created: { status: 'connecting' },
	active: { status: 'active', last_error: null },
	reactivated: { status: 'active', last_error: null },
	authentication_error: { status: 'needs_reauth', last_error: 'The access token expired' },
	validation_error: { status: 'validation_error', last_error: 'subdomain is not valid' },
	post_install_error: { status: 'post_install_error', last_error: 'A post-install step failed' },
};

/** Sends, when a test says so, the events of things that do not change automatically here. */
export class DomainEvents {
	private readonly store: Store;
	private readonly webhooks: WebhookSender;

	constructor(store: Store, webhooks: WebhookSender) {
		this.store = store;
		this.webhooks = webhooks;
	}

	/**
	 * Makes an event happen to an account: its status becomes what the event says, `deleted` removes it.
	 *
	 * @param changes other changes of the account, such as its `last_error` or `last_forbidden_error`
	 * @returns the deliveries, once each has succeeded or run out of retries
	 */
	async account(
		name: AccountEventName | (string & {}),
		id: string,
		changes: Partial<IntegratedAccount> = {},
		options: DeliverOptions = {},
	): Promise<Delivery[]> {
		const account = this.store.integratedAccounts.get(id);
		if (!account) throw new Error(`There is no integrated account ${id}`);
		const updated_at = new Date(this.store.clock.now()).toISOString();
		Object.assign(account, CHANGES[name], { updated_at }, changes);
		if (name === 'deleted') this.store.integratedAccounts.delete(id);
		const { environment_id: environmentId } = account;
		const payload = accountPayload(account, name);
		const event = `integrated_account:${name}`;
		return await this.webhooks.deliver(event, payload, { environmentId, ...options });
	}

	/**
	 * Sends `sync_job_cron_trigger:failed`, and writes the entry of the cron triggers' log.
	 *
	 * Unclear: the payload. Here it is the trigger.
	 */
	async cronTriggerFailed(id: string, options: DeliverOptions = {}): Promise<Delivery[]> {
		const trigger = this.store.cronTriggers.get(id);
		if (!trigger) throw new Error(`There is no cron trigger ${id}`);
		this.logFiring(trigger, true);
		const payload = without(trigger, 'is_scheduled');
		return await this.webhooks.deliver('sync_job_cron_trigger:failed', payload, {
			environmentId: trigger.environment_id,
			...options,
		});
	}

	private logFiring(trigger: CronTrigger, needsReauth: boolean): void {
		this.store.addOtherLog('sync_job_cron_trigger', {
			environment_id: trigger.environment_id,
			entity_id: trigger.sync_job_id,
			duration: 120,
			integrated_account_id: trigger.integrated_account_id,
			integrated_account_needs_reauth: needsReauth,
		});
	}
}
