import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';

import { ExplainedError } from '../../../lib/explainedError';
import { nextTimes, parseCron, tidyCron } from '../../../lib/schedules/cron';
import { explainedErrorOf } from '../helpers/explained.mts';

/** The times after Wednesday, 1 April 2026, 10:00 UTC, as `04-01 12:00`. */
function next(expression: string, count: number, after = '2026-04-01T10:00:00Z'): string[] {
	return nextTimes(parseCron(expression), Date.parse(after), count).map((time) =>
		new Date(time).toISOString().slice(5, 16).replace('T', ' '),
	);
}

describe('the next times of a schedule', () => {
	test.each<[string, string[]]>([
		['* * * * *', ['04-01 10:01', '04-01 10:02', '04-01 10:03']],
		['*/15 * * * *', ['04-01 10:15', '04-01 10:30', '04-01 10:45']],
		['*/25 * * * *', ['04-01 10:25', '04-01 10:50', '04-01 11:00']],
		['*/60 * * * *', ['04-01 11:00', '04-01 12:00', '04-01 13:00']],
		['0 */24 * * *', ['04-02 00:00', '04-03 00:00', '04-04 00:00']],
		['0 */6 * * *', ['04-01 12:00', '04-01 18:00', '04-02 00:00']],
		['0 10 * * *', ['04-02 10:00', '04-03 10:00', '04-04 10:00']],
		['30 8-10 * * *', ['04-01 10:30', '04-02 08:30', '04-02 09:30']],
		['5,50 22,1 * * *', ['04-01 22:05', '04-01 22:50', '04-02 01:05']],
		['0 8-20/6 * * *', ['04-01 14:00', '04-01 20:00', '04-02 08:00']],
		['0 20/2 * * *', ['04-01 20:00', '04-01 22:00', '04-02 20:00']],
		['0 0 * * 0', ['04-05 00:00', '04-12 00:00', '04-19 00:00']],
		['0 0 * * 7', ['04-05 00:00', '04-12 00:00', '04-19 00:00']],
		['0 0 * * SUN', ['04-05 00:00', '04-12 00:00', '04-19 00:00']],
		['0 0 * * 5-7', ['04-03 00:00', '04-04 00:00', '04-05 00:00']],
		['0 0 * * mon-wed', ['04-06 00:00', '04-07 00:00', '04-08 00:00']],
		['0 0 1,15 * *', ['04-15 00:00', '05-01 00:00', '05-15 00:00']],
		['0 0 31 * *', ['05-31 00:00', '07-31 00:00', '08-31 00:00']],
		['0 0 1 JAN,jul *', ['07-01 00:00', '01-01 00:00', '07-01 00:00']],
		['0 0 1 1-12/6 *', ['07-01 00:00', '01-01 00:00', '07-01 00:00']],
		['0 0 29 2 *', ['02-29 00:00', '02-29 00:00', '02-29 00:00']],
		// Either field of days is enough, if both are limited.
		['0 0 13 * 5', ['04-03 00:00', '04-10 00:00', '04-13 00:00']],
		['0 0 13 * */7', ['09-13 00:00', '12-13 00:00', '06-13 00:00']],
		['0 0 */10 * 5', ['05-01 00:00', '07-31 00:00', '08-21 00:00']],
		['\t0  0 \n1 1 *  ', ['01-01 00:00', '01-01 00:00', '01-01 00:00']],
	])('%s', (expression, times) => {
		expect(next(expression, 3)).toEqual(times);
	});

	it('reach over a century without a leap year', () => {
		const times = nextTimes(parseCron('0 0 29 2 *'), Date.UTC(2092, 5, 1), 3);
		expect(times.map((time) => new Date(time).toISOString())).toEqual([
			'2096-02-29T00:00:00.000Z',
			'2104-02-29T00:00:00.000Z',
			'2108-02-29T00:00:00.000Z',
		]);
	});

	it('are later than the time that was asked for, also between two seconds', () => {
		expect(next('0 10 * * *', 1, '2026-04-01T09:59:59.999Z')).toEqual(['04-01 10:00']);
		expect(next('0 10 * * *', 1, '2026-04-01T10:00:00.001Z')).toEqual(['04-02 10:00']);
	});

	it('are none if none are asked for, and not more than 100', () => {
		expect(next('* * * * *', 0)).toEqual([]);
		expect(next('* * * * *', 5_000)).toHaveLength(100);
		expect(nextTimes(parseCron('* * * * *'), Number.NaN, 3)).toEqual([]);
	});

	it('meet the expression, and leave out no minute that does', () => {
		const number = (min: number, max: number) => fc.integer({ min, max }).map(String);
		const field = (min: number, max: number) => fc.oneof(fc.constant('*'), number(min, max));
		const fields = fc.tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 6));
		fc.assert(
			fc.property(
				fields,
				fc.integer({ min: 0, max: 60 * 24 * 400 }),
				([m, h, dom, mon, dow], minutes) => {
					const start = Date.UTC(2026, 0, 1) + minutes * 60_000;
					const fits = (time: number) => {
						const date = new Date(time);
						const is = (text: string, value: number) => text === '*' || Number(text) === value;
						const isDom = is(dom, date.getUTCDate());
						const isDow = is(dow, date.getUTCDay());
						const isDay = dom === '*' || dow === '*' ? isDom && isDow : isDom || isDow;
						return (
							isDay &&
							is(m, date.getUTCMinutes()) &&
							is(h, date.getUTCHours()) &&
							is(mon, date.getUTCMonth() + 1)
						);
					};
					const [first = Number.NaN] = nextTimes(
						parseCron([m, h, dom, mon, dow].join(' ')),
						start,
						1,
					);
					expect(fits(first)).toBe(true);
					const until = Math.min(first, start + 60_000 * 5_000);
					for (let time = start + 60_000; time < until; time += 60_000) {
						if (fits(time)) throw new Error(`It leaves out ${new Date(time).toISOString()}`);
					}
				},
			),
			{ numRuns: 200 },
		);
	});
});

