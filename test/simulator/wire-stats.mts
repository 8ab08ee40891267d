import type { Dialect } from './dialect.mts';
import { isNode, requestsOf } from './resources.mts';
import type { ResourceStats, SyncJobRun } from './types.mts';

/** D6: a run with its stats as the dialect keys and counts them. Stats that are no object stay. */
export function spokenStats(run: SyncJobRun, dialect: Dialect): SyncJobRun {
	const stats: unknown = run.resource_stats;
	if (stats === undefined) return run;
	if (stats === null) return withoutStats(run, dialect);
	if (typeof stats !== 'object' || Array.isArray(stats)) return run;
	const hasNodes = run.resources.some(isNode);
	if (!hasNodes && dialect.statsKey !== 'plain' && dialect.statsValue === 'object') return run;
	const keyed = rekeyed(run, stats as ResourceStats, dialect);
	return { ...run, resource_stats: dialect.statsValue === 'number' ? bare(keyed) : keyed };
}

function withoutStats(run: SyncJobRun, { statsEmpty }: Dialect): SyncJobRun {
	if (statsEmpty === 'null') return run;
	if (statsEmpty === '{}') return { ...run, resource_stats: {} };
	const rest: Partial<SyncJobRun> = { ...run };
	delete rest.resource_stats;
	return rest as SyncJobRun;
}

function rekeyed(run: SyncJobRun, stats: ResourceStats, { statsKey }: Dialect): ResourceStats {
	const requests = requestsOf(run.resources);
	const merged = new Map<string, ResourceStats[string]>();
	for (const [key, methods] of Object.entries(stats)) {
		const of =
			requests.find(({ name }) => name === key) ?? requests.find((one) => one.resource === key);
		const resource = of?.resource ?? key;
		const name = statsKey === 'node' ? (of?.name ?? key) : resource;
		const spoken = statsKey === 'plain' ? plain(resource, stats) : name;
		const before = merged.get(spoken);
		merged.set(spoken, before ? sum(before, methods) : methods);
	}
	return Object.fromEntries(merged);
}

// `contacts` of `crm/contacts`, unless the run also has a resource of that name: they are two.
function plain(resource: string, stats: ResourceStats): string {
	const name = resource.slice(resource.lastIndexOf('/') + 1);
	return name === '' || Object.hasOwn(stats, name) ? resource : name;
}

// Two nodes may ask for the same resource.
function sum(a: ResourceStats[string], b: ResourceStats[string]): ResourceStats[string] {
	const methods = new Set([...Object.keys(a), ...Object.keys(b)]);
	return Object.fromEntries(
		[...methods].map((method) => {
			const counters = { ...a[method] };
			for (const [name, count] of Object.entries(b[method] ?? {})) {
				counters[name] = (counters[name] ?? 0) + count;
			}
			return [method, counters];
		}),
	);
}

function bare(stats: ResourceStats): ResourceStats {
	const values = Object.entries(stats).map(([key, methods]) => [
		key,
		Object.fromEntries(
			Object.entries(methods).map(([method, counters]: [string, unknown]) => {
				const fetched: unknown =
					typeof counters === 'object' && counters !== null
						? Reflect.get(counters, 'fetched')
						: undefined;
				return [method, fetched ?? counters];
			}),
		),
	]);
	return Object.fromEntries(values) as ResourceStats;
}
