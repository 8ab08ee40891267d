import { isJsonRecord, type Json, type JsonRecord } from '../../json';
import { requestResources, type RequestResource } from '../../syncJobs/requestResources';
import type { Run } from '../../truto/run';
import type { SyncJob } from '../../truto/syncJob';
import { countersOf, counterValue, methodsOf, sumOfCounters } from '../resourceStats';
import type { ResourceCounts } from './diagnosis';

/** Whether a job sends a resource's records on; null if unknown. */
type Expected = boolean | null;

/** What a run counted for a resource, with what is needed to judge it. */
export interface CountedResource extends ResourceCounts {
	/** The last method that was counted. */
	method: string | null;
	expected: Expected;
}

/**
 * What a run has fetched and persisted.
 *
 * @param job its sync job, which says what is sent on if the run doesn't say so itself
 */
export function countRun({ stats, resources }: Run, job: SyncJob | null): CountedResource[] {
	return countResources(stats, resources.length > 0 ? resources : (job?.resources ?? []));
}

/**
 * What a run has fetched and persisted for each resource, in Truto's order.
 *
 * @param stats its counters by resource and method; null if they can't be read
 * @param resources of the run, or else of its sync job: they say what is sent on
 */
export function countResources(stats: JsonRecord | null, resources: Json[]): CountedResource[] {
	const expectedOf = expectations(resources);
	return Object.entries(stats ?? {}).map(([resource, counters]) => {
		const { fetched = null, persisted = null } = sumOfCounters([counters]);
		const expected = expectedOf(resource);
		const lost = fetched === null || persisted === null ? null : Math.max(0, fetched - persisted);
		return {
			resource,
			method: lastMethod(counters),
			fetched,
			persisted,
			dropped: expected === false && lost !== null ? 0 : lost,
			expected,
		};
	});
}

/**
 * Whether a resource was fetched, but a later step of the job let none of it through. A resource that
 * may only be there because others depend on it counts only if nothing at all got through.
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

function expectations(resources: Json[]): (key: string) => Expected {
	const byKey = new Map<string, RequestResource>();
	const requests = requestResources(resources);
	const keysOf = [
		({ name }: RequestResource) => name,
		({ resource }: RequestResource) => resource,
		({ resource }: RequestResource) => resource.split('/').at(-1),
	];
	// The short form of one request may be the name of another, which goes first.
	for (const keyOf of keysOf) {
		for (const request of requests) {
			const key = keyOf(request);
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
 * The requests of a version 4 job whose records reach a destination: those that it names, and those that
 * get there through nodes that only transform records. A request doesn't count just because others
 * depend on it.
 */
function sentOnByDestinations(resources: Json[]): Set<Json> {
	const nodes = resources.filter(isJsonRecord);
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
