import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { eventKey, readEvent, type TrutoEvent } from '../../../lib/events/event';
import { passes } from '../../../lib/events/filter';
import { anyJson } from '../helpers/arbitraryStats.mts';
import { finishedRun } from '../helpers/runs.mts';

const COMPLETED = 'sync_job_run:completed';
const TIME = Date.UTC(2026, 10, 24, 10);

const event = (changes: Partial<TrutoEvent> = {}): TrutoEvent => ({
	id: 'e1',
	name: COMPLETED,
	payload: finishedRun(),
	createdAt: TIME,
	webhookId: 'w1',
	...changes,
});

describe('a body', () => {
	it.each(['event', 'event_type'])('gives its event, whose name is in %s', (field) => {
		const body = {
			id: 'e1',
			[field]: COMPLETED,
			payload: finishedRun(),
			environment_id: 'env',
			webhook_id: 'w1',
			created_at: '2026-11-24T10:00:00.000Z',
		};
		expect(readEvent(JSON.stringify(body))).toEqual(event());
		expect(readEvent(`\uFEFF${JSON.stringify(body)}`)).toEqual(event());
	});

	it.each([
		['nothing else', { event: 'b' }, {}],
		['a payload null', { event: 'b', payload: null }, {}],
		['empty ids', { id: ' ', webhook_id: '', event: 'b' }, {}],
		['ids that are none', { id: {}, webhook_id: [1], event: 'b' }, {}],
		['ids that are numbers', { id: 7, webhook_id: 8, event: 'b' }, { id: '7', webhookId: '8' }],
		['both names', { event: 'b', event_type: 'c' }, {}],
		['an empty name beside the other', { event: '', event_type: 'b' }, {}],
		['a blank name beside the other', { event: ' ', event_type: 'b' }, {}],
		['a byte order mark inside', { event: 'b', payload: '\uFEFFa' }, { payload: '\uFEFFa' }],
	])('is an event also with %s', (_, body, expected) => {
		expect(readEvent(JSON.stringify(body))).toEqual({
			id: null,
			name: 'b',
			payload: null,
			createdAt: null,
			webhookId: null,
			...expected,
		});
	});

	it.each([[[]], [[1]], ['text'], [0], [false], [''], [{ a: { b: 1 } }]])(
		'may have the payload %j',
		(payload) => {
			expect(readEvent(JSON.stringify({ event: 'b', payload }))?.payload).toEqual(payload);
		},
	);

	it.each([
		['2026-11-24T10:00:00.000Z', TIME],
		['2026-11-24 10:00:00', TIME],
		['2026-11-24T12:00:00+02:00', TIME],
		[TIME, TIME],
		[TIME / 1000, TIME],
		[0, 0],
		[99_999_999_999, 99_999_999_999_000],
		[100_000_000_000, 100_000_000_000],
		['', null],
		['yesterday', null],
		['2026-99-99', null],
		[null, null],
		[true, null],
		[9e15, null],
		[[TIME], null],
	])('has a time: %j', (created_at, expected) => {
		expect(readEvent(JSON.stringify({ event: 'b', created_at }))?.createdAt).toBe(expected);
	});

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
		'{"id":"a","event":["b"]}',
		'{"id":"a","event":""}',
		'{"id":"a","event":5}',
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
				expect(read === undefined || typeof read.name === 'string').toBe(true);
			}),
		);
	});
});

describe('what tells an event from others', () => {
	it('is its id', () => {
		expect(eventKey(event(), 'any')).toBe('e1');
		expect(eventKey(event({ id: 'x'.repeat(200) }), 'any')).toBe('x'.repeat(200));
	});

	it('is short, whatever the id', () => {
		const keys = ['x'.repeat(201), 'x'.repeat(1e6)].map((id) => eventKey(event({ id }), 'any'));
		expect(keys.map((key) => key.length)).toEqual([44, 44]);
		expect(keys[0]).not.toBe(keys[1]);
	});

	it('is the hash of the body if there is no id', () => {
		// printf '{}' | openssl dgst -sha256 -binary | base64
		expect(eventKey(event({ id: null }), '{}')).toBe(
			'RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=',
		);
		expect(eventKey(event({ id: null }), '{ }')).not.toBe(
			'RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=',
		);
	});
});

describe('a filter', () => {
	const job = 'job-1';
	const account = 'account-1';
	const payload = { sync_job_id: job, integrated_account_id: account };

	test.each([
		['nothing', {}, true],
		['nothing, explicitly', { syncJobId: undefined, integratedAccountId: undefined }, true],
		['its sync job', { syncJobId: job }, true],
		['its account', { integratedAccountId: account }, true],
		['both', { syncJobId: job, integratedAccountId: account }, true],
		['another sync job', { syncJobId: 'x' }, false],
		['another account', { integratedAccountId: 'x' }, false],
		['one of both', { syncJobId: 'x', integratedAccountId: account }, false],
		['the other of both', { syncJobId: job, integratedAccountId: 'x' }, false],
		['both in other letters', { syncJobId: 'JOB-1', integratedAccountId: 'ACCOUNT-1' }, true],
	])('for %s', (_, filter, expected) => {
		expect(passes(event({ payload }), filter)).toBe(expected);
	});

	test.each([
		[{ args: { integrated_account_id: account } }, account, true],
		[{ args: { integrated_account_id: account } }, 'x', false],
		[{ integrated_account_id: null, args: null }, 'x', true],
	])('by account of a run that has it in its arguments: %j, %s', (odd, id, expected) => {
		expect(passes(event({ payload: odd }), { integratedAccountId: id })).toBe(expected);
	});

	test.each([
		['account-1', true],
		['ACCOUNT-1', true],
		['x', false],
	])('by account counts for events of accounts: %s', (id, expected) => {
		const name = 'integrated_account:deleted';
		const deleted = event({ name, payload: { id: account } });
		expect(passes(deleted, { integratedAccountId: id })).toBe(expected);
		expect(passes(deleted, { syncJobId: 'x' })).toBe(true);
	});

	test.each([[''], [null], [7]])('lets an event of an account pass whose id is %j', (id) => {
		const deleted = event({ name: 'integrated_account:deleted', payload: { id } });
		expect(passes(deleted, { integratedAccountId: 'x' })).toBe(true);
	});

	test.each([[{ id: 'r' }], [{ sync_job_id: null }], [[payload]], [null], ['text'], [5]])(
		'lets pass what does not say of which sync job it is: %j',
		(odd) => {
			expect(passes(event({ payload: odd }), { syncJobId: 'x' })).toBe(true);
		},
	);
});
