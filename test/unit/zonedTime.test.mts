import { describe, expect, jest, test } from '@jest/globals';

import { localTime, shortTime, zonedTime } from '../../lib/zonedTime';
import { useMachineZone } from './helpers/machineZone.mts';

useMachineZone('Pacific/Auckland');

const inBerlin = (text: string) => {
	const time = zonedTime(text, 'Europe/Berlin');
	return Number.isNaN(time) ? null : new Date(time).toISOString();
};

describe('a text without a zone', () => {
	test.each([
		['2026-07-01', '2026-06-30T22:00:00.000Z'],
		['2026-01-01', '2025-12-31T23:00:00.000Z'],
		['2026-07-01 10:00', '2026-07-01T08:00:00.000Z'],
		['2026-07-01T10:00:00.5', '2026-07-01T08:00:00.500Z'],
		['7/1/2026', '2026-06-30T22:00:00.000Z'],
		['7/1/26', '2026-06-30T22:00:00.000Z'],
		['1 Jul 26', '2026-06-30T22:00:00.000Z'],
		['July 2026', '2026-06-30T22:00:00.000Z'],
		['2026-07', '2026-06-30T22:00:00.000Z'],
		['1 Jul 2026 10:00', '2026-07-01T08:00:00.000Z'],
		['Wed, 1 July 2026 10:00 pm', '2026-07-01T20:00:00.000Z'],
		// Clocks go from 2:00 to 3:00 on 29 March, and from 3:00 to 2:00 on 25 October.
		['2026-03-29 01:59', '2026-03-29T00:59:00.000Z'],
		['2026-03-29 03:00', '2026-03-29T01:00:00.000Z'],
		['2026-10-25 03:00', '2026-10-25T02:00:00.000Z'],
	])('is read in the given zone: %s', (text, time) => {
		expect(inBerlin(text)).toBe(time);
	});
});

describe('a text with a zone', () => {
	test.each([
		['2026-07-01T10:00:00Z', '2026-07-01T10:00:00.000Z'],
		['2026-07-01T10:00:00z', '2026-07-01T10:00:00.000Z'],
		['2026-07-01T10:00:00-05:00', '2026-07-01T15:00:00.000Z'],
		['2026-07-01T10:00:00+0530', '2026-07-01T04:30:00.000Z'],
		['1 Jul 2026 10:00 GMT', '2026-07-01T10:00:00.000Z'],
		['1 Jul 2026 10:00 PST', '2026-07-01T18:00:00.000Z'],
		['Wed Jul 01 2026 10:00:00 GMT+0200 (CEST)', '2026-07-01T08:00:00.000Z'],
		['1 Jul 2026 10:00 pm -0500 (EST)', '2026-07-02T03:00:00.000Z'],
	])('is read in that one: %s', (text, time) => {
		expect(inBerlin(text)).toBe(time);
	});
});

// JavaScript reads the first two in the machine's zone, and loses the zone of the next four.
test.each([
	'10:00 07-01-2026',
	'10:00 (UTC) 07-01-2026',
	'10:00 +0200 2026-07-01',
	'Wed Jul 01 10:00:00 +0200 2026',
	'07-01-2026 PST 10:00',
	'2026-07-01 10:00 -5:00',
	'2026-07-01 10:00 +0200 UTC',
	'run 12',
	'12',
	'7/1',
	'1 July',
	'Wed, 1 July 10:00',
	'yesterday',
	'',
	'2026-13-01',
	'2026-07-01 10:00 o’clock',
	'Mai 2026',
])('%j is no date', (text) => {
	expect(inBerlin(text)).toBeNull();
});

describe('a time as clocks show it', () => {
	test.each([
		['Europe/Berlin', '2026-07-01T12:00:00+02:00'],
		['America/St_Johns', '2026-07-01T07:30:00-02:30'],
		['UTC', '2026-07-01T10:00:00+00:00'],
	])('in %s', (zone, text) => {
		expect(localTime(Date.parse('2026-07-01T10:00:00Z'), zone)).toBe(text);
	});
});

describe('a time in short', () => {
	test.each([
		['2026-11-28T14:36:59Z', 'UTC', '28 Nov 14:36'],
		['2026-01-01T00:00:00Z', 'UTC', '1 Jan 00:00'],
		['2025-12-31T23:59:00Z', 'UTC', '31 Dec 2025 23:59'],
		['2027-01-01T00:00:00Z', 'UTC', '1 Jan 2027 00:00'],
		['2025-12-31T23:59:00Z', 'Asia/Kathmandu', '1 Jan 05:44'],
		['2026-01-01T04:00:00Z', 'America/New_York', '31 Dec 2025 23:00'],
	])('read in 2026: %s in %s', (time, zone, text) => {
		expect(shortTime(Date.parse(time), zone, Date.parse('2026-06-15T12:00:00Z'))).toBe(text);
	});

	test('is read in the year of the same zone', () => {
		const now = Date.parse('2026-12-31T23:30:00Z');

		expect(shortTime(now, 'Asia/Kathmandu', now)).toBe('1 Jan 05:15');
		expect(shortTime(now - 86_400_000, 'Asia/Kathmandu', now)).toBe('31 Dec 2026 05:15');
	});
});

test('a text that is far too long is no date, and takes no time to read', () => {
	const begun = performance.now();

	expect(inBerlin(`1 Jul${' '.repeat(50_000)}2026`)).toBeNull();
	expect(inBerlin('('.repeat(50_000))).toBeNull();

	// 20,000 spaces took 15 seconds.
	expect(performance.now() - begun).toBeLessThan(5_000);
});

test('many times of a zone need one format, which is slow to make', () => {
	const made = jest.spyOn(Intl, 'DateTimeFormat');
	for (let hour = 0; hour < 1_000; hour++) {
		localTime(hour * 3_600_000, 'Asia/Tokyo');
		zonedTime('2026-07-01 10:00', 'Asia/Tokyo');
	}
	expect(made.mock.calls.length).toBeLessThanOrEqual(1);
	made.mockRestore();
});
