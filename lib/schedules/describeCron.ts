import { andList } from '../text';
import { cronFields, MONTH_NAMES, parseCron, type Cron } from './cron';

const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** How many times of day are listed one by one. */
const MOST_LISTED = 6;

/**
 * A cron expression in words, such as `every 6 hours` or `every Monday at 06:00 UTC`. What has no short
 * form in words is described field by field.
 *
 * @param cron the expression as `parseCron` has read it, if it has been read before
 * @throws {ExplainedError} if it is not a cron expression
 */
export function describeCron(expression: string, cron: Cron = parseCron(expression)): string {
	const [minute, hour, dayOfMonth, month, dayOfWeek] = cronFields(expression);
	const days = daysText(cron, { dayOfMonth, month, dayOfWeek });
	const times = timesText(cron);
	// Few times within one hour are listed.
	const often = cron.hours.length === 1 && times !== null ? null : repeatText(cron, minute, hour);
	if (days === 'every day' && often !== null) return often;
	if (days !== null && times !== null) return `${days} at ${times} UTC`;
	if (days !== null && often !== null) return `${often}, ${days}`;
	return `at minute ${minute}, hour ${hour}, day of the month ${dayOfMonth}, month ${month}, day of the week ${dayOfWeek} (UTC)`;
}

/** What repeats within a day; null for single times of day. */
function repeatText(cron: Cron, minute: string, hour: string): string | null {
	const { minutes } = cron;
	const span = spanText(cron, hour);
	const step = stepOf(minute);
	if (span !== null && step !== null) {
		const every = step === 1 ? 'every minute' : `every ${step} minutes`;
		// If the step doesn't divide the hour, the last interval is shorter.
		return `${every}${60 % step === 0 ? '' : ' from the start of each hour'}${span}`;
	}
	if (minutes.length > 1) {
		if (span === null || minutes.length > MOST_LISTED) return null;
		return `every hour at minutes ${andList(minutes.map(String))}${span}`;
	}
	const at = minutes[0] === 0 ? '' : ` at minute ${minutes[0]}`;
	if (span !== null) return `every hour${span === '' ? at : span}`;
	const hourStep = stepOf(hour);
	if (hourStep !== null && hourStep < 24 && 24 % hourStep === 0)
		return `every ${hourStep} hours${at}`;
	const stepped = steppedRange(hour);
	if (!stepped) return null;
	const [first, last] = [cron.hours[0], cron.hours.at(-1)].map(two);
	const past = two(minutes[0]);
	return `every ${stepped.step} hours from ${first}:${past} to ${last}:${past} UTC`;
}

/**
 * `''` for all hours, such as ` from 09:00 to 17:00 UTC` for one or a range of them; null for anything else.
 */
function spanText({ minutes, hours }: Cron, hour: string): string | null {
	if (hours.length === 24) return '';
	if (!/^\w+(-\w+)?$/.test(hour) || (hours.length < 2 && minutes.length < 2)) return null;
	const first = `${two(hours[0])}:${two(minutes[0])}`;
	return ` from ${first} to ${two(hours.at(-1))}:${two(minutes.at(-1))} UTC`;
}

/** The step of a field that repeats from its first value on. */
function stepOf(field: string): number | null {
	if (field === '*') return 1;
	const step = Number(/^[*0]\/(\d+)$/.exec(field)?.[1]);
	return Number.isNaN(step) ? null : step;
}

/** A field such as `1-23/2`, or `10/4`, which has no end. */
function steppedRange(field: string): { step: number; hasEnd: boolean } | null {
	const [, end, step] = /^\d+(-\d+)?\/(\d+)$/.exec(field) ?? [];
	return Number(step) > 1 ? { step: Number(step), hasEnd: end !== undefined } : null;
}

function timesText({ minutes, hours }: Cron): string | null {
	if (minutes.length * hours.length > MOST_LISTED) return null;
	return andList(hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`)));
}

function daysText(
	cron: Cron,
	{ dayOfMonth, month, dayOfWeek }: { dayOfMonth: string; month: string; dayOfWeek: string },
): string | null {
	const months = [...cron.months].sort((a, b) => a - b).map((one) => MONTH_NAMES[one - 1] ?? '');
	const inMonths = month === '*' ? '' : ` in ${andList(months)}`;
	if (cron.daysOfMonth.size === 31 && dayOfWeek === '*') return `every day${inMonths}`;
	if (dayOfWeek === '*') {
		const days = datesText(cron, dayOfMonth);
		return days && `${days} of ${month === '*' ? 'every month' : andList(months)}`;
	}
	if (dayOfMonth !== '*') return null;
	const days = [...cron.daysOfWeek].sort((a, b) => a - b);
	if (days.length === 7) return `every day${inMonths}`;
	if (days.join() === '1,2,3,4,5') return `every weekday${inMonths}`;
	return `every ${andList(days.map((day) => DAY_NAMES[day] ?? ''))}${inMonths}`;
}

function datesText({ daysOfMonth }: Cron, field: string): string | null {
	const dates = [...daysOfMonth].sort((a, b) => a - b);
	const [first, last] = [dates[0], dates.at(-1)];
	if (dates.length > 2 && /^\d+-\d+$/.test(field)) return `on days ${first} to ${last}`;
	const stepped = steppedRange(field.replace('*', '1'));
	if (dates.length > MOST_LISTED || (dates.length > 1 && stepped)) {
		if (!stepped) return null;
		const end = stepped.hasEnd ? ` to day ${last}` : '';
		return `every ${stepped.step} days from day ${first}${end}`;
	}
	return `on ${dates.length === 1 ? 'day' : 'days'} ${andList(dates.map(String))}`;
}

function two(value: number | undefined): string {
	return String(value).padStart(2, '0');
}
