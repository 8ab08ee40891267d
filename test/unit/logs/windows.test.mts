import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import type { JsonRecord } from '../../../lib/json';
import { halvesOf, logWindows, runLogSpan, windowMerger } from '../../../lib/logs/windows';
import { readRun } from '../../../lib/truto/run';
import { explainedErrorOf } from '../helpers/explained.mts';

const DAY = 86_400_000;
const at = (text: string) => Date.parse(text);

const merged = (windows: JsonRecord[][]) => windows.flatMap(windowMerger());

/** What Truto gives: both borders are left out. */
const inWindow = (entries: JsonRecord[], { from, to }: { from: number; to: number }) =>
	entries.filter(({ timestamp }) => Number(timestamp) > from && Number(timestamp) < to);

describe('the halves of a window', () => {
	it('overlap by a second on each side', () => {
		expect(halvesOf({ from: 0, to: 20_000 })).toEqual([
			{ from: 0, to: 11_000 },
			{ from: 9_000, to: 20_000 },
		]);
	});

	it('are none if the window is short, so halving ends', () => {
		expect(halvesOf({ from: 0, to: 7_999 })).toBeUndefined();
	});
});

describe('the windows of a span', () => {
	const from = at('2026-01-01T00:00:00Z');

	it('are the span itself if it is short', () => {
		expect(logWindows({ from, to: from + 1 })).toEqual([{ from, to: from + 1 }]);
		expect(logWindows({ from, to: from + 27 * DAY })).toEqual([{ from, to: from + 27 * DAY }]);
	});

	it('overlap by a second on each side', () => {
		expect(logWindows({ from, to: from + 50 * DAY })).toEqual([
			{ from, to: from + 25 * DAY + 1_000 },
			{ from: from + 25 * DAY - 1_000, to: from + 50 * DAY },
		]);
	});

	it('are no longer than 28 days with what they overlap', () => {
		const windows = logWindows({ from, to: from + 56 * DAY });
		expect(windows).toHaveLength(3);
		for (const window of windows) expect(window.to - window.from).toBeLessThanOrEqual(28 * DAY);
	});

	it('are one more if the overlap would make them longer', () => {
		const two = 2 * (28 * DAY - 2_000);
		expect(logWindows({ from, to: from + two })).toHaveLength(2);
		expect(logWindows({ from, to: from + two + 1 })).toHaveLength(3);
	});

	it('may begin with the year 2015', () => {
		const begin = at('2015-01-01T00:00:00Z');
		expect(logWindows({ from: begin, to: begin + DAY })).toHaveLength(1);
	});

	it('are no longer than 28 days and leave out nothing', () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 731 * DAY }), (length) => {
				const windows = logWindows({ from, to: from + length });
				expect(windows[0]?.from).toBe(from);
				expect(windows.at(-1)?.to).toBe(from + length);
				for (const [index, window] of windows.entries()) {
					expect(window.to - window.from).toBeLessThanOrEqual(28 * DAY);
					const next = windows[index + 1];
					if (next) expect(window.to - next.from).toBe(2_000);
				}
			}),
		);
	});

	it('give each entry once, also those on a border', () => {
		const to = from + 100 * DAY;
		const borders = [25, 50, 75].map((days) => from + days * DAY);
		const times = borders.flatMap((time) =>
			[-1_001, -1_000, -1, 0, 1, 1_000, 1_001].map((d) => time + d),
		);
		const entries = [from + 1, ...times, to - 1].flatMap((timestamp): JsonRecord[] => [
			{ timestamp, text: 'alike' },
			{ timestamp, text: 'alike' },
		]);
		const windows = logWindows({ from, to }).map((window) => inWindow(entries, window));
		expect(windows).toHaveLength(4);
		expect(windows.flat().length).toBeGreaterThan(entries.length);
		expect(merged(windows)).toEqual(entries);
	});

	test.each([
		[
			'ends before it begins',
			from,
			from - 1,
			/ends before it begins: from 2026-01-01T00:00:00.000Z to 2025-12-31/,
		],
		['is empty', from, from, /ends before it begins/],
		['ends in the year 9999', from, at('9999-12-31T00:00:00Z'), /too long: \d+ days/],
		['is longer than two years', from, from + 731 * DAY + 1, /too long: 732 days/],
		['begins at a number of seconds', from / 1000, from, /can't be any logs from 1970-01-21/],
		['ends at a number of seconds', from, from / 1000, /can't be any logs from 1970-01-21/],
		['begins at no date', 1e20, from, /too long|ends before/],
		['begins at minus no date', -1e20, from, /can't be any logs from -100000000000000000000/],
		['has no begin', Number.NaN, from, /start or end .* is not valid/],
		['has no end', from, Number.POSITIVE_INFINITY, /start or end .* is not valid/],
	])('are refused if it %s', (_, begin, end, message) => {
		const error = explainedErrorOf(() => logWindows({ from: begin, to: end }));
		expect(error.message).toMatch(message);
		expect(error.description).not.toBe('');
	});
});

describe('the entries of windows', () => {
	it('are those of the window if there is one', () => {
		const entries = [{ a: 1 }, { a: 1 }];
		expect(merged([entries])).toEqual(entries);
		expect(merged([])).toEqual([]);
	});

	it('are kept each once, with alike ones of one window', () => {
		const x = { text: 'x' };
		const y = { text: 'y' };
		expect(merged([[x, y], [y, x, x], [x]])).toEqual([x, y, x]);
		expect(merged([[x, x], [x, y, x, x], [y]])).toEqual([x, x, y, x]);
	});

	it('are compared with those of the window before only', () => {
		let read = 0;
		const window = (index: number) =>
			Array.from({ length: 10 }, (_, at) => ({
				toJSON: () => `${(read += 1) && index} ${at}`,
			})) as unknown as JsonRecord[];
		expect(merged(Array.from({ length: 27 }, (_, index) => window(index)))).toHaveLength(270);
		expect(read).toBe(520);
	});
});

describe('the span of a run', () => {
	const now = at('2026-04-02T00:00:00Z');
	const span = (run: JsonRecord) => {
		const { from, to } = runLogSpan(readRun(run), now);
		return [new Date(from).toISOString(), new Date(to).toISOString()];
	};

	test.each<[string, JsonRecord, string, string]>([
		[
			'from its creation to its end',
			{ created_at: '2026-04-01 10:00:00', finished_at: '2026-04-01T11:00:00Z' },
			'2026-04-01T09:55:00.000Z',
			'2026-04-01T11:05:00.000Z',
		],
		[
			'until now if it has not ended',
			{ created_at: '2026-04-01 10:00:00', finished_at: null },
			'2026-04-01T09:55:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
		[
			'from its start if its creation is unknown',
			{ started_at: '2026-04-01 10:00:00' },
			'2026-04-01T09:55:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
		[
			'the last day if its times are unknown',
			{},
			'2026-03-31T23:55:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
		[
			'the last day if its times are absurd',
			{ created_at: '1970-01-21T00:00:00Z', finished_at: '9999-01-01T00:00:00Z' },
			'2026-03-31T23:55:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
		[
			'the last day if it was created in the future',
			{ created_at: '2026-05-01 10:00:00' },
			'2026-03-31T23:55:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
		[
			'until now if it ended before it began',
			{ created_at: '2026-04-01 10:00:00', finished_at: '2026-03-01T11:00:00Z' },
			'2026-04-01T09:55:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
		[
			'the last two years of a run that began earlier',
			{ created_at: '2020-01-01 00:00:00' },
			'2024-04-01T00:05:00.000Z',
			'2026-04-02T00:05:00.000Z',
		],
	])('is %s', (_, run, from, to) => {
		expect(span(run)).toEqual([from, to]);
		expect(() => logWindows(runLogSpan(readRun(run), now))).not.toThrow();
	});
});
