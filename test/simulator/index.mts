import type { AddressInfo } from 'node:net';

import { realClock } from './clock.mts';
import type { Clock } from './clock.mts';
import { ENVIRONMENT_ID, OTHER_ENVIRONMENT_ID, OTHER_TOKEN, VALID_TOKEN } from './constants.mts';
import { changeDialect } from './dialect.mts';
import type { Dialect } from './dialect.mts';
import { DomainEvents } from './domain-events.mts';
import { Faults } from './faults.mts';
import { RateLimiter } from './rate-limit.mts';
import type { RateLimitRule } from './rate-limit.mts';
import { RequestLog } from './request-log.mts';
import type { RequestCounts, RequestRecord } from './request-log.mts';
import { runEventsTo } from './run-events.mts';
import { seedMonth } from './seed-month.mts';
import { seedStore } from './seed.mts';
import { buildServer } from './server.mts';
import { Store } from './store.mts';
import { WebhookSender } from './webhook-sender.mts';

export * from './clock.mts';
export * from './constants.mts';
export * from './dialect.mts';
export type { AccountEventName, DomainEvents } from './domain-events.mts';
export { errorBody, remoteErrorBody } from './errors.mts';
export type { ErrorBody } from './errors.mts';
export { failureLog } from './failure-logs.mts';
export type { FailureCause } from './failure-logs.mts';
export { FAULTS, Faults, tooManyRequests } from './faults.mts';
export type { Fault, FaultSpec, PathPattern } from './faults.mts';
export type { RateLimitRule, RateLimiter } from './rate-limit.mts';
export type { RequestCounts, RequestRecord } from './request-log.mts';
export { createCertificate } from './certificate.mts';
export type { ManyRunsOptions } from './many-runs.mts';
export type { Store } from './store.mts';
export * from './log-types.mts';
export * from './types.mts';
export { signatureFor } from './webhook-sender.mts';
export type {
	DeliverOptions,
	Delivery,
	DeliveryAttempt,
	WebhookSender,
} from './webhook-sender.mts';

export interface SimulatorOptions {
	/** Default 0: a free one. The host is 127.0.0.1. */
	port?: number;
	/** Per token. Default: 500 requests in 10 s, as Truto. */
	rateLimit?: RateLimitRule | false;
	/** What differs from DEFAULT_DIALECT. */
	dialect?: Partial<Dialect>;
	/** Default: real time. */
	clock?: Clock;
	/** Default true: with the data of `seed.mts`. `month`: only what a customer could have, as in `seed-month.mts`. */
	seed?: boolean | 'month';
	/** Default false: HTTPS targets only, as Truto. */
	allowHttpWebhooks?: boolean;
	/** Serves TLS. */
	https?: { key: string; cert: string };
	/** Token -> environment id. */
	environments?: Record<string, string>;
	/** Default true. Without, only counts are kept. */
	recordRequests?: boolean;
	/** The pause before a webhook delivery is first retried; default one second. */
	webhookRetryBaseMs?: number;
}

export interface Simulator {
	readonly url: string;
	readonly port: number;
	readonly clock: Clock;
	/** The data. */
	readonly store: Store;
	/** How it speaks. Set a field of it, or several with `speak`. */
	readonly dialect: Dialect;
	speak(changes: Partial<Dialect>): void;
	/** Sends the events of accounts and cron triggers. */
	readonly events: DomainEvents;
	/** Every request but those of the control API. */
	readonly requests: RequestRecord[];
	clearRequests(): void;
	/** Numbers over the requests, kept even if the requests are not. */
	requestCounts(): RequestCounts;
	readonly faults: Faults;
	readonly rateLimit: RateLimiter;
	readonly webhooks: WebhookSender;
	/** Brings runs to the present and sends their events; happens automatically every 50 ms and per request. */
	tick(): void;
	close(): Promise<void>;
}

const TICK_MS = 50;

/** Starts a simulated Truto on 127.0.0.1. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
	const { clock = realClock, seed = true, port = 0 } = options;
	const store = new Store(clock);
	changeDialect(store.dialect, options.dialect ?? {});
	if (seed === 'month') seedMonth(store);
	else if (seed) seedStore(store);
	const webhooks = new WebhookSender(store, clock);
	webhooks.retryBaseMs = options.webhookRetryBaseMs ?? webhooks.retryBaseMs;
	store.onRunEvent = runEventsTo(webhooks, store);
	const events = new DomainEvents(store, webhooks);
	const log = new RequestLog();
	log.keepRecords = options.recordRequests ?? true;
	const faults = new Faults();
	const rule = options.rateLimit ?? { requests: 500, windowMs: 10_000 };
	const limiter = new RateLimiter(rule, clock, store.dialect);
	const environments = options.environments ?? {
		[VALID_TOKEN]: ENVIRONMENT_ID,
		[OTHER_TOKEN]: OTHER_ENVIRONMENT_ID,
	};
	const app = buildServer(
		{
			clock,
			store,
			faults,
			limiter,
			log,
			webhooks,
			events,
			environments: new Map(Object.entries(environments)),
			allowHttpWebhooks: options.allowHttpWebhooks ?? false,
		},
		options.https,
	);
	await app.listen({ port, host: '127.0.0.1' });
	// Runs go on, and their events are sent, while nobody asks.
	const ticking = setInterval(() => {
		store.advance();
	}, TICK_MS);
	ticking.unref();
	const address = app.server.address() as AddressInfo;
	return {
		url: `${options.https ? 'https' : 'http'}://127.0.0.1:${String(address.port)}`,
		port: address.port,
		clock,
		store,
		dialect: store.dialect,
		speak: (changes) => {
			changeDialect(store.dialect, changes);
		},
		events,
		requests: log.records,
		clearRequests: () => {
			log.clear();
		},
		requestCounts: () => log.counts(),
		faults,
		rateLimit: limiter,
		webhooks,
		tick: () => {
			store.advance();
		},
		close: async () => {
			clearInterval(ticking);
			webhooks.close();
			await app.close();
		},
	};
}
