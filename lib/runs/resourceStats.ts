import { ExplainedError } from '../explainedError';
import { isJsonRecord, type Json, type JsonRecord } from '../json';
import type { Run } from '../truto/run';

/**
 * A run's statistics, keyed by resource and then by method. A resource's key is its name in a unified
 * API (`crm/contacts`) or a proxy API (`contacts`) or, in version 4, the name of the job's node.
 *
 * @throws {ExplainedError} for an array, a text, a number or a boolean
 */
export function resourceStats(run: Run): JsonRecord {
	if (run.stats !== null) return run.stats;
	throw new ExplainedError(
		statsError(run),
		"Turn off 'Split Resource Stats' to get the run as Truto sent it.",
	);
}

/** What is wrong with statistics that can't be read. */
export function statsError({ id, raw }: Run): string {
	const stats = raw.resource_stats;
	const found = Array.isArray(stats) ? 'an array' : `a ${typeof stats}`;
	return `The resource_stats of sync job run ${id ?? 'without an ID'} can't be read: it is ${found}, not an object`;
}

/**
 * The counters of one method, as Truto sent them. The public docs don't rule out a bare number instead.
 * It becomes the counter `count`, and so does any other single value, so that nothing is lost.
 */
export function countersOf(value: Json | undefined): JsonRecord {
	if (isJsonRecord(value)) return value;
	return value === null || value === undefined ? NO_COUNTERS : { count: value };
}

const NO_COUNTERS: JsonRecord = {};

/**
 * The methods of one resource. A single value instead of methods is filed under `''`, and so are
 * counters that aren't inside a method.
 */
export function methodsOf(value: Json | undefined): JsonRecord {
	if (isJsonRecord(value)) return isCounters(value) ? { '': value } : value;
	return value === null || value === undefined ? NO_COUNTERS : { '': value };
}

/** No method is called "fetched" or "persisted": those are Truto's usual counters. */
function isCounters({ fetched, persisted }: JsonRecord): boolean {
	return typeof counterValue(fetched) === 'number' || typeof counterValue(persisted) === 'number';
}

/** A whole number or a decimal one, as JSON writes it. */
const NUMBER = /^-?\d+(?:\.\d+)?$/;

/** The value of a counter: a text that is a number, such as `"120"`, counts as that number. */
export function counterValue(value: Json | undefined): Json {
	if (typeof value !== 'string') return value ?? null;
	if (!NUMBER.test(value)) return value;
	const number = Number(value);
	// A number with too many digits for JavaScript stays a text.
	return Math.abs(number) <= Number.MAX_SAFE_INTEGER ? number : value;
}

/**
 * The sum of each numeric counter over all resources and methods of a run, in order of appearance.
 * Counters that are not numbers have no sum and are left out.
 *
 * @returns null if `resource_stats` can't be read, so that one odd run doesn't spoil a report
 */
export function totalCounters({ stats }: Run): Record<string, number> | null {
	return stats === null ? null : sumOfCounters(Object.values(stats));
}

/** The sum of each numeric counter over the methods of these values of `resource_stats`. */
export function sumOfCounters(resources: Json[]): Record<string, number> {
	const totals = new Map<string, number>();
	for (const resource of resources) {
		for (const method of Object.values(methodsOf(resource))) {
			for (const [name, raw] of Object.entries(countersOf(method))) {
				const value = counterValue(raw);
				// JSON may contain a number that is too large for JavaScript, such as 1e999.
				if (typeof value !== 'number' || !Number.isFinite(value)) continue;
				totals.set(name, (totals.get(name) ?? 0) + value);
			}
		}
	}
	// fromEntries defines own properties, so a counter named `__proto__` changes no prototype.
	return Object.fromEntries(totals);
}

/** The sum of the known values; null if none is known. */
export function sumOrNull(values: Array<number | null>): number | null {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}
