import { cronFields, parseCron } from './cron';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** How many times of day are listed one by one. */
const MOST_LISTED = 4;

/**
 * A cron expression in words, such as `every 6 hours` or `every Monday at 06:00 UTC`. Anything else is
 * described field by field.
 *
 * @throws {ExplainedError} if it is not a cron expression
 */
export function describeCron(expression: string): string {
	const cron = parseCron(expression);
	const [minute, hour, dayOfMonth, month, dayOfWeek] = cronFields(expression);
	if (month === '*' && dayOfMonth === '*' && dayOfWeek === '*') {
		const interval = intervalText(minute, hour);
		if (interval !== null) return interval;
	}
	const times = timesText(cron.minutes, cron.hours);
	const days = daysText(dayOfMonth, dayOfWeek, [...cron.daysOfWeek]);
	if (times !== null && days !== null && month === '*') return `${days} at ${times} UTC`;
	return `at minute ${minute}, hour ${hour}, day of the month ${dayOfMonth}, month ${month}, day of the week ${dayOfWeek} (UTC)`;
}

/** The same time again and again, all day long. */
function intervalText(minute: string, hour: string): string | null {
	const minuteStep = stepOf(minute, 60);
	if (hour === '*' && minuteStep !== null) return every(minuteStep, 'minute');
	const hourStep = stepOf(hour, 24);
	if (hourStep === null || !/^\d+$/.test(minute)) return null;
	const at = Number(minute) === 0 ? '' : ` at minute ${Number(minute)}`;
	return `${every(hourStep, 'hour')}${at}`;
}

/**
 * The step of a field that repeats evenly. If a step doesn't divide the field, the last interval is
 * shorter.
 */
function stepOf(field: string, whole: number): number | null {
	if (field === '*') return 1;
	const step = Number(/^\*\/(\d+)$/.exec(field)?.[1]);
	return whole % step === 0 ? step : null;
}

function every(count: number, unit: string): string {
	return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`;
}

function timesText(minutes: number[], hours: number[]): string | null {
	if (minutes.length * hours.length > MOST_LISTED) return null;
	return andList(hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`)));
}

function daysText(dayOfMonth: string, dayOfWeek: string, daysOfWeek: number[]): string | null {
	if (dayOfMonth === '*' && dayOfWeek === '*') return 'every day';
	if (dayOfWeek === '*' && /^\d+$/.test(dayOfMonth)) {
		return `on day ${Number(dayOfMonth)} of every month`;
	}
	if (dayOfMonth !== '*') return null;
	const days = [...daysOfWeek].sort((a, b) => a - b);
	if (days.join() === '1,2,3,4,5') return 'every weekday';
	return `every ${andList(days.map((day) => DAY_NAMES[day] ?? ''))}`;
}

function andList(words: string[]): string {
	if (words.length < 2) return words.join();
	return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function two(value: number): string {
	return String(value).padStart(2, '0');
}
