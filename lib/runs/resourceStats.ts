import { ExplainedError } from '../explainedError';
import { isJsonRecord, type Json, type JsonRecord } from '../json';

/**
 * A run's statistics, keyed by resource and then by method.
 *
 * @param run the answer of `GET /sync-job-run/{id}`; before the run has fetched anything its
 * `resource_stats` may be null, `{}` or absent, which all give `{}`
 * @throws {ExplainedError} for an array, a text, a number or a boolean
 */
export function resourceStats(run: JsonRecord): JsonRecord {
	const stats = run.resource_stats ?? {};
	if (isJsonRecord(stats)) return stats;
	const found = Array.isArray(stats) ? 'an array' : `a ${typeof stats}`;
	throw new ExplainedError(
		`The resource_stats of sync job run ${String(run.id)} can't be read: it is ${found}, not an object`,
		'Turn off "Split Resource Stats" to get the run as Truto sent it.',
	);
}

/**
 * The counters of one method. The public docs leave open whether a bare number may stand in their
 * place; it is then the counter `count`, and so is any other single value, so that none is lost.
 */
export function countersOf(value: Json | undefined): JsonRecord {
	if (isJsonRecord(value)) return value;
	return value === null || value === undefined ? NO_COUNTERS : { count: value };
}

const NO_COUNTERS: JsonRecord = {};

/**
 * The methods of one resource. A single value in their place has no method: it is filed under `''`.
 */
export function methodsOf(value: Json | undefined): JsonRecord {
	if (isJsonRecord(value)) return value;
	return value === null || value === undefined ? NO_COUNTERS : { '': value };
}

/**
 * The sum of each numeric counter over all resources and methods of a run, in order of appearance.
 * Counters that are not numbers have no sum and are left out.
 *
 * @returns null where `resource_stats` can't be read, so that one odd run does not spoil a report
 */
export function totalCounters(run: JsonRecord): Record<string, number> | null {
	const stats = run.resource_stats ?? {};
	if (!isJsonRecord(stats)) return null;
	const totals = new Map<string, number>();
	for (const resource of Object.values(stats)) {
		for (const method of Object.values(methodsOf(resource))) {
			for (const [name, value] of Object.entries(countersOf(method))) {
				if (typeof value === 'number') totals.set(name, (totals.get(name) ?? 0) + value);
			}
		}
	}
	// fromEntries defines own properties, so a counter named `__proto__` changes no prototype.
	return Object.fromEntries(totals);
}
