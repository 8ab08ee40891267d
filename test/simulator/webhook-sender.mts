import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';

import type { Clock } from './clock.mts';
import { DEFAULT_DIALECT } from './dialect.mts';
import type { Dialect } from './dialect.mts';
import type { Store } from './store.mts';
import type { Webhook } from './types.mts';
import { WebhookPoster, type PostOutcome } from './webhook-post.mts';
import { spokenDelivery, spokenPayload, spokenSignature } from './wire-event.mts';
import { spokenTime } from './wire-times.mts';

/** How often, and how long after each other (at most), a delivery is tried again. */
export const RETRIES = 3;
const MAX_BACKOFF_MS = 10_000;
/** Unclear: what "keeps failing" means. Here: this many events in a row, each with all its attempts. */
export const FAILURES_TO_DEACTIVATE = 5;

export interface DeliveryAttempt extends PostOutcome {
	at: string;
}

/** One event on its way to one webhook. */
export interface Delivery {
	id: string;
	event: string;
	webhook_id: string;
	target_url: string;
	created_at: string;
	/** The raw body. */
	body: string;
	attempts: DeliveryAttempt[];
	delivered: boolean;
	/** False while attempts may follow. */
	done: boolean;
}

export interface DeliverOptions {
	/** Only to this webhook, whatever events it asked for; otherwise to every active one that asked. */
	webhookId?: string;
	/** The event's id: give one twice to send the same event again. */
	id?: string;
	createdAt?: string;
	/** Signs with a wrong secret. */
	forge?: boolean;
	/** Sends the event twice, with the same id. */
	double?: boolean;
	/** Only webhooks of this environment. */
	environmentId?: string;
	/** Default 3. */
	retries?: number;
	/** Settings of the dialect for this event only. */
	dialect?: Partial<Dialect>;
}

/** The header's value for a raw body, in the default dialect. */
export function signatureFor(body: string, secret: string): string {
	return spokenSignature(body, secret, DEFAULT_DIALECT);
}

/** Sends events to webhooks, signed and with retries, as many at once as there are. */
export class WebhookSender {
	/** Every delivery so far, in the order in which they began. */
	readonly deliveries: Delivery[] = [];
	/** The pause before the first retry; each further one is twice as long, up to 10 s. */
	retryBaseMs = 1_000;
	private readonly store: Store;
	private readonly clock: Clock;
	private readonly stop = new AbortController();
	private readonly open = new Set<Promise<Delivery>>();
	private readonly failures = new Map<string, number>();
	private readonly poster = new WebhookPoster();

	constructor(store: Store, clock: Clock) {
		this.store = store;
		this.clock = clock;
	}

	/** The active webhooks that asked for an event. */
	subscribers(event: string, environmentId?: string): Webhook[] {
		return [...this.store.webhooks.values()].filter(
			(webhook) =>
				webhook.is_active &&
				(environmentId === undefined || webhook.environment_id === environmentId) &&
				// Truto's guide: without event types, a webhook receives all events.
				(webhook.event_types.length === 0 || webhook.event_types.includes(event)),
		);
	}

	/** Sends an event; resolves when every delivery has succeeded or run out of retries. */
	async deliver(
		event: string,
		payload: unknown,
		options: DeliverOptions = {},
	): Promise<Delivery[]> {
		const { webhookId, double = false } = options;
		const targets = webhookId
			? [this.store.webhooks.get(webhookId)].filter((webhook) => webhook !== undefined)
			: this.subscribers(event, options.environmentId);
		const id = options.id ?? randomUUID();
		return Promise.all(
			[...targets, ...(double ? targets : [])].map((webhook) =>
				this.start(webhook, event, payload, { ...options, id }),
			),
		);
	}

	/** Resolves when nothing is under way. */
	async idle(): Promise<void> {
		do {
			await Promise.allSettled(this.open);
			// An answer may be what the next event waits for.
			await setImmediate();
		} while (this.open.size > 0);
	}

	/** Gives up what is under way. */
	close(): void {
		this.stop.abort(new Error('The simulator is closed'));
		this.poster.close();
	}

	private start(
		webhook: Webhook,
		event: string,
		payload: unknown,
		options: DeliverOptions & { id: string },
	): Promise<Delivery> {
		const dialect = { ...this.store.dialect, ...options.dialect };
		const created_at = spokenTime(options.createdAt ?? this.nowText(), dialect);
		const spoken = spokenDelivery(
			{
				id: options.id,
				event,
				payload: spokenPayload(payload, dialect),
				environment_id: webhook.environment_id,
				webhook_id: webhook.id,
				created_at,
			},
			dialect,
		);
		const delivery: Delivery = {
			id: options.id,
			event,
			webhook_id: webhook.id,
			target_url: webhook.target_url,
			created_at,
			// Made now: the run that a payload shows goes on changing.
			body: spoken.body,
			attempts: [],
			delivered: false,
			done: false,
		};
		this.deliveries.push(delivery);
		const secret = options.forge ? `not-${webhook.secret}` : webhook.secret;
		const headers = {
			'content-type': spoken.contentType,
			'x-truto-signature': spokenSignature(spoken.signed, secret, dialect),
		};
		const work = this.send(delivery, headers, options.retries ?? RETRIES);
		this.open.add(work);
		void work.finally(() => this.open.delete(work));
		return work;
	}

	private async send(
		delivery: Delivery,
		headers: Record<string, string>,
		retries: number,
	): Promise<Delivery> {
		for (let attempt = 0; attempt <= retries; attempt++) {
			if (attempt > 0 && !(await this.pause(attempt))) break;
			const at = this.nowText();
			const { target_url, body } = delivery;
			const outcome = await this.poster.post(target_url, body, headers, this.stop.signal);
			delivery.attempts.push({ ...outcome, at });
			this.log(delivery, outcome.status, at);
			delivery.delivered = outcome.status === 200;
			if (delivery.delivered) break;
		}
		delivery.done = true;
		this.judge(delivery);
		return delivery;
	}

	private async pause(attempt: number): Promise<boolean> {
		const ms = Math.min(this.retryBaseMs * 2 ** (attempt - 1), MAX_BACKOFF_MS);
		try {
			await this.clock.sleep(ms, this.stop.signal);
			return true;
		} catch {
			return false;
		}
	}

	private log({ event, webhook_id }: Delivery, status: number | null, timestamp: string): void {
		const environment_id = this.store.webhooks.get(webhook_id)?.environment_id;
		const entry = { timestamp, event, webhook_id, webhook_endpoint_status: status };
		this.store.addOtherLog('webhook', environment_id ? { ...entry, environment_id } : entry);
	}

	private judge(delivery: Delivery): void {
		if (this.stop.signal.aborted) return;
		const failures = delivery.delivered ? 0 : (this.failures.get(delivery.webhook_id) ?? 0) + 1;
		this.failures.set(delivery.webhook_id, failures);
		const webhook = this.store.webhooks.get(delivery.webhook_id);
		if (!webhook?.is_active || failures < FAILURES_TO_DEACTIVATE) return;
		webhook.is_active = false;
		webhook.updated_at = this.nowText();
		// Activated again, it gets as many chances as before.
		this.failures.delete(delivery.webhook_id);
	}

	private nowText(): string {
		return new Date(this.clock.now()).toISOString();
	}
}
