import { describe, expect, it, test } from '@jest/globals';

import { nextTimes, parseCron } from '../../../lib/schedules/cron';
import { describeCron } from '../../../lib/schedules/describeCron';

describe('a cron expression in words', () => {
	test.each([
		['* * * * *', 'every minute'],
		['*/1 * * * *', 'every minute'],
		['*/15 * * * *', 'every 15 minutes'],
		['0 * * * *', 'every hour'],
		['05 * * * *', 'every hour at minute 5'],
		['0 */1 * * *', 'every hour'],
		['0 */6 * * *', 'every 6 hours'],
		['0 */24 * * *', 'every day at 00:00 UTC'],
		['30 */6 * * *', 'every 6 hours at minute 30'],
		['0 6 * * *', 'every day at 06:00 UTC'],
		['0 6,18 * * *', 'every day at 06:00 and 18:00 UTC'],
		['15,45 6,18 * * *', 'every day at 06:15, 06:45, 18:15 and 18:45 UTC'],
		['0 6 * * 1', 'every Monday at 06:00 UTC'],
		['0 6 * * 7', 'every Sunday at 06:00 UTC'],
		['0 6 * * SAT,SUN', 'every Sunday and Saturday at 06:00 UTC'],
		['0 6 * * FRI-7', 'every Sunday, Friday and Saturday at 06:00 UTC'],
		['0 */12 * * 1', 'every Monday at 00:00 and 12:00 UTC'],
		['0 */12 1 * *', 'on day 1 of every month at 00:00 and 12:00 UTC'],
		['15,45 * * * *', 'every hour at minutes 15 and 45'],
		['0 9-17 * * 1-5', 'every hour from 09:00 to 17:00 UTC, every weekday'],
		['30 9-17 * * *', 'every hour from 09:30 to 17:30 UTC'],
		['*/10 8-18 * * 1-5', 'every 10 minutes from 08:00 to 18:50 UTC, every weekday'],
		['15,45 8-18 * * *', 'every hour at minutes 15 and 45 from 08:15 to 18:45 UTC'],
		['*/7 * * * *', 'every 7 minutes from the start of each hour'],
		['0 12 1 */3 *', 'on day 1 of January, April, July and October at 12:00 UTC'],
		['0 6 * 7,8 MON', 'every Monday in July and August at 06:00 UTC'],
		['0 6 * * 0-6', 'every day at 06:00 UTC'],
		['0 6,7 * * *', 'every day at 06:00 and 07:00 UTC'],
		['*/15 * 1 * *', 'every 15 minutes, on day 1 of every month'],
		['*/15 * * 1 *', 'every 15 minutes, every day in January'],
		['*/15 * * * 1', 'every 15 minutes, every Monday'],
		['0 6 * * MON-FRI', 'every weekday at 06:00 UTC'],
		['0 6 1 * *', 'on day 1 of every month at 06:00 UTC'],
		// Steps that do not divide the day or the hour are not even.
		['*/25 * * * *', 'every 25 minutes from the start of each hour'],
		['0 */7 * * *', 'every day at 00:00, 07:00, 14:00 and 21:00 UTC'],
		['0 */5 * * *', 'every day at 00:00, 05:00, 10:00, 15:00 and 20:00 UTC'],
		['0 6 1 1 *', 'on day 1 of January at 06:00 UTC'],
		['0/15 * * * *', 'every 15 minutes'],
		['0 0/6 * * *', 'every 6 hours'],
		['0 0-23/2 * * *', 'every 2 hours from 00:00 to 22:00 UTC'],
		['0 1-23/2 * * *', 'every 2 hours from 01:00 to 23:00 UTC'],
		['30 6-22/2 * * 1-5', 'every 2 hours from 06:30 to 22:30 UTC, every weekday'],
		['0 1-5/1 * * *', 'every day at 01:00, 02:00, 03:00, 04:00 and 05:00 UTC'],
		['0 9-17/4 * * *', 'every 4 hours from 09:00 to 17:00 UTC'],
		['0 8-8/2 * * *', 'every day at 08:00 UTC'],
		['0 23/2 * * *', 'every day at 23:00 UTC'],
		['* 9 * * *', 'every minute from 09:00 to 09:59 UTC'],
		['*/5 22 * * 6', 'every 5 minutes from 22:00 to 22:55 UTC, every Saturday'],
		['*/30 9 * * *', 'every day at 09:00 and 09:30 UTC'],
		['0 0 */2 * *', 'every 2 days from day 1 of every month at 00:00 UTC'],
		['0 0 */1 * *', 'every day at 00:00 UTC'],
		['0 0 2-30/2 3 *', 'every 2 days from day 2 to day 30 of March at 00:00 UTC'],
		['0 0 10/4 * *', 'every 4 days from day 10 of every month at 00:00 UTC'],
		['0 0 1-7 * *', 'on days 1 to 7 of every month at 00:00 UTC'],
		['*/5 * 25-31 * *', 'every 5 minutes, on days 25 to 31 of every month'],
		['0 6 13 * 5', 'at minute 0, hour 6, day of the month 13, month *, day of the week 5 (UTC)'],
		['0 6 1,15 * *', 'on days 1 and 15 of every month at 06:00 UTC'],
		[
			'*/5 */6 * * *',
			'at minute */5, hour */6, day of the month *, month *, day of the week * (UTC)',
		],
	])('%s is %s', (expression, words) => {
		expect(describeCron(expression)).toBe(words);
	});
});

describe('expressions with the same words', () => {
	const MINUTES = ['0', '5', '*', '*/15', '0/15', '5/15', '0,15,30,45', '*/7', '0-59'];
	const HOURS = ['*', '9', '*/6', '0/6', '0-18/6', '1-23/2', '0-23/2', '9-17', '9-17/4', '9,13'];
	const DATES = ['*', '1', '*/2', '1/2', '1-31/2', '2/2', '2-30/2', '1-7', '28'];
	const MONTHS = ['*', '1,7'];
	const DAYS = ['*', '1', '1-5', '*/2'];
	const all = [MINUTES, HOURS, DATES, MONTHS, DAYS].reduce<string[]>(
		(begun, field) => begun.flatMap((begin) => field.map((part) => `${begin} ${part}`.trim())),
		[''],
	);

	it('have the same times', () => {
		const byWords = new Map<string, string>();
		const differ: string[] = [];
		for (const expression of all) {
			const times = nextTimes(parseCron(expression), Date.UTC(2026, 0, 31, 12), 30).join();
			const words = describeCron(expression);
			if ((byWords.get(words) ?? times) !== times) differ.push(`${expression}: ${words}`);
			byWords.set(words, times);
		}
		expect(differ).toEqual([]);
		expect(byWords.size).toBeLessThan(all.length);
	});
});
