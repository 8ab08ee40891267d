import { isJsonRecord, type Json, type JsonRecord } from '../../json';
import { requestResources, type RequestResource } from '../../syncJobs/requestResources';
import {
	countersOf,
	counterValue,
	methodsOf,
	readableStats,
	sumOfCounters,
} from '../resourceStats';
import type { ResourceCounts } from './diagnosis';

/** Whether a job sends a resource's records on; null where that can't be told. */
type Expected = boolean | null;

export interface CountedResource extends ResourceCounts {
	/** The last method that was counted. */
	method: string | null;
	expected: Expected;
}

/**
 * What a run has fetched and persisted of each resource, in Truto's order.
 *
 * @param resources of the run, or else of its sync job: they tell what is to be sent on
 */
export function countResources(run: JsonRecord, resources: Json | undefined): CountedResource[] {
	const expectedOf = expectations(resources);
	return Object.entries(readableStats(run) ?? {}).map(([resource, stats]) => {
		const { fetched = null, persisted = null } = sumOfCounters([stats]);
		const expected = expectedOf(resource);
		const lost = fetched === null || persisted === null ? null : Math.max(0, fetched - persisted);
		return {
			resource,
			method: lastMethod(stats),
			fetched,
			persisted,
			dropped: expected === false && lost !== null ? 0 : lost,
			expected,
		};
	});
}

/**
 * Whether a resource was fetched, and none of it got through a later step of the job. One that may be
 * there only for others to depend on counts only where nothing at all got through.
 */
export function droppedResources(counted: CountedResource[]): CountedResource[] {
	const candidates = counted.filter(
		({ fetched, persisted, expected }) => fetched && persisted === 0 && expected !== false,
	);
	const sure = candidates.filter(({ expected }) => expected);
	if (sure.length > 0) return sure;
	return counted.some(({ persisted }) => persisted) ? [] : candidates;
}

function lastMethod(stats: Json): string | null {
	const counted = Object.entries(methodsOf(stats)).filter(([, counters]) =>
		Object.values(countersOf(counters)).some((value) => counterValue(value) !== null),
	);
	return counted.at(-1)?.[0] || null;
}

function expectations(resources: Json | undefined): (key: string) => Expected {
	const byKey = new Map<string, RequestResource>();
	for (const request of requestResources(resources)) {
		for (const key of [request.name, request.resource, request.resource.split('/').at(-1)]) {
			if (typeof key === 'string' && !byKey.has(key)) byKey.set(key, request);
		}
	}
	const sentOn = sentOnByDestinations(resources);
	return (key) => {
		const request = byKey.get(key);
		if (!request) return null;
		if (request.name !== null)
			return sentOn.has(request.name) || sentOn.has(request.resource) || null;
		// Versions 1 to 3: unified resources are always persisted, those of proxy APIs only if told to.
		return request.resource.includes('/') || request.persist === true;
	};
}

/**
 * The requests of a version 4 job whose records get to a destination: those that it names, and those that
 * flow into what it names through nodes that only work on records. A request is not among them just
 * because others depend on it.
 */
function sentOnByDestinations(resources: Json | undefined): Set<Json> {
	const nodes = (Array.isArray(resources) ? resources : []).filter(isJsonRecord);
	const byName = new Map(nodes.map((node) => [node.name, node]));
	const reached = new Set<Json>();
	const follow = (names: Json | undefined): void => {
		for (const name of [names ?? []].flat()) {
			if (reached.has(name)) continue;
			reached.add(name);
			const node = byName.get(name);
			if (node && node.type !== 'request') follow(node.depends_on);
		}
	};
	for (const node of nodes) {
		if (node.type === 'destination') follow(node.resources_to_persist ?? node.depends_on);
	}
	return reached;
}
