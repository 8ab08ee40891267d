import { describe, expect, it, test } from '@jest/globals';

import { readDate } from '../../../lib/parameters/readDate';
import { explainedErrorOf } from '../helpers/explained.mts';

const inUtc = (value: unknown) => readDate(value, 'Created After', 'UTC');

describe('a point in time', () => {
	test.each([
		['2026-11-24', 'UTC', '2026-11-24T00:00:00.000Z'],
		['2026-11-24', 'Europe/Berlin', '2026-11-23T23:00:00.000Z'],
		['2026-11-24', 'America/New_York', '2026-11-24T05:00:00.000Z'],
		['2026-11-24T10:00:00', 'Europe/Berlin', '2026-11-24T09:00:00.000Z'],
		['2026-07-24T10:00:00', 'Europe/Berlin', '2026-07-24T08:00:00.000Z'],
		['2026-11-24 10:00:00', 'Europe/Berlin', '2026-11-24T09:00:00.000Z'],
		['2026-11-24T10:00', 'Asia/Kolkata', '2026-11-24T04:30:00.000Z'],
		['2026-11-24T10:00:00.250', 'Asia/Kolkata', '2026-11-24T04:30:00.250Z'],
		['  2026-11-24T10:00:00  ', 'UTC', '2026-11-24T10:00:00.000Z'],
	])('that names no zone is one of the workflow: %j in %s', (text, zone, instant) => {
		expect(readDate(text, 'x', zone)).toBe(instant);
	});

	test.each([
		['2026-03-29T01:59:00', 'Europe/Berlin', '2026-03-29T00:59:00.000Z'],
		['2026-03-29T03:00:00', 'Europe/Berlin', '2026-03-29T01:00:00.000Z'],
		['2026-10-25T01:59:00', 'Europe/Berlin', '2026-10-24T23:59:00.000Z'],
		['2026-10-25T03:00:00', 'Europe/Berlin', '2026-10-25T02:00:00.000Z'],
		['2026-03-08T01:59:00', 'America/New_York', '2026-03-08T06:59:00.000Z'],
		['2026-03-08T03:00:00', 'America/New_York', '2026-03-08T07:00:00.000Z'],
		['2026-11-01T00:59:00', 'America/New_York', '2026-11-01T04:59:00.000Z'],
		['2026-11-01T02:00:00', 'America/New_York', '2026-11-01T07:00:00.000Z'],
	])('is right beside a change of summer time: %s in %s', (text, zone, instant) => {
		expect(readDate(text, 'x', zone)).toBe(instant);
	});

	test.each([
		['2026-11-24T10:00:00Z', '2026-11-24T10:00:00.000Z'],
		['2026-11-24T10:00:00+01:00', '2026-11-24T09:00:00.000Z'],
		['2026-11-24T10:00:00.000-05:00', '2026-11-24T15:00:00.000Z'],
		['2026-11-24T10:00:00-0500', '2026-11-24T15:00:00.000Z'],
	])('that names its zone is one of that zone: %s', (text, instant) => {
		expect(readDate(text, 'x', 'Asia/Kolkata')).toBe(instant);
	});

	test.each([
		['11/24/2026', '2026-11-23T23:00:00.000Z'],
		['11-24-2026', '2026-11-23T23:00:00.000Z'],
		['1 Jul 2026 09:00', '2026-07-01T07:00:00.000Z'],
		['1 Jul 2026 9:00 PM', '2026-07-01T19:00:00.000Z'],
		['July 1, 2026', '2026-06-30T22:00:00.000Z'],
		['Wed, 1 July 2026 09:00', '2026-07-01T07:00:00.000Z'],
		['2026/07/01 09:00', '2026-07-01T07:00:00.000Z'],
		['2/29/2028', '2028-02-28T23:00:00.000Z'],
		['31 May 2026', '2026-05-30T22:00:00.000Z'],
	])(
		'may be written in other ways, and is one of the workflow, not of the machine: %s',
		(text, instant) => {
			expect(readDate(text, 'x', 'Europe/Berlin')).toBe(instant);
		},
	);

	test.each([
		['1 Jul 2026 09:00 GMT', '2026-07-01T09:00:00.000Z'],
		['1 Jul 2026 09:00 +0530', '2026-07-01T03:30:00.000Z'],
		['1 Jul 2026 09:00 PST', '2026-07-01T17:00:00.000Z'],
		[
			'Wed Jul 01 2026 09:00:00 GMT+0200 (Central European Summer Time)',
			'2026-07-01T07:00:00.000Z',
		],
	])('may name its zone in other ways: %s', (text, instant) => {
		expect(readDate(text, 'x', 'Asia/Kolkata')).toBe(instant);
	});

	test.each([
		[1_782_950_400, '2026-07-02T00:00:00.000Z'],
		['1782950400', '2026-07-02T00:00:00.000Z'],
		['1782950400.5', '2026-07-02T00:00:00.500Z'],
		['1782950400.25', '2026-07-02T00:00:00.250Z'],
		[1_782_950_400_000, '2026-07-02T00:00:00.000Z'],
		[0, '1970-01-01T00:00:00.000Z'],
	])('may be seconds or milliseconds: %p', (number, instant) => {
		expect(inUtc(number)).toBe(instant);
	});

	it('may be a date, milliseconds or what an expression gives', () => {
		const date = new Date('2026-11-24T10:00:00Z');
		expect(inUtc(date)).toBe('2026-11-24T10:00:00.000Z');
		expect(inUtc(date.getTime())).toBe('2026-11-24T10:00:00.000Z');
		expect(inUtc({ valueOf: () => date.getTime() })).toBe('2026-11-24T10:00:00.000Z');
	});

	it('may be in the years 1970 to 9999', () => {
		expect(inUtc('1970-01-01T00:00:00Z')).toBe('1970-01-01T00:00:00.000Z');
		expect(inUtc('9999-12-31T23:59:59Z')).toBe('9999-12-31T23:59:59.000Z');
	});

	test.each([[undefined], [null], ['']])('is undefined without a value: %j', (value) => {
		expect(inUtc(value)).toBeUndefined();
	});

	test.each([
		['yesterday'],
		['run 12'],
		['later 3'],
		['24.11.2026'],
		['2026'],
		[2026],
		[-1],
		['2026-13-45'],
		['1969-12-31T23:59:59Z'],
		['+010000-01-01T00:00:00Z'],
		['2026-11-24T25:00:00'],
		[{}],
		[Number.NaN],
		[new Date('x')],
		[[]],
		[[1_782_950_400]],
		[false],
		[true],
		['2026-06-31'],
		['2026-02-30T10:00:00Z'],
		['2026-02-29 10:00'],
		['31 Jun 2026'],
		['June 31, 2026 10:00'],
		['2/30/2026'],
		['2026/2/30 09:00'],
		['Wed Jun 31 2026 09:00:00 GMT+0200 (CEST)'],
		['1 Apr 2026 12:00 (CET)'],
	])('is refused if it cannot be read: %p', (value) => {
		const error = explainedErrorOf(() => inUtc(value));
		expect(error.message).toContain("'Created After' is not valid");
		expect(error.description).toContain('2026-11-24T10:00:00Z');
	});
});
