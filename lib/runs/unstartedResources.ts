import type { JsonRecord } from '../json';
import { requestResources, type RequestResource } from '../syncJobs/requestResources';
import type { Run } from '../truto/run';

/** A resource that a run will sync, but has no statistics for yet. */
export interface UnstartedResource {
	/** The name that its statistics will probably have. */
	resource: string;
	/** The methods that the run will call; empty if the job names none. */
	methods: string[];
}

/**
 * The resources of a run, or else of its sync job, that have no statistics yet. Statistics may be filed
 * under a resource's name in a unified API (`crm/contacts`) or a proxy API (`contacts`), or under the
 * name of the job's node. A resource with statistics under any of these isn't listed again.
 *
 * @param stats its statistics
 */
export function unstartedResources(run: Run, stats: JsonRecord): UnstartedResource[] {
	const requests = plannedRequests(run);
	const keys = Object.keys(stats);
	const started = new Set(keys);
	const isByName = requests.some(({ name }) => name !== null && started.has(name));
	const byResource = new Map<string, Set<string>>();
	for (const { resource, name, method } of requests) {
		if (name !== null && started.has(name)) continue;
		if (isStarted(resource, started, keys)) continue;
		const shown = isByName && name !== null ? name : resource;
		const methods = byResource.get(shown) ?? new Set();
		if (method !== null) methods.add(method);
		byResource.set(shown, methods);
	}
	return [...byResource].map(([resource, methods]) => ({ resource, methods: [...methods] }));
}

/** The requests that a run makes: its own `resources`, which override those of its sync job. */
export function plannedRequests({ resources, job }: Run): RequestResource[] {
	const own = requestResources(resources);
	return own.length > 0 ? own : requestResources(job?.resources ?? []);
}

function isStarted(resource: string, started: Set<string>, keys: string[]): boolean {
	if (started.has(resource)) return true;
	const slash = resource.lastIndexOf('/');
	// `crm/contacts` may be filed as `contacts`, and the other way round, but not as `hris/contacts`.
	if (slash >= 0) return started.has(resource.slice(slash + 1));
	return keys.some((key) => key.endsWith(`/${resource}`));
}
