import { describe, expect, it, test } from '@jest/globals';

import { runProgress } from '../../../lib/runs/runProgress';
import { readRun } from '../../../lib/truto/run';
import { finishedRun } from '../helpers/runs.mts';

const STARTED = '2026-11-24T10:00:00Z';
const at = (time: string) => Date.parse(`2026-11-24T${time}Z`);

function running(changes = {}) {
	return finishedRun({
		status: 'running',
		started_at: STARTED,
		updated_at: '2026-11-24T10:01:30Z',
		finished_at: null,
		...changes,
	});
}

describe('the status of a run', () => {
	test.each([
		['created', 'is_waiting'],
		['running', 'is_running'],
		['rate_limited', 'is_waiting'],
		['completed', 'is_finished'],
		['failed', 'is_finished'],
		['stopped', 'is_finished'],
		['brand_new', 'is_running'],
		[null, 'is_running'],
	])('%j: %s, and nothing else', (status, flag) => {
		const expected = {
			is_finished: false,
			is_waiting: false,
			is_running: false,
			is_stuck: false,
			is_completed: status === 'completed',
			is_failed: status === 'failed',
			is_stopped: status === 'stopped',
		};
		expect(runProgress(readRun(running({ status })), at('10:02:00'), 5)).toMatchObject({
			status,
			...expected,
			[flag]: true,
		});
	});

	it('that is new has ended if the run has a time of its end', () => {
		const ended = { status: 'brand_new', finished_at: '2026-11-24 10:01:30' };
		expect(runProgress(readRun(running(ended)), at('18:00:00'))).toMatchObject({
			is_finished: true,
			is_running: false,
			is_stuck: false,
			elapsed_seconds: 90,
		});
	});
});

describe('the progress of a run', () => {
	it('tells of a running run how far it is', () => {
		expect(Object.entries(runProgress(readRun(running()), at('10:02:00'), 5))).toEqual([
			['status', 'running'],
			['is_stuck', false],
			['fetched', 132],
			['persisted', 129],
			['tenant_id', null],
			['sync_job_label', null],
			['integration_name', 'hubspot'],
			['records_per_second', 1.1],
			['elapsed_seconds', 120],
			['seconds_since_update', 30],
			['is_finished', false],
			['is_completed', false],
			['is_failed', false],
			['is_stopped', false],
			['is_waiting', false],
			['is_running', true],
			['started_at', '2026-11-24T10:00:00.000Z'],
			['updated_at', '2026-11-24T10:01:30.000Z'],
			['finished_at', null],
			['totals', { fetched: 132, persisted: 129 }],
			['sync_job_run_id', '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64'],
			['sync_job_id', '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11'],
			['integrated_account_id', '7be2d0a4-90f1-4c55-b7a2-5f6f3f1c8d22'],
		]);
	});

	it('counts the time of a finished run to its end, not until now', () => {
		const progress = runProgress(readRun(finishedRun()), at('18:00:00'), 5);
		expect(progress).toMatchObject({ elapsed_seconds: 90, records_per_second: 1.47 });
	});

	it('gives no time of a run that has ended at an unknown time', () => {
		const stopped = { status: 'stopped', finished_at: null };
		expect(runProgress(readRun(finishedRun(stopped)), at('18:00:00'), 5)).toMatchObject({
			elapsed_seconds: null,
			records_per_second: null,
		});
	});

	it('gives null if times are missing or unreadable, and never less than 0 s', () => {
		const unstarted = { status: 'created', started_at: null, updated_at: 'x' };
		expect(runProgress(readRun(running(unstarted)), at('10:02:00'), 5)).toMatchObject({
			elapsed_seconds: null,
			seconds_since_update: null,
			records_per_second: null,
		});
		// The clock of this machine may be behind that of Truto.
		expect(runProgress(readRun(running()), at('09:59:00'), 5)).toMatchObject({
			elapsed_seconds: 0,
			seconds_since_update: 0,
			records_per_second: null,
		});
	});

	test.each([
		[{ resource_stats: null }, {}],
		[{ resource_stats: { a: { list: { persisted: 3 } } } }, { persisted: 3 }],
		[{ resource_stats: 'soon' }, null],
	])('gives no rate if nothing fetched is counted: %j', (stats, totals) => {
		expect(runProgress(readRun(running(stats)), at('10:02:00'), 5)).toMatchObject({
			totals,
			records_per_second: null,
		});
	});
});

describe('a stuck run', () => {
	const isStuck = (changes: object, now: string, minutes = 5) =>
		runProgress(readRun(running(changes)), at(now), minutes).is_stuck;

	it('is a running one, by a known status, without an update for that long', () => {
		expect(isStuck({}, '10:06:29')).toBe(false);
		expect(isStuck({}, '10:06:30')).toBe(true);
		expect(isStuck({}, '10:06:30', 10)).toBe(false);
		expect(isStuck({ status: 'brand_new' }, '10:06:30')).toBe(false);
		expect(isStuck({ updated_at: '2026-11-24 10:01:30' }, '10:06:30')).toBe(true);
	});

	it('is not counted as running', () => {
		expect(runProgress(readRun(running()), at('10:06:30'), 5)).toMatchObject({
			is_stuck: true,
			is_running: false,
			is_waiting: false,
			is_finished: false,
		});
	});

	it('is one after 5 minutes unless told otherwise', () => {
		expect(runProgress(readRun(running()), at('10:06:29')).is_stuck).toBe(false);
		expect(runProgress(readRun(running()), at('10:06:30')).is_stuck).toBe(true);
	});

	test.each(['created', 'rate_limited', 'completed', 'failed', 'stopped'])(
		'is none that is %s',
		(status) => {
			expect(isStuck({ status }, '18:00:00')).toBe(false);
		},
	);

	it('is none whose update time is unknown', () => {
		expect(isStuck({ updated_at: null }, '18:00:00')).toBe(false);
	});
});
