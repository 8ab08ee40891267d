import type { Json, JsonRecord } from '../json';
import type { Run } from '../truto/run';
import { counterValue, countersOf, methodsOf, resourceStats, statsError } from './resourceStats';
import { runContext } from './runContext';
import { unstartedResources } from './unstartedResources';

/** What a row is about: a resource, or one method of it. */
export type SplitBy = 'resource' | 'resourceAndMethod';

/**
 * What rows there are, and their optional columns. Each but `splitBy` is a switch under *Options*, which
 * `splitOptions` in `lib/parameters/runOutput.ts` declares.
 */
export interface SplitOptions {
	splitBy: SplitBy;
	/** Also give a row to resources that the run names but has no statistics for yet. */
	includeUnstartedResources?: boolean;
	/** Also give each row its own part of `resource_stats` as Truto sent it. */
	includeRawStats?: boolean;
	/** Give no row to a run without statistics. Otherwise, it gets one with `resource: null`. */
	skipRunsWithoutStats?: boolean;
}

/** What one row is about, before its columns are laid out. */
interface Part {
	resource: string | null;
	/** The method names, or the one method; null if there is none. */
	methods: string | null;
	/** Counters by method, still as Truto sent them. */
	stats: JsonRecord;
	raw: Json;
}

/**
 * Splits a run's `resource_stats` into flat rows for sheets, messages and databases. All rows have the
 * same columns in the same order: first the counts, then the run. A counter that a row doesn't have is
 * null.
 *
 * @returns one row for each resource, or for each method of each resource, in Truto's order. A run
 * without statistics gives one row with `resource: null`, so that it does not vanish from a report.
 * @throws {ExplainedError} if `resource_stats` is not an object
 */
export function splitResourceStats(run: Run, options: SplitOptions): JsonRecord[] {
	const stats = resourceStats(run);
	const byMethod = options.splitBy === 'resourceAndMethod';
	const started = byMethod ? partsByMethod(stats) : partsByResource(stats);
	if (started.length === 0 && options.skipRunsWithoutStats) return [];
	const parts = options.includeUnstartedResources
		? started.concat(unstartedParts(run, stats, byMethod))
		: started;
	return rowsOf(run, parts.length > 0 ? parts : [NO_STATS], options);
}

/**
 * The rows of many runs, as {@link splitResourceStats} gives them. A run whose `resource_stats` is not
 * an object doesn't affect the others: it gives one row with `resource: null` and `stats_error`.
 */
export function splitRuns(runs: Run[], options: SplitOptions): JsonRecord[] {
	const rows: JsonRecord[] = [];
	for (const run of runs) {
		// Not `push(...)`: that many arguments would overflow the stack.
		for (const row of rowsOrError(run, options)) rows.push(row);
	}
	return rows;
}

function rowsOrError(run: Run, options: SplitOptions): JsonRecord[] {
	if (run.stats !== null) return splitResourceStats(run, options);
	return rowsOf(run, [{ ...NO_STATS, raw: run.raw.resource_stats ?? null }], options, {
		stats_error: statsError(run),
	});
}

const NO_STATS: Part = { resource: null, methods: null, stats: {}, raw: null };

/**
 * The columns of all rows, optional ones included, and their values. The triggers add `event`,
 * `event_created_at`, `event_id` and `webhook_id`, so no column here has such a name.
 *
 * @param extra columns of all rows, before the counters
 */
