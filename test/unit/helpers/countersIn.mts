import { isJsonRecord, type Json, type JsonRecord } from '../../../lib/json';
import { splitResourceStats, type SplitBy } from '../../../lib/runs/splitResourceStats';
import { readRun } from '../../../lib/truto/run';
import { runWithStats } from './runs.mts';

/** One counter of the input. */
export interface Counted {
	resource: string;
	method: string;
	counter: string;
	value: Json;
}

/** Every counter of the input, read in the plainest way. */
export function countersIn(stats: JsonRecord): Counted[] {
	return Object.entries(stats).flatMap(([resource, methods]) =>
		methodEntries(methods).flatMap(([method, counters]) =>
			entriesOf(counters, 'count').map(([counter, value]) => ({
				resource,
				method,
				counter,
				value: numberOf(value),
			})),
		),
	);
}

/** A text that is a number counts as that number. */
function numberOf(value: Json): Json {
	return typeof value === 'string' && /^-?[0-9]+([.][0-9]+)?$/.test(value) && Number(value) < 1e15
		? Number(value)
		: value;
}

/** Counters without a method around them have the method `''`. */
function methodEntries(value: Json): [string, Json][] {
	const isCounters =
		isJsonRecord(value) &&
		[value.fetched, value.persisted].some(
			(counter) => typeof numberOf(counter ?? null) === 'number',
		);
	return isCounters ? [['', value]] : entriesOf(value, '');
}

function entriesOf(value: Json, nameOfSingle: string): [string, Json][] {
	if (isJsonRecord(value)) return Object.entries(value);
	return value === null ? [] : [[nameOfSingle, value]];
}

/** What has to stand in one row in the place of the values of several methods. */
export function together(values: Counted[]): Json {
	const present = values.filter(({ value }) => value !== null);
	if (present.length <= 1) return present[0]?.value ?? null;
	const numbers = present.map(({ value }) => value).filter((value) => typeof value === 'number');
	if (numbers.length === present.length) return numbers.reduce((sum, n) => sum + n);
	return Object.fromEntries(present.map(({ method, value }) => [method, value]));
}

/** The rows of a split, with their cells found under the counters' own names. */
export class SplitRows {
	readonly rows: JsonRecord[];

	private readonly taken: Set<string>;

	constructor(
		stats: JsonRecord,
		splitBy: SplitBy,
		private readonly counters: Set<string>,
	) {
		this.rows = splitResourceStats(readRun(runWithStats(stats)), { splitBy });
		const plain = splitResourceStats(readRun(runWithStats({ a: {} })), { splitBy });
		this.taken = new Set([...Object.keys(plain[0] ?? {}), '__proto__']);
	}

	cell(row: JsonRecord | undefined, counter: string): Json | undefined {
		let column = counter;
		if (this.taken.has(counter)) {
			do column = `stat_${column}`;
			while (this.counters.has(column));
		}
		return row && Object.hasOwn(row, column) ? row[column] : undefined;
	}

	/** The sum of each counter over all rows. */
	sums(): Map<string, number> {
		const sums = new Map<string, number>();
		for (const counter of this.counters) {
			const cells = this.rows.map((row) => this.cell(row, counter));
			const numbers = cells.filter((cell) => typeof cell === 'number');
			const sum = numbers.reduce((total, n) => total + n, 0);
			sums.set(counter, sum);
		}
		return sums;
	}
}
