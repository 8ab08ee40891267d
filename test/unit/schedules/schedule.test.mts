import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { isJsonRecord, type JsonRecord } from '../../../lib/json';
import { localTime } from '../../../lib/zonedTime';
import { isLate, scheduleTimes, simplifySchedule } from '../../../lib/schedules/schedule';
import { readRun } from '../../../lib/truto/run';
import { readSchedule } from '../../../lib/truto/schedule';
import { anyJson } from '../helpers/arbitraryStats.mts';
import { deepFreeze } from '../helpers/deepFreeze.mts';

/** The day before clocks in Berlin go forward. */
const NOW = Date.parse('2026-03-28T10:00:00Z');

const schedule: JsonRecord = {
	id: 's1',
	sync_job_id: 'j1',
	integrated_account_id: 'a1',
	cron_expression: '0 */12 * * *',
	args: {},
	created_at: '2026-03-01 10:00:00',
	updated_at: '2026-03-02 10:00:00',
};

describe('the times of a schedule', () => {
	it('are told in words, in UTC and in the zone of the workflow', () => {
		expect(scheduleTimes(readSchedule(deepFreeze(schedule)), NOW, 'Europe/Berlin')).toEqual({
			runs: 'every 12 hours',
			next_runs: [
				'2026-03-28T12:00:00.000Z',
				'2026-03-29T00:00:00.000Z',
				'2026-03-29T12:00:00.000Z',
			],
			next_runs_local: [
				'2026-03-28T13:00:00+01:00',
				'2026-03-29T01:00:00+01:00',
				'2026-03-29T14:00:00+02:00',
			],
			cron_error: null,
		});
	});

	test.each<[JsonRecord, RegExp]>([
		[{}, /does not have five fields/],
		[{ cron_expression: null }, /does not have five fields/],
		[{ cron_expression: '0 0 30 2 *' }, /never matches a date/],
	])('of %j are none, and it is said why', (odd, message) => {
		const times = scheduleTimes(readSchedule(odd), NOW);
		expect(times).toMatchObject({
			runs: null,
			next_runs: [],
			next_runs_local: [],
		});
		expect(times.cron_error).toMatch(message);
	});
});

describe('a time in a zone', () => {
	test.each([
		['UTC', '2026-03-28T10:00:00+00:00'],
		['Europe/Berlin', '2026-03-28T11:00:00+01:00'],
		['Asia/Kolkata', '2026-03-28T15:30:00+05:30'],
		['America/St_Johns', '2026-03-28T07:30:00-02:30'],
		['Pacific/Kiritimati', '2026-03-29T00:00:00+14:00'],
	])('%s: %s', (zone, text) => {
		expect(localTime(NOW, zone)).toBe(text);
	});
});

const simplified = (raw: JsonRecord) =>
	simplifySchedule(readSchedule(raw), scheduleTimes(readSchedule(raw), NOW));

describe('a schedule', () => {
	const late = (lastRun: string | null, now: string, changes: JsonRecord = {}) =>
		isLate(
			readSchedule({ ...schedule, ...changes }),
			lastRun === null ? null : readRun({ created_at: `2026-03-28 ${lastRun}` }),
			Date.parse(`2026-03-${now}Z`),
		);

	it('is late if two of its times have passed since the last run', () => {
		expect(late('00:00:05', '28T23:59:59')).toBe(false);
		expect(late('00:00:05', '29T00:00:00')).toBe(true);
		// It began a little before its time.
		expect(late('11:59:30', '29T11:59:59')).toBe(false);
		expect(late('11:59:30', '29T12:00:00')).toBe(true);
	});

	it('that has not run yet is late after two times since its last change', () => {
		expect(late(null, '03T09:59:00', { updated_at: '2026-03-02 10:00:00' })).toBe(true);
		expect(late(null, '02T23:59:59', { updated_at: '2026-03-02 10:00:00' })).toBe(false);
		expect(late(null, '02T23:59:59', { updated_at: null })).toBe(true);
	});

	it('is not late by an expression that it did not have before', () => {
		const changes = { cron_expression: '*/5 * * * *', updated_at: '2026-03-28 10:00:00' };
		expect(late('00:00:05', '28T10:09:59', changes)).toBe(false);
		expect(late('00:00:05', '28T10:15:00', changes)).toBe(true);
	});

	it('cannot be judged without times', () => {
		expect(late(null, '28T10:00:00', { updated_at: null, created_at: null })).toBeNull();
		expect(late('00:00:00', '28T10:00:00', { cron_expression: 'x' })).toBeNull();
		expect(isLate(readSchedule(schedule), readRun({}), NOW)).toBeNull();
	});

	it('is simplified to flat fields, the answer first and IDs last', () => {
		expect(Object.entries(simplified(schedule))).toEqual([
			['runs', 'every 12 hours'],
			['tenant_id', null],
			['sync_job_label', null],
			['next_run_at_local', '2026-03-28T12:00:00+00:00'],
			['next_run_at', '2026-03-28T12:00:00.000Z'],
			['integration_name', null],
			['cron_expression', '0 */12 * * *'],
			['cron_error', null],
			['created_at', '2026-03-01T10:00:00.000Z'],
			['updated_at', '2026-03-02T10:00:00.000Z'],
			['sync_job_cron_trigger_id', 's1'],
			['sync_job_id', 'j1'],
			['integrated_account_id', 'a1'],
		]);
		expect(simplified({})).toMatchObject({
			runs: null,
			next_run_at: null,
		});
	});

	it('of any JSON breaks nothing', () => {
		fc.assert(
			fc.property(anyJson, anyJson, (odd, run) => {
				const what = isJsonRecord(odd) ? odd : { cron_expression: odd, updated_at: odd };
				simplified(what);
				isLate(readSchedule(what), isJsonRecord(run) ? readRun(run) : null, NOW);
			}),
		);
	});
});

describe('the times of schedules with one expression', () => {
	const schedule = readSchedule({ cron_expression: '0 6 * * *' });
	const nextRuns = (now: string, zone = 'UTC') => scheduleTimes(schedule, Date.parse(now), zone);

	it('are lists of their own', () => {
		nextRuns('2026-04-01T10:00:00Z').next_runs.length = 0;
		expect(nextRuns('2026-04-01T10:00:00Z').next_runs[0]).toBe('2026-04-02T06:00:00.000Z');
	});

	it('follow the time and the zone', () => {
		expect(nextRuns('2026-04-05T10:00:00Z').next_runs[0]).toBe('2026-04-06T06:00:00.000Z');
		expect(nextRuns('2026-04-05T10:00:00Z', 'Asia/Tokyo').next_runs_local[0]).toBe(
			'2026-04-06T15:00:00+09:00',
		);
	});
});
