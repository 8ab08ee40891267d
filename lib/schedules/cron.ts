import { ExplainedError } from '../explainedError';
import { quote } from '../text';

/** A schedule's `cron_expression`, read: the values that each field allows. All times are UTC. */
export interface Cron {
	minutes: number[];
	hours: number[];
	daysOfMonth: Set<number>;
	months: Set<number>;
	/** 0 is Sunday. */
	daysOfWeek: Set<number>;
	/** Whether a day must match both day fields. Otherwise one is enough, as in any cron. */
	bothDays: boolean;
}

interface Field {
	name: string;
	min: number;
	max: number;
	/** Names of the values, starting with `min`. */
	names?: string[];
}

/** The months, for people. */
export const MONTH_NAMES = [
	'January',
	'February',
	'March',
	'April',
	'May',
	'June',
	'July',
	'August',
	'September',
	'October',
	'November',
	'December',
];

const DAYS = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const MINUTE: Field = { name: 'minute', min: 0, max: 59 };
const HOUR: Field = { name: 'hour', min: 0, max: 23 };
const DAY_OF_MONTH: Field = { name: 'day of the month', min: 1, max: 31 };
const MONTH: Field = {
	name: 'month',
	min: 1,
	max: 12,
	names: MONTH_NAMES.map((name) => name.slice(0, 3).toUpperCase()),
};
const DAY_OF_WEEK: Field = { name: 'day of the week', min: 0, max: 7, names: DAYS };

const DAY_MS = 24 * 60 * 60 * 1000;

/** 29 February comes around within 8 years, even near a year such as 2100. */
const LONGEST_GAP_MS = 8 * 366 * DAY_MS;

/** How many times can be asked for at once. */
const MOST_TIMES = 100;

/**
 * Reads a cron expression of five fields: minute, hour, day of the month, month, day of the week. A field
 * is `*`, or a list of values, ranges and steps; months and days may be named.
 *
 * @throws {ExplainedError} if it is not one, or never matches a date, such as 30 February
 */
export function parseCron(expression: string): Cron {
	const [minute, hour, dayOfMonth, month, dayOfWeek] = cronFields(expression);
	const cron: Cron = {
		minutes: readField(minute, MINUTE),
		hours: readField(hour, HOUR),
		daysOfMonth: new Set(readField(dayOfMonth, DAY_OF_MONTH)),
		months: new Set(readField(month, MONTH)),
		// Both 0 and 7 are Sunday.
		daysOfWeek: new Set(readField(dayOfWeek, DAY_OF_WEEK).map((day) => day % 7)),
		bothDays: dayOfMonth.startsWith('*') || dayOfWeek.startsWith('*'),
	};
	if (nextTimes(cron, Date.UTC(2024, 0, 1), 1).length === 0) {
		throw new ExplainedError(
			`The cron expression never matches a date: ${expression.trim()}`,
			'None of its months has such a day. Correct the day of the month or the month.',
		);
	}
	return cron;
}

/** The fields of a cron expression, as they were written. */
type CronFields = [
	minute: string,
	hour: string,
	dayOfMonth: string,
	month: string,
	dayOfWeek: string,
];

/** @throws {ExplainedError} if there are not five of them */
export function cronFields(expression: string): CronFields {
	const fields = expression.trim().split(/\s+/);
	if (areFive(fields)) return fields;
	throw new ExplainedError(
		`The cron expression does not have five fields: ${quote(expression)}`,
		'Write minute, hour, day of the month, month and day of the week, in UTC. For example, 0 */6 * * * is every 6 hours.',
	);
}

/**
 * A cron expression in the form that every program reads: single spaces between its fields, and numbers
 * instead of names. People paste tabs and no-break spaces, and write `MON-FRI`. It isn't known whether Truto
 * reads them.
 *
 * @throws {ExplainedError} if it is not a cron expression
 */
export function tidyCron(expression: string): string {
	parseCron(expression);
	const [minute, hour, dayOfMonth, month, dayOfWeek] = cronFields(expression);
	const unnamed = [withoutNames(month, MONTH), withoutNames(dayOfWeek, DAY_OF_WEEK)];
	return [minute, hour, dayOfMonth, ...unnamed].join(' ');
}

