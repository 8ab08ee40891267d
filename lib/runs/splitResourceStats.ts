import { isJsonRecord, textOrNull, type Json, type JsonRecord } from '../json';
import { countersOf, methodsOf, resourceStats } from './resourceStats';
import { runContext } from './runContext';

export type SplitBy = 'resource' | 'resourceAndMethod';

export interface SplitOptions {
	splitBy: SplitBy;
	/** Also give a row to resources that the run names but has no statistics of yet. */
	includeUnstartedResources?: boolean;
	/** Also give each row its own part of `resource_stats` as Truto sent it. */
	includeRawStats?: boolean;
}

/** What one row is about, before its columns are laid out. */
interface Part {
	resource: string;
	/** The method names, or the one method; null where there is none. */
	methods: string | null;
	/** Counters by method, still as Truto sent them. */
	stats: JsonRecord;
	raw: Json;
}

/**
 * Splits a run's `resource_stats` into flat rows for sheets, messages and databases. All rows have
 * the same columns in the same order, and a counter that a row lacks is null.
 *
 * @param run the answer of `GET /sync-job-run/{id}`
 * @returns one row for each resource, or for each method of each resource, in Truto's order; none
 * where the run has no statistics
 * @throws {ExplainedError} where `resource_stats` is not an object
 */
export function splitResourceStats(run: JsonRecord, options: SplitOptions): JsonRecord[] {
	const stats = resourceStats(run);
	const byMethod = options.splitBy === 'resourceAndMethod';
	const parts = byMethod ? partsByMethod(stats) : partsByResource(stats);
	if (options.includeUnstartedResources) parts.push(...unstartedParts(run, stats, byMethod));

	const methodColumn = byMethod ? 'method' : 'methods';
	const blank: JsonRecord = { ...runContext(run), resource: null, [methodColumn]: null };
	if (options.includeRawStats) blank.resource_stats = null;
	const columns = counterColumns(parts, Object.keys(blank));
	for (const column of columns.values()) blank[column] = null;
	return parts.map((part) => {
		const row = { ...blank };
		row.resource = part.resource;
		row[methodColumn] = part.methods;
		if (options.includeRawStats) row.resource_stats = part.raw;
		fillCounters(row, part.stats, columns);
		return row;
	});
}

function partsByResource(stats: JsonRecord): Part[] {
	return Object.entries(stats).map(([resource, raw]) => {
		const methods = methodsOf(raw);
		return { resource, methods: Object.keys(methods).join(', '), stats: methods, raw };
	});
}

function partsByMethod(stats: JsonRecord): Part[] {
	return Object.entries(stats).flatMap(([resource, raw]): Part[] => {
		const methods = Object.entries(methodsOf(raw));
		// A resource without methods keeps its row: a report must not lose it.
		if (methods.length === 0) return [{ resource, methods: null, stats: {}, raw }];
		return methods.map(([method, counters]) => ({
			resource,
			methods: method,
			stats: { counters },
			raw: counters,
		}));
	});
}

/** Rows for the resources that the run will sync but has not counted anything of. */
function unstartedParts(run: JsonRecord, stats: JsonRecord, byMethod: boolean): Part[] {
	const planned = new Map<string, Set<string>>();
	for (const entry of Array.isArray(run.resources) ? run.resources : []) {
		if (!isJsonRecord(entry) || typeof entry.resource !== 'string') continue;
		if (Object.hasOwn(stats, entry.resource)) continue;
		const methods = planned.get(entry.resource) ?? new Set();
		const method = textOrNull(entry.method);
		if (method !== null) methods.add(method);
		planned.set(entry.resource, methods);
	}
	return [...planned].flatMap(([resource, methods]) => {
		const names: Array<string | null> = byMethod
			? methods.size > 0
				? [...methods]
				: [null]
			: [[...methods].join(', ')];
		return names.map((name) => ({ resource, methods: name, stats: {}, raw: null }));
	});
}

/**
 * The column of each counter. A counter must not take the place of a column that is there already,
 * nor be named `__proto__`, which plain objects can't hold as a column: it gets the prefix `stat_`.
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
			const value = counters[name] ?? null;
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
		const value = Object.hasOwn(counters, name) ? counters[name] : null;
		if (value !== null && value !== undefined) values.push([method, value]);
	}
	return Object.fromEntries(values);
}