describe('a cron expression that cannot be read', () => {
	test.each([
		['', /does not have five fields/],
		['0 0 * *', /does not have five fields: 0 0 \* \*$/],
		['0 0 0 * * *', /does not have five fields/],
		['@daily', /does not have five fields/],
		['60 * * * *', /The minute of the cron expression can't be read: 60$/],
		['-1 * * * *', /The minute .*: -1$/],
		['1.5 * * * *', /The minute .*: 1.5$/],
		['*/0 * * * *', /The minute .*: \*\/0$/],
		['*/61 * * * *', /The minute .*: \*\/61$/],
		['* */25 * * *', /The hour .*: \*\/25$/],
		['*/90 * * * *', /The minute .*: \*\/90$/],
		['5-1 * * * *', /The minute .*: 5-1$/],
		['5a * * * *', /The minute .*: 5a$/],
		['a5 * * * *', /The minute .*: a5$/],
		['* * */32 * *', /The day of the month .*: \*\/32$/],
		['1,,2 * * * *', /The minute .*: nothing$/],
		['1, 2 * * *', /The minute .*: nothing$/],
		['* 24 * * *', /The hour .*: 24$/],
		['* * 0 * *', /The day of the month .*: 0$/],
		['* * 32 * *', /The day of the month .*: 32$/],
		['* * L * *', /The day of the month .*: L$/],
		['* * ? * *', /The day of the month .*: \?$/],
		['* * * 13 *', /The month .*: 13$/],
		['* * * MON *', /The month .*: MON$/],
		['* * * * 8', /The day of the week .*: 8$/],
		['* * * * JAN', /The day of the week .*: JAN$/],
		['* * * * 1#2', /The day of the week .*: 1#2$/],
		['** * * * *', /The minute .*: \*\*$/],
		['1/2/3 * * * *', /The minute .*: 1\/2\/3$/],
		['0 0 30 2 *', /never matches a date: 0 0 30 2 \*$/],
		[' 0 0 30 2 * ', /never matches a date: 0 0 30 2 \*$/],
		[' 0 0 * * ', /does not have five fields: 0 0 \* \*$/],
		['0 0 31 2,4,6,9,11 *', /never matches a date/],
	])('%j is refused', (expression, message) => {
		const error = explainedErrorOf(() => parseCron(expression));
		expect(error.message).toMatch(message);
		expect(error.description).not.toBe('');
	});

	it('says what may stand there', () => {
		expect(explainedErrorOf(() => parseCron('* * * FOO *')).description).toBe(
			'Use *, values from 1 to 12, or names such as FEB, ranges such as 2-4, steps such as */2, or a list of these, separated by commas.',
		);
		expect(explainedErrorOf(() => parseCron('60 * * * *')).description).toBe(
			'Use *, values from 0 to 59, ranges such as 1-3, steps such as */2, or a list of these, separated by commas.',
		);
	});

	it.each([
		['0 6 * MON-FRI *', 'MON is a day of the week: write it into the fifth of the five fields.'],
		['0 6 JAN * *', 'JAN is a month: write it into the fourth of the five fields.'],
		[
			'0 6 * * SAT-SUN',
			'A range goes from a lower value to a higher one. Otherwise list the values, separated by commas.',
		],
	])('says what to do about %s', (expression, advice) => {
		expect(explainedErrorOf(() => parseCron(expression)).description).toBe(advice);
	});

	it('is refused with a bounded text, and nothing else happens', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (a, b) => {
				try {
					parseCron(`${a} ${b} * * *`);
				} catch (error) {
					expect(error).toBeInstanceOf(ExplainedError);
				}
			}),
		);
		const long = 'x'.repeat(100_000);
		expect(explainedErrorOf(() => parseCron(long)).message.length).toBeLessThan(200);
		expect(explainedErrorOf(() => parseCron(`${long} * * * *`)).message.length).toBeLessThan(200);
	});
});

describe('a tidy cron expression', () => {
	it('has single spaces, whatever was pasted', () => {
		expect(tidyCron('0 6 * jan,Feb MON-FRI')).toBe('0 6 * 1,2 1-5');
		expect(tidyCron('0 6 * * SUN,3-SAT/2')).toBe('0 6 * * 0,3-6/2');
		expect(tidyCron('\u00a00\u00a0*/6\t*  *\n*\u3000')).toBe('0 */6 * * *');
	});

	it('is still refused if it is none', () => {
		expect(() => tidyCron('0 */6 * *')).toThrow('does not have five fields');
	});
});
