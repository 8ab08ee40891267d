import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import {
	isTooOld,
	passes,
	readEvent,
	type TrutoEvent,
} from '../../../nodes/TrutoTrigger/trutoEvent';
import { anyJson } from '../helpers/arbitraryStats.mts';
import { finishedRun } from '../helpers/runs.mts';

const CREATED_AT = '2026-11-24T10:00:00.000Z';

const event = (changes: Partial<TrutoEvent> = {}): TrutoEvent => ({
	id: 'e1',
	event: 'sync_job_run:completed',
	payload: finishedRun(),
	created_at: CREATED_AT,
	...changes,
});

describe('a body', () => {
	it('gives its event, without what surrounds it', () => {
		const body = { ...event(), environment_id: 'env', webhook_id: 'w1' };
		expect(readEvent(JSON.stringify(body))).toEqual(event());
	});

	it.each([
		['no payload', { id: 'a', event: 'b' }],
		['a payload null', { id: 'a', event: 'b', payload: null }],
		['a time that is a number', { id: 'a', event: 'b', created_at: 5 }],
		['a time that is null', { id: 'a', event: 'b', created_at: null }],
	])('is an event also with %s', (_, body) => {
		const expected = { id: 'a', event: 'b', payload: null, created_at: null };
		expect(readEvent(JSON.stringify(body))).toEqual(expected);
	});

	it.each([[[]], [[1]], ['text'], [0], [false], [''], [{ a: { b: 1 } }]])(
		'may have the payload %j',
		(payload) => {
			expect(readEvent(JSON.stringify({ ...event(), payload }))?.payload).toEqual(payload);
		},
	);

	test.each([
		'',
		' ',
		'null',
		'true',
		'5',
		'"text"',
		'[]',
		'[{"id":"a","event":"b"}]',
		'{}',
		'{"id":"a"}',
		'{"event":"b"}',
		'{"id":1,"event":"b"}',
		'{"id":"a","event":["b"]}',
		'{"id":null,"event":"b"}',
		'{"id":{},"event":"b"}',
		'{"id":"a","event":"b"',
		"{'id':'a','event':'b'}",
		'id=a&event=b',
		'<html></html>',
		'{"__proto__":{"id":"a","event":"b"}}',
		`${'['.repeat(100_000)}`,
	])('is no event: %.40s', (body) => {
		expect(readEvent(body)).toBeUndefined();
	});

	it('that is any JSON does not throw', () => {
		fc.assert(
			fc.property(fc.oneof(anyJson, fc.string()), (value) => {
				const read = readEvent(JSON.stringify(value));
				expect(read === undefined || typeof read.id === 'string').toBe(true);
			}),
		);
	});
});

describe('the age of an event', () => {
	const at = Date.parse(CREATED_AT);

	test.each([
		['just now', 0, false],
		['at the limit', 300_000, false],
		['over the limit', 300_001, true],
		['years', 1e11, true],
		['in the future, as clocks differ', -60_000, false],
	])('is %s', (_, age, expected) => {
		expect(isTooOld(event(), at + age, 300_000)).toBe(expected);
	});

	it('does not matter where any age is fine', () => {
		expect(isTooOld(event(), Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY)).toBe(false);
	});

	test.each([null, '', 'yesterday', '2026-99-99'])('that says "%s" is unknown', (created_at) => {
		expect(isTooOld(event({ created_at }), at + 1e12, 1)).toBe(false);
	});

	it('counts in any time zone', () => {
		const created_at = '2026-11-24T12:00:00+02:00';
		expect(isTooOld(event({ created_at }), at + 1_000, 1_000)).toBe(false);
		expect(isTooOld(event({ created_at }), at + 1_001, 1_000)).toBe(true);
	});
});

describe('a filter', () => {
	const job = 'job-1';
	const account = 'account-1';
	const payload = { sync_job_id: job, integrated_account_id: account };

	test.each([
		['nothing', {}, true],
		['nothing, explicitly', { sync_job_id: undefined, integrated_account_id: undefined }, true],
		['its sync job', { sync_job_id: job }, true],
		['its account', { integrated_account_id: account }, true],
		['both', payload, true],
		['another sync job', { sync_job_id: 'x' }, false],
		['another account', { integrated_account_id: 'x' }, false],
		['one of both', { ...payload, sync_job_id: 'x' }, false],
		['the other of both', { ...payload, integrated_account_id: 'x' }, false],
		['the sync job in other letters', { sync_job_id: job.toUpperCase() }, false],
	])('for %s', (_, filter, expected) => {
		expect(passes(event({ payload }), filter)).toBe(expected);
	});

	test.each([[{ id: 'r' }], [{ sync_job_id: null }], [[payload]], [null], ['text'], [5]])(
		'lets pass what does not say of which sync job it is: %j',
		(odd) => {
			expect(passes(event({ payload: odd }), { sync_job_id: 'x' })).toBe(true);
		},
	);

	test.each([[5], [true], [[]], [['x']], [{}]])('does not take %j for an id', (odd) => {
		expect(passes(event({ payload: { sync_job_id: odd } }), { sync_job_id: 'x' })).toBe(false);
	});
});
