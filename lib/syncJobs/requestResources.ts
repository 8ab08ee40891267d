import { isJsonRecord, textOrNull, type Json } from '../json';

/** One request that a sync job makes. */
export interface RequestResource {
	/** For example `crm/contacts` of a unified API, or `contacts` of a proxy API. */
	resource: string;
	/** The name of a version 4 node, under which its statistics may be filed; otherwise null. */
	name: string | null;
	method: string | null;
	/** Whether its records are sent on; null if the job leaves that to Truto's default. */
	persist: boolean | null;
}

/**
 * The requests in the `resources` of a sync job or run. Versions 1 to 3 list them; version 4 lists the
 * nodes of a graph, and only those of type `request` fetch anything.
 *
 * @param resources of `GET /sync-job/{id}` or `GET /sync-job-run/{id}`; entries that can't be read are
 * left out
 */
export function requestResources(resources: Json[]): RequestResource[] {
	return resources.flatMap((entry): RequestResource[] => {
		if (!isJsonRecord(entry)) return [];
		const { type, persist } = entry;
		if (typeof type === 'string' && type !== 'request') return [];
		const name = type === 'request' ? textOrNull(entry.name) : null;
		const resource = textOrNull(entry.resource) ?? name;
		if (resource === null) return [];
		return [
			{
				resource,
				name,
				method: textOrNull(entry.method),
				persist: typeof persist === 'boolean' ? persist : null,
			},
		];
	});
}
