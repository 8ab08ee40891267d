import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { isJsonRecord, type Json } from '../../../lib/json';
import { eventItems, RECORD_EVENT, type EventOutput } from '../../../nodes/TrutoTrigger/eventItems';
import { readEvent } from '../../../nodes/TrutoTrigger/trutoEvent';
import { anyJson, anyStats } from '../helpers/arbitraryStats.mts';
import { deepFreeze } from '../helpers/deepFreeze.mts';
import { finishedRun } from '../helpers/runs.mts';

const names = fc.constantFrom(
	RECORD_EVENT,
	'sync_job_run:completed',
	'sync_job_run:record_error',
	'test',
	'__proto__',
);

const outputs: fc.Arbitrary<EventOutput> = fc.record({
	split: fc.option(
		fc.record({
			splitBy: fc.constantFrom('resource' as const, 'resourceAndMethod' as const),
			includeUnstartedResources: fc.boolean(),
			includeRawStats: fc.boolean(),
		}),
		{ nil: undefined },
	),
	simplify: fc.boolean(),
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
			fc.property(names, payloads, outputs, (event, payload, output) => {
				const given = deepFreeze({ id: 'e1', event, created_at: null, payload });
				const items = eventItems(given, deepFreeze(output));
				expect(items.length).toBeGreaterThan(0);
				for (const item of items) {
					expect(isJsonRecord(item)).toBe(true);
					expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
					expect(item).not.toHaveProperty('polluted');
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
				const [item] = eventItems(event, { simplify: false, splitRecords: false });
				expect(JSON.stringify(item?.run)).toBe(JSON.stringify(payload));
			}),
		);
	});

	it('with records gives as many items as there are', () => {
		fc.assert(
			fc.property(fc.array(anyJson, { minLength: 1 }), fc.boolean(), (records, wrapped) => {
				const payload: Json = wrapped ? { resource: 'crm/contacts', records } : records;
				const event = { id: 'e1', event: RECORD_EVENT, created_at: null, payload };
				const items = eventItems(event, { simplify: false, splitRecords: true });
				expect(items.map(({ record }) => record)).toEqual(records);
			}),
		);
	});
});