function rowsOf(
	run: Run,
	parts: Part[],
	{ splitBy, includeRawStats = false }: SplitOptions,
	extra: JsonRecord = {},
): JsonRecord[] {
	const methodColumn = splitBy === 'resourceAndMethod' ? 'method' : 'methods';
	const first: JsonRecord = { resource: null, [methodColumn]: null, ...extra };
	const last: JsonRecord = runContext(run);
	if (includeRawStats) last.resource_stats = null;
	const columns = counterColumns(parts, [...Object.keys(first), ...Object.keys(last)]);
	// The columns of every row, in their order. Copying it is the cheapest way to make many rows.
	const blank: JsonRecord = { ...first };
	for (const column of columns.values()) blank[column] = null;
	Object.assign(blank, last);
	return parts.map((part) => {
		const row = { ...blank };
		row.resource = part.resource;
		row[methodColumn] = part.methods;
		if (includeRawStats) row.resource_stats = part.raw;
		fillCounters(row, part.stats, columns);
		return row;
	});
}

// Not by `Object.entries`: for a run of 100,000 resources, it makes as many arrays that live as long as the rows.
function partsByResource(stats: JsonRecord): Part[] {
	return Object.keys(stats).map((resource) => {
		const raw = stats[resource] ?? null;
		const methods = methodsOf(raw);
		return { resource, methods: Object.keys(methods).join(', '), stats: methods, raw };
	});
}

function partsByMethod(stats: JsonRecord): Part[] {
	const parts: Part[] = [];
	for (const resource of Object.keys(stats)) {
		const raw = stats[resource] ?? null;
		const methods = methodsOf(raw);
		const names = Object.keys(methods);
		// A resource without methods still gets a row, so that a report doesn't lose it.
		if (names.length === 0) parts.push({ resource, methods: null, stats: {}, raw });
		for (const method of names) {
			const counters = methods[method] ?? null;
			parts.push({ resource, methods: method, stats: { counters }, raw: counters });
		}
	}
	return parts;
}

/** Rows for resources that the run will sync but hasn't counted yet. */
function unstartedParts(run: Run, stats: JsonRecord, byMethod: boolean): Part[] {
	return unstartedResources(run, stats).flatMap(({ resource, methods }): Part[] => {
		if (!byMethod) return [{ ...NO_STATS, resource, methods: methods.join(', ') }];
		const names = methods.length > 0 ? methods : [null];
		return names.map((name) => ({ ...NO_STATS, resource, methods: name }));
	});
}

/**
 * The column of each counter. A counter gets the prefix `stat_` if it would overwrite another column, or
 * if it is named `__proto__`, which a plain object can't have as a column.
 */
function counterColumns(parts: Part[], taken: string[]): Map<string, string> {
	const columns = new Map<string, string>();
	for (const { stats } of parts) {
		for (const method in stats) {
			const counters = countersOf(stats[method]);
			for (const name in counters) {
				if (!columns.has(name)) columns.set(name, name);
			}
		}
	}
	const reserved = new Set([...taken, '__proto__']);
	for (const name of columns.keys()) {
		if (!reserved.has(name)) continue;
		let column = `stat_${name}`;
		while (columns.has(column) || reserved.has(column)) column = `stat_${column}`;
		columns.set(name, column);
		reserved.add(column);
	}
	return columns;
}

/** Adds up the counters of all methods of a row. */
function fillCounters(row: JsonRecord, stats: JsonRecord, columns: Map<string, string>): void {
	for (const method in stats) {
		const counters = countersOf(stats[method]);
		for (const name in counters) {
			const value = counterValue(counters[name]);
			const column = columns.get(name) ?? name;
			const sum = row[column] ?? null;
			if (value === null) continue;
			if (sum === null) row[column] = value;
			else if (typeof sum === 'number' && typeof value === 'number') row[column] = sum + value;
			else row[column] = valuesByMethod(stats, name);
		}
	}
}

/** What can't be added up is kept as an object keyed by method. */
function valuesByMethod(stats: JsonRecord, name: string): JsonRecord {
	const values: Array<[string, Json]> = [];
	for (const [method, raw] of Object.entries(stats)) {
		const counters = countersOf(raw);
		const value = counterValue(Object.hasOwn(counters, name) ? counters[name] : null);
		if (value !== null) values.push([method, value]);
	}
	return Object.fromEntries(values);
}
