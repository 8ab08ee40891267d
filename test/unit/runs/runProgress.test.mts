import { describe, expect, it, test } from '@jest/globals';

import { runProgress } from '../../../lib/runs/runProgress';
import { isFinished, isWaiting } from '../../../lib/runs/runStatus';
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
		['created', { waiting: true, finished: false, running: false }],
		['running', { waiting: false, finished: false, running: true }],
		['rate_limited', { waiting: true, finished: false, running: false }],
		['completed', { waiting: false, finished: true, running: false }],
		['failed', { waiting: false, finished: true, running: false }],
		['stopped', { waiting: false, finished: true, running: false }],
		['brand_new', { waiting: false, finished: false, running: true }],
	])('%s: %j', (status, expected) => {
		expect([isWaiting(status), isFinished(status)]).toEqual([expected.waiting, expected.finished]);
		expect(runProgress(running({ status }), at('10:02:00'), 5)).toMatchObject({
			status,
			is_waiting: expected.waiting,
			is_finished: expected.finished,
			is_running: expected.running,
			is_completed: status === 'completed',
			is_failed: status === 'failed',
			is_stopped: status === 'stopped',
		});
	});

	test.each([[undefined], [null], [7], [{}]])(
		'that can not be read is not finished: %j',
		(status) => {
			expect(isFinished(status)).toBe(false);
			expect(isWaiting(status)).toBe(false);
		},
	);
});

describe('the progress of a run', () => {
	it('tells of a running run how far it is', () => {
		expect(runProgress(running(), at('10:02:00'), 5)).toEqual({
			sync_job_run_id: '3f0c8a52-6f3e-4b7f-9a57-0d5c8b1f2e64',
			sync_job_id: '0d9f7c1e-2b1a-4a57-8d33-7a4b2f0c9e11',
			integration_name: 'hubspot',
			status: 'running',
			is_finished: false,
			is_completed: false,
			is_failed: false,
			is_stopped: false,
			is_waiting: false,
			is_running: true,
			is_stuck: false,
			totals: { fetched: 132, persisted: 129 },
			records_per_second: 1.1,
			elapsed_seconds: 120,
			seconds_since_update: 30,
			started_at: STARTED,
			updated_at: '2026-11-24T10:01:30Z',
			finished_at: null,
		});
	});

	it('counts the time of a finished run to its end, not until now', () => {
		const progress = runProgress(finishedRun(), at('18:00:00'), 5);
		expect(progress).toMatchObject({ elapsed_seconds: 90.25, records_per_second: 1.46 });
	});

	it('gives null where times are missing or unreadable, and never less than 0 s', () => {
		const unstarted = { status: 'created', started_at: null, updated_at: 'x' };
		expect(runProgress(running(unstarted), at('10:02:00'), 5)).toMatchObject({
			elapsed_seconds: null,
			seconds_since_update: null,
			records_per_second: null,
		});
		// The clock of this machine may be behind that of Truto.
		expect(runProgress(running(), at('09:59:00'), 5)).toMatchObject({
			elapsed_seconds: 0,
			seconds_since_update: 0,
			records_per_second: null,
		});
	});

	test.each([
		[{ resource_stats: null }, {}],
		[{ resource_stats: { a: { list: { persisted: 3 } } } }, { persisted: 3 }],
		[{ resource_stats: 'soon' }, null],
	])('gives no rate where nothing fetched is counted: %j', (stats, totals) => {
		expect(runProgress(running(stats), at('10:02:00'), 5)).toMatchObject({
			totals,
			records_per_second: null,
		});
	});
});

describe('a stuck run', () => {
	const isStuck = (changes: object, now: string, minutes = 5) =>
		runProgress(running(changes), at(now), minutes).is_stuck;

	it('is a running one without an update for that long', () => {
		expect(isStuck({}, '10:06:29')).toBe(false);
		expect(isStuck({}, '10:06:30')).toBe(true);
		expect(isStuck({}, '10:06:30', 10)).toBe(false);
		expect(isStuck({ status: 'brand_new' }, '10:06:30')).toBe(true);
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
