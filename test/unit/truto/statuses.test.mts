import { describe, expect, it, test } from '@jest/globals';

import {
	ACCOUNT_STATUSES,
	END_STATUSES,
	isEndStage,
	isRunStatus,
	RUN_STATUSES,
	runStage,
} from '../../../lib/truto/statuses';

describe('the status of a run', () => {
	test.each([
		['created', 'waiting'],
		['running', 'running'],
		['rate_limited', 'paused'],
		['completed', 'completed'],
		['failed', 'failed'],
		['stopped', 'stopped'],
		['brand_new', 'running'],
		['Completed', 'running'],
		[null, 'running'],
		[7, 'running'],
		[{}, 'running'],
	])('%j: %s', (status, stage) => {
		expect(runStage({ status, finished_at: null })).toBe(stage);
	});

	test.each(['created', 'running', 'rate_limited', 'brand_new', null])(
		'%j has ended once the run has a time of its end',
		(status) => {
			for (const time of ['2026-04-01 10:00:00', 'yesterday', 1_775_037_600_000]) {
				expect(runStage({ status, finished_at: time })).toBe('ended');
			}
		},
	);

	test.each([[null], [''], [' '], [0], [false], [true], [{}], [[]], [[5]]])(
		'has not ended at the time %j',
		(time) => {
			expect(runStage({ status: 'running', finished_at: time })).toBe('running');
		},
	);

	it('that is absent has not ended', () => {
		expect(runStage({})).toBe('running');
	});

	test.each([
		['waiting', false],
		['paused', false],
		['running', false],
		['completed', true],
		['failed', true],
		['stopped', true],
		['ended', true],
	] as const)('the stage %s is an end: %s', (stage, isEnd) => {
		expect(isEndStage(stage)).toBe(isEnd);
	});

	it('is defined once', () => {
		expect(RUN_STATUSES.map((status) => Object.values(status))).toEqual([
			['completed', 'Completed', true, 'completed'],
			['created', 'Created', false, 'waiting'],
			['failed', 'Failed', true, 'failed'],
			['rate_limited', 'Rate Limited', false, 'paused'],
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
