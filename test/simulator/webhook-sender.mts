import { createHmac, randomUUID } from 'node:crypto';
import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

import type { Clock } from './clock.mts';
import type { Store } from './store.mts';
import type { Webhook } from './types.mts';

/** How often, and how long after each other (at most), a delivery is tried again. */
export const RETRIES = 3;
const MAX_BACKOFF_MS = 10_000;
/** Unclear: what "keeps failing" means. Here: this many events in a row, each with all its attempts. */
export const FAILURES_TO_DEACTIVATE = 5;
/** In real time: it guards against targets that never answer. */
const ATTEMPT_TIMEOUT_MS = 10_000;

export interface DeliveryAttempt {
	/** Null when there was no answer. */
	status: number | null;
	error?: string;
	at: string;
}

/** One event on its way to one webhook. */
export interface Delivery {
	id: string;
	event: string;
	webhook_id: string;
	target_url: string;
	created_at: string;
	/** The raw body, as signed. */
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
}

/** The header's value for a raw body. */
export function signatureFor(body: string, secret: string): string {
	return `format=sha256,v=${createHmac('sha256', secret).update(body).digest('hex')}`;
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
	// Test targets have self-signed certificates.
	private readonly httpsAgent = new HttpsAgent({ keepAlive: true, rejectUnauthorized: false });
	private readonly httpAgent = new HttpAgent({ keepAlive: true });

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
		while (this.open.size > 0) await Promise.allSettled(this.open);
	}

	/** Gives up what is under way. */
	close(): void {
		this.stop.abort(new Error('The simulator is closed'));
		this.httpAgent.destroy();
		this.httpsAgent.destroy();
	}

	private start(
		webhook: Webhook,
		event: string,
		payload: unknown,
		options: DeliverOptions & { id: string },
	): Promise<Delivery> {
		const created_at = options.createdAt ?? this.nowText();
		const delivery: Delivery = {
			id: options.id,
			event,
			webhook_id: webhook.id,
			target_url: webhook.target_url,
			created_at,
			// Made now: the run that a payload shows goes on changing.
			body: JSON.stringify({
				id: options.id,
				event,
				payload,
				environment_id: webhook.environment_id,
				webhook_id: webhook.id,
				created_at,
			}),
			attempts: [],
			delivered: false,
			done: false,
		};
		this.deliveries.push(delivery);
		const secret = options.forge ? `not-${webhook.secret}` : webhook.secret;
		const work = this.send(
			delivery,
			signatureFor(delivery.body, secret),
			options.retries ?? RETRIES,
		);
		this.open.add(work);
		void work.finally(() => this.open.delete(work));
		return work;
	}

	private async send(delivery: Delivery, signature: string, retries: number): Promise<Delivery> {
		for (let attempt = 0; attempt <= retries; attempt++) {
			if (attempt > 0 && !(await this.pause(attempt))) break;
			const at = this.nowText();
			const outcome = await this.post(delivery, signature);
			delivery.attempts.push({ ...outcome, at });
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

	private post(
		delivery: Delivery,
		signature: string,
	): Promise<{ status: number | null; error?: string }> {
		const secure = delivery.target_url.startsWith('https:');
		return new Promise((resolve) => {
			const request = (secure ? httpsRequest : httpRequest)(
				delivery.target_url,
				{
					method: 'POST',
					agent: secure ? this.httpsAgent : this.httpAgent,
					signal: this.stop.signal,
					timeout: ATTEMPT_TIMEOUT_MS,
					headers: {
						'content-type': 'application/json',
						'content-length': Buffer.byteLength(delivery.body),
						'user-agent': 'truto',
						'x-truto-signature': signature,
					},
				},
				(response) => {
					response.resume();
					response.once('close', () => {
						resolve({ status: response.statusCode ?? null });
					});
				},
			);
			request.once('timeout', () =>
				request.destroy(new Error('The target did not answer in time')),
			);
			request.once('error', (error) => {
				resolve({ status: null, error: error.message });
			});
			request.end(delivery.body);
		});
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
