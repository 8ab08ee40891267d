import { describe, expect, it, test } from '@jest/globals';

import { timestamp, utcTime } from '../../../lib/truto/timestamp';
import { useMachineZone } from '../helpers/machineZone.mts';

useMachineZone('Pacific/Auckland');

/** 2026-04-01T10:00:00Z */
const TEN = 1_775_037_600_000;

describe('a timestamp', () => {
	it('is milliseconds since 1970', () => {
		expect(timestamp('1970-01-01T00:00:01.500Z')).toBe(1500);
	});

	test.each([
		['2026-04-01T10:00:00.000Z', TEN],
		['2026-04-01T10:00:00Z', TEN],
		['2026-04-01t10:00:00z', TEN],
		['2026-04-01 10:00:00', TEN],
		[' 2026-04-01 10:00:00 ', TEN],
		['2026-04-01T10:00:00', TEN],
		['2026-04-01 10:00', TEN],
		['2026-04-01 10:00:00.250', TEN + 250],
		['2026-04-01 10:00:00.250999', TEN + 250],
		['2026-04-01T12:00:00+02:00', TEN],
		['2026-04-01T12:00:00+0200', TEN],
		['2026-04-01 12:00:00+02', TEN],
		['2026-04-01 04:30:00 -05:30', TEN],
		['2026-04-01', TEN - 36_000_000],
	])('%s is %d', (text, expected) => {
		expect(timestamp(text)).toBe(expected);
	});

	test.each([
		[null],
		[undefined],
		[5],
		[{}],
		[''],
		['soon'],
		['2026-13-01T00:00:00Z'],
		['2026-04-01T25:00:00Z'],
		['4/1/2026 10:00'],
		['1 Apr 2026 10:00:00'],
		['1775037600000'],
		['x2026-04-01'],
		['2026-04-01x'],
	])('is NaN for %j', (value) => {
		expect(timestamp(value)).toBeNaN();
	});
});

describe('a time column', () => {
	test.each([
		['2026-04-01 10:00:00', '2026-04-01T10:00:00.000Z'],
		['2026-04-01T12:00:00+02:00', '2026-04-01T10:00:00.000Z'],
		['soon', 'soon'],
		['', ''],
		[null, null],
		[undefined, null],
		[TEN, null],
	])('of %j is %j', (value, expected) => {
		expect(utcTime(value)).toBe(expected);
	});
});
