import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readEvent } from '../../../lib/events/event';
import { eventItems, type EventOutput } from '../../../lib/events/eventItems';
import { passes } from '../../../lib/events/filter';
import { isJsonRecord, type Json } from '../../../lib/json';
import type { Shape } from '../../../lib/shape';
import { anyJson, anyStats } from '../helpers/arbitraryStats.mts';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun } from '../helpers/runs.mts';

const RECORD = 'sync_job_run:record';

const names = fc.constantFrom(
	RECORD,
	'sync_job_run:completed',
	'sync_job_run:record_error',
	'integrated_account:forbidden_error',
	'integrated_account:deleted',
	'sync_job_cron_trigger:failed',
	'test',
	'__proto__',
);

const shapes = fc.constantFrom<Shape>({ kind: 'raw' }, { kind: 'simplified' });

const outputs: fc.Arbitrary<EventOutput> = fc.record({
	split: fc.option(
		fc.record({
			splitBy: fc.constantFrom('resource' as const, 'resourceAndMethod' as const),
			includeUnstartedResources: fc.boolean(),
			includeRawStats: fc.boolean(),
		}),
		{ nil: undefined },
	),
	shape: shapes,
	splitRecords: fc.boolean(),
});

const anyRun = fc
	.tuple(fc.oneof(anyJson, anyStats), anyJson)
	.map(([resource_stats, resources]): Json => finishedRun({ resource_stats, resources }));

/** An object with records, by hand: only JSON text gives it a key `__proto__` of its own. */
const withRecords = anyJson.map((value) => {
	const text = JSON.stringify(value);
	return JSON.parse(`{"__proto__":${text},"constructor":${text},"records":[${text}]}`) as Json;
});

describe('any payload', () => {
	it('gives items, never throws, and harms neither a prototype nor its input', () => {
		const before = Reflect.ownKeys(Object.prototype);
		const payloads = fc.oneof(anyJson, anyRun, withRecords);
		fc.assert(
			fc.property(names, payloads, outputs, (name, payload, output) => {
				const event = deepFreeze({ id: 'e1', name, createdAt: 0, payload, webhookId: null });
				expect(typeof passes(event, { syncJobId: 'x', integratedAccountId: 'y' })).toBe('boolean');
				const items = eventItems(event, deepFreeze(output));
				expect(items.length).toBeGreaterThan(0);
				for (const item of items) {
					expect(isJsonRecord(item)).toBe(true);
					expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
					expect(item).not.toHaveProperty('polluted');
					expect(item.event).toBe(name);
					expect(item.event_id).toBe('e1');
				}
				expect(Reflect.ownKeys(Object.prototype)).toEqual(before);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('comes whole through the text of the body', () => {
		fc.assert(
			fc.property(anyJson, (payload) => {
				const text = `{"id":"e1","event":"test","payload":${JSON.stringify(payload)}}`;
				const event = readEvent(text);
				expect(event).toBeDefined();
				if (!event) return;
				const [item] = eventItems(event, { shape: { kind: 'raw' }, splitRecords: false });
				expect(JSON.stringify(item?.payload)).toBe(JSON.stringify(payload));
			}),
		);
	});

	it('with records gives as many items as there are', () => {
		fc.assert(
			fc.property(fc.array(anyJson, { minLength: 1 }), fc.boolean(), (records, wrapped) => {
				const payload: Json = wrapped ? { resource: 'crm/contacts', records } : records;
				const event = { id: 'e1', name: RECORD, createdAt: null, payload, webhookId: null };
				const items = eventItems(event, { shape: { kind: 'raw' }, splitRecords: true });
				expect(items.map(({ record }) => record)).toEqual(records);
			}),
		);
	});
});
