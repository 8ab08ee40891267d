import { eventItems, type EventOutput } from '../../../lib/events/eventItems';
import type { Json } from '../../../lib/json';
import { deepFreeze } from '../helpers/deepFreeze.mts';

/** What every item says of its event. */
export const ABOUT = {
	event_created_at: '2026-11-24T10:01:32.000Z',
	event_id: 'e1',
	webhook_id: 'w1',
};

/** What an event gives if nothing is chosen. */
export const PLAIN: EventOutput = { shape: { kind: 'raw' }, splitRecords: false };

/** What an event gives: it was created at 10:01:32 of 24 November 2026 with the id e1, for webhook w1. */
export const itemsOf = (name: string, payload: Json, output: Partial<EventOutput> = {}) =>
	eventItems(
		deepFreeze({
			id: 'e1',
			name,
			payload,
			createdAt: Date.UTC(2026, 10, 24, 10, 1, 32),
			webhookId: 'w1',
		}),
		{ ...PLAIN, ...output },
	);
