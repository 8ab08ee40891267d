import { describe, expect, it } from '@jest/globals';
import { Cron } from 'croner';
import cronstrue from 'cronstrue';
import fc from 'fast-check';

import { nextTimes, parseCron } from '../../../lib/schedules/cron';
import { describeCron } from '../../../lib/schedules/describeCron';

/** The same expressions each time. */
const RANDOM = { numRuns: 2_000, seed: 25 };

const NOW = new Date('2026-04-01T10:00:00Z');

const value = (min: number, max: number) => fc.integer({ min, max });

const list = (min: number, max: number) =>
	fc.uniqueArray(value(min, max), { minLength: 2, maxLength: 4 }).map((values) => values.join());

const range = (min: number, max: number) =>
	fc
		.uniqueArray(value(min, max), { minLength: 2, maxLength: 2 })
		.map((ends) => [...ends].sort((a, b) => a - b).join('-'));

const star = fc.constant('*');

const step = (max: number) => value(2, max).map((every) => `*/${every}`);

const single = (min: number, max: number) => value(min, max).map(String);

/** Any form that a field can have. */
const anyField = (min: number, max: number) =>
	fc.oneof(
		star,
		single(min, max),
		list(min, max),
		range(min, max),
		step(max - min),
		fc.tuple(range(min, max), value(1, 5)).map(([part, every]) => `${part}/${every}`),
	);

const expressionOf = (...fields: fc.Arbitrary<string>[]) =>
	fc.tuple(...fields).map((parts) => parts.join(' '));

describe('the next times of random expressions, compared with croner', () => {
	const iso = (times: (number | Date)[]) => times.map((time) => new Date(time).toISOString());
	const ours = (expression: string) => iso(nextTimes(parseCron(expression), NOW.getTime(), 5));
	const theirs = (expression: string) =>
		iso(new Cron(expression, { timezone: 'UTC', mode: '5-part' }).nextRuns(5, NOW));
	const any = expressionOf(
		anyField(0, 59),
		anyField(0, 23),
		anyField(1, 28),
		anyField(1, 12),
		anyField(0, 7),
	);

	/** D13: a step such as `*⁄6` in one of the day fields, and anything but `*` in the other. */
	function isDoubted(expression: string): boolean {
		const [, , dayOfMonth = '', , dayOfWeek = ''] = expression.split(' ');
		const days = [dayOfMonth, dayOfWeek];
		return !days.includes('*') && days.some((field) => field.startsWith('*/'));
	}

	it('are the same where all parsers agree', () => {
		fc.assert(
			fc.property(any, (expression) => {
				fc.pre(!isDoubted(expression));
				expect([expression, ours(expression)]).toEqual([expression, theirs(expression)]);
			}),
			RANDOM,
		);
	});

	it('differ in D13 only in what it says: croner takes a day that matches either field, cron both', () => {
		const days = fc.oneof(
			expressionOf(step(27), star, anyField(0, 6)),
			expressionOf(anyField(1, 28), star, step(6)),
		);
		fc.assert(
			fc.property(expressionOf(single(0, 59), single(0, 23), days), (expression) => {
				fc.pre(isDoubted(expression));
				const options = { timezone: 'UTC', mode: '5-part', domAndDow: true } as const;
				const both = iso(new Cron(expression, options).nextRuns(5, NOW));
				expect([expression, ours(expression)]).toEqual([expression, both]);
			}),
			{ ...RANDOM, numRuns: 1_000 },
		);
	});

	it('differ for a value with a step, which cron reads to the end of the field, and croner refuses', () => {
		expect(() => theirs('0 20/2 * * *')).toThrow('stepping with numeric prefix');
		expect(ours('0 20/2 * * *')).toEqual(theirs('0 20-23/2 * * *'));
	});
});

/** What a text about a schedule names. */
interface Named {
	minutes: string[];
	hours: string[];
	daysOfMonth: string[];
	months: string[];
	daysOfWeek: string[];
}

const MONTHS =
	/January|February|March|April|May|June|July|August|September|October|November|December/g;
const WEEKDAYS = /(Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day/g;

function numbersAfter(text: string, before: RegExp): string[] {
	return before.exec(text)?.[1]?.match(/\d+/g) ?? [];
}

function named(text: string, minutesPast: RegExp, daysOfMonth: RegExp): Named {
	const clock = [...text.matchAll(/(\d\d):(\d\d)/g)];
	const past = numbersAfter(text, minutesPast);
	// The end of a span is its last time here, 17:40, and the end of its hour there, 17:59.
	const isSpan = / from \d| between /.test(text);
	const times = isSpan ? clock.slice(0, 1) : clock;
	const listed = clock.map(([, hour = '']) => Number(hour));
	const [first = 0, last = 0] = listed;
	// Short spans are listed hour by hour here.
	const hours = isSpan ? Array.from({ length: last - first + 1 }, (_, at) => first + at) : listed;
	// Few steps are listed one by one here.
	const step = /every (?:(\d+) )?minutes?/i.exec(text);
	const steps = [...Array(60).keys()].filter((minute) => minute % Number(step?.[1] ?? 1) === 0);
	const stepped = step ? steps.map(String) : past;
	const minutes = stepped.length > 0 ? stepped : times.map(([, , minute = '']) => minute);
	const unique = (values: string[]) =>
		[...new Set(values.map((one) => (/^\d+$/.test(one) ? String(Number(one)) : one)))].sort();
	const weekdays = text.replace(
		/every weekday|Monday through Friday/,
		'Monday Tuesday Wednesday Thursday Friday',
	);
	return {
		// "Every hour" is at minute 0, and 0-23 is no span here.
		minutes: unique(minutes.length > 0 ? minutes : ['0']),
		hours: unique(hours.length === 24 ? [] : hours.map(String)),
		daysOfMonth: unique(numbersAfter(text, daysOfMonth)),
		months: unique(text.match(MONTHS) ?? []),
		daysOfWeek: unique(weekdays.match(WEEKDAYS) ?? []),
	};
}

describe('random expressions in words, compared with cronstrue', () => {
	const ours = (text: string) => named(text, /minutes? ([\d, and]+)/, /on days? ([\d, and]+) of/);
	const theirs = (text: string) =>
		named(text, /(?:At|,) ([\d, and]+) minutes? past/, /on day ([\d, and]+) of/);

	it('name the same times, days and months, in all forms that have words', () => {
		fc.assert(
			fc.property(
				expressionOf(
					fc.oneof(single(0, 59), list(0, 59), step(30), star),
					fc.oneof(star, single(0, 23), list(0, 23), range(0, 23)),
					fc.oneof(star, single(1, 28), list(1, 28)),
					fc.oneof(star, single(1, 12), list(1, 12)),
					fc.oneof(star, single(0, 6), list(0, 6), fc.constant('1-5')),
				),
				(expression) => {
					const text = describeCron(expression);
					// What has no short form is given field by field, as it was written.
					fc.pre(!text.startsWith('at minute'));
					const other = cronstrue.toString(expression, { use24HourTimeFormat: true });
					expect({ expression, text, ...ours(text) }).toEqual({
						expression,
						text,
						...theirs(other),
					});
				},
			),
			RANDOM,
		);
	});
});
