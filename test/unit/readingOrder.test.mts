import { expect, test } from '@jest/globals';

import { inReadingOrder } from '../../lib/readingOrder';

test('what says how it is comes first, then times and values, what is wide, and IDs', () => {
	const record = {
		id: 'r1',
		sync_job_id: 'j1',
		args: { a: 1 },
		webhook_id: null,
		error_handling: null,
		events_to_send: ['completed'],
		created_at: '2026-04-01',
		resources: [{ resource: 'contacts' }],
		status: 'failed',
	};

	expect(Object.keys(inReadingOrder(record))).toEqual([
		'status',
		'created_at',
		'error_handling',
		'events_to_send',
		'args',
		'resources',
		'id',
		'sync_job_id',
		'webhook_id',
	]);
	expect(inReadingOrder(record)).toEqual(record);
});

test('named fields come before all others, in their order', () => {
	const record = { status: 'active', tenant_id: 'acme', reason: 'x', needs_attention: true };

	expect(Object.keys(inReadingOrder(record, ['needs_attention', 'reason', 'status']))).toEqual([
		'needs_attention',
		'reason',
		'status',
		'tenant_id',
	]);
});

test('a field named __proto__ stays a field', () => {
	const record = JSON.parse('{ "id": "a", "__proto__": { "b": 1 } }') as { id: string };

	const ordered = inReadingOrder(record);

	expect(Object.keys(ordered)).toEqual(['__proto__', 'id']);
	expect(Object.getPrototypeOf(ordered)).toBe(Object.prototype);
});
