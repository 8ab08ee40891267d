import type { SyncJobNode, SyncJobResource } from './types.mts';

/** Whether an entry of `resources` is a node of a V4 job. */
export function isNode(entry: SyncJobResource | SyncJobNode): entry is SyncJobNode {
	return 'type' in entry && typeof entry.type === 'string';
}

/** What a run asks a provider for: the entries of a V1-V3 job, the `request` nodes of a V4 job. */
export function requestsOf(
	resources: readonly (SyncJobResource | SyncJobNode)[],
): { name?: string; resource: string; method: string }[] {
	return resources.flatMap((entry) => {
		if (!isNode(entry)) return [{ resource: entry.resource, method: entry.method }];
		const { name, type, resource, method } = entry;
		if (type !== 'request' || resource === undefined || method === undefined) return [];
		return [{ name, resource, method }];
	});
}
