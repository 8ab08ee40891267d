import { describe, expect, it, test } from '@jest/globals';

import {
	ACCOUNT_STATUSES,
	END_STATUSES,
	hasEnded,
	isRunStatus,
	isWaiting,
	RUN_STATUSES,
} from '../../../lib/truto/statuses';
import type { JsonRecord } from '../../../lib/json';

describe('the status of a run', () => {
	test.each([
		['created', { waiting: true, ended: false }],
		['running', { waiting: false, ended: false }],
		['rate_limited', { waiting: true, ended: false }],
		['completed', { waiting: false, ended: true }],
		['failed', { waiting: false, ended: true }],
		['stopped', { waiting: false, ended: true }],
		['brand_new', { waiting: false, ended: false }],
		['Completed', { waiting: false, ended: false }],
		[null, { waiting: false, ended: false }],
		[7, { waiting: false, ended: false }],
		[{}, { waiting: false, ended: false }],
	])('%j: %j', (status, expected) => {
		const run: JsonRecord = { status, finished_at: null };
		expect({ waiting: isWaiting(run), ended: hasEnded(run) }).toEqual(expected);
	});

	test.each(['created', 'running', 'rate_limited', 'brand_new', null])(
		'%j has ended once the run has a time of its end',
		(status) => {
			for (const time of ['2026-04-01 10:00:00', 'yesterday', 1_775_037_600_000]) {
				expect(hasEnded({ status, finished_at: time })).toBe(true);
				expect(isWaiting({ status, finished_at: time })).toBe(false);
			}
		},
	);

	test.each([[null], [''], [' '], [0], [false], [true], [{}], [[]], [[5]]])(
		'has not ended at the time %j',
		(time) => {
			expect(hasEnded({ status: 'running', finished_at: time })).toBe(false);
		},
	);

	it('that is absent has not ended', () => {
		expect(hasEnded({})).toBe(false);
		expect(isWaiting({})).toBe(false);
	});

	it('is defined once', () => {
		expect(RUN_STATUSES.map((status) => Object.values(status))).toEqual([
			['completed', 'Completed', true, 'completed'],
			['created', 'Created', false, 'waiting'],
			['failed', 'Failed', true, 'failed'],
			['rate_limited', 'Rate Limited', false, 'rate_limited'],
			['running', 'Running', false, 'running'],
			['stopped', 'Stopped', true, 'stopped'],
		]);
		expect(END_STATUSES).toEqual(['completed', 'failed', 'stopped']);
		expect([isRunStatus('running'), isRunStatus('brand_new'), isRunStatus(null)]).toEqual([
			true,
			false,
			false,
		]);
	});
});

describe('the status of an account', () => {
	it('is defined once', () => {
		expect(ACCOUNT_STATUSES.map(({ value, name, broken }) => [value, name, broken])).toEqual([
			['active', 'Active', false],
			['connecting', 'Connecting', false],
			['needs_reauth', 'Needs Reconnecting', true],
			['post_install_error', 'Setup Failed', true],
			['validation_error', 'Validation Failed', true],
		]);
	});
});
