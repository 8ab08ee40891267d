import type { Clock } from './clock.mts';
import type { DomainEvents } from './domain-events.mts';
import type { Faults } from './faults.mts';
import type { RateLimiter } from './rate-limit.mts';
import type { RequestLog } from './request-log.mts';
import type { Store } from './store.mts';
import type { WebhookSender } from './webhook-sender.mts';

/** What the routes share. */
export interface Context {
	clock: Clock;
	store: Store;
	faults: Faults;
	limiter: RateLimiter;
	log: RequestLog;
	webhooks: WebhookSender;
	events: DomainEvents;
	/** Token -> environment id. */
	environments: ReadonlyMap<string, string>;
	allowHttpWebhooks: boolean;
}