/** @param text was read, so all its words are names of the field's values */
function withoutNames(text: string, field: Field): string {
	return text.replace(/[a-z]+/gi, (name) => String(readValue(name, field)));
}

function areFive(fields: string[]): fields is CronFields {
	return fields.length === 5;
}

/**
 * The next times of a schedule.
 *
 * @param after milliseconds since 1970; the first time is later than this
 * @param count at most 100
 * @returns milliseconds since 1970, in ascending order
 */
export function nextTimes(cron: Cron, after: number, count: number): number[] {
	const times: number[] = [];
	const wanted = Math.min(count, MOST_TIMES);
	const firstDay = Math.floor(after / DAY_MS) * DAY_MS;
	let latest = firstDay;
	let day = firstDay;
	for (; day - latest <= LONGEST_GAP_MS && times.length < wanted; day = dayAfter(cron, day)) {
		if (!isDue(cron, new Date(day))) continue;
		latest = day;
		for (const hour of cron.hours) {
			for (const minute of cron.minutes) {
				const time = day + (hour * 60 + minute) * 60_000;
				if (time > after && times.length < wanted) times.push(time);
			}
		}
	}
	return times;
}

/** The next day that may be due: months that are not allowed are skipped. */
function dayAfter({ months }: Cron, day: number): number {
	const date = new Date(day);
	if (months.has(date.getUTCMonth() + 1)) return day + DAY_MS;
	return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

function isDue(cron: Cron, day: Date): boolean {
	if (!cron.months.has(day.getUTCMonth() + 1)) return false;
	const isDayOfMonth = cron.daysOfMonth.has(day.getUTCDate());
	const isDayOfWeek = cron.daysOfWeek.has(day.getUTCDay());
	return cron.bothDays ? isDayOfMonth && isDayOfWeek : isDayOfMonth || isDayOfWeek;
}

/** The values that a field allows, in ascending order. */
function readField(text: string, field: Field): number[] {
	const values = new Set(text.split(',').flatMap((part) => readPart(part, field)));
	return [...values].sort((a, b) => a - b);
}

/** `*`, `5`, `1-5` or `MON-FRI`, each optionally with a step after a slash. */
function readPart(part: string, field: Field): number[] {
	const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
	if (!match) throw wrongField(part, field);
	const [, star, begin, end, stepText] = match;
	const step = stepText === undefined ? 1 : Number(stepText);
	const from = star ? field.min : readValue(begin ?? '', field);
	// A single value with a step runs to the end of the field, as in any cron.
	const single = stepText === undefined ? from : field.max;
	const to = star ? field.max : end === undefined ? single : readValue(end, field);
	if (to < from) throw wrongField(part, field, RANGE_ADVICE);
	// A step larger than the field would never repeat. Cron can't express every 90 minutes.
	if (step < 1 || step > field.max - field.min + 1) throw wrongField(part, field);
	const values: number[] = [];
	for (let value = from; value <= to; value += step) values.push(value);
	return values;
}

function readValue(text: string, field: Field): number {
	const named = field.names?.indexOf(text.toUpperCase()) ?? -1;
	const value = named >= 0 ? named + field.min : /^\d+$/.test(text) ? Number(text) : Number.NaN;
	if (value >= field.min && value <= field.max) return value;
	throw wrongField(text, field);
}

const RANGE_ADVICE =
	'A range goes from a lower value to a higher one. Otherwise list the values, separated by commas.';

function wrongField(part: string, field: Field, advice = adviceFor(part, field)): ExplainedError {
	return new ExplainedError(
		`The ${field.name} of the cron expression can't be read: ${quote(part) || 'nothing'}`,
		advice,
	);
}

function adviceFor(part: string, { min, max, names }: Field): string {
	const [word = ''] = /^[a-z]+/i.exec(part) ?? [];
	const other = [MONTH, DAY_OF_WEEK].find((each) => each.names?.includes(word.toUpperCase()));
	if (other) {
		const place = other === MONTH ? 'fourth' : 'fifth';
		return `${word} is a ${other.name}: write it into the ${place} of the five fields.`;
	}
	const named = names ? `, or names such as ${names[1]}` : '';
	return `Use *, values from ${min} to ${max}${named}, ranges such as ${min + 1}-${min + 3}, steps such as */2, or a list of these, separated by commas.`;
}
