import type { ResourceStats } from './types.mts';

/** Stats of resources that were each listed, with everything fetched also persisted. */
export function counters(fetched: Record<string, number>): ResourceStats {
	return Object.fromEntries(
		Object.entries(fetched).map(([name, count]) => [
			name,
			{ list: { fetched: count, persisted: count } },
		]),
	);
}

/** Stats of so many resources. */
export function manyResources(count: number): ResourceStats {
	return counters(
		Object.fromEntries(
			Array.from({ length: count }, (_, index) => [
				`crm/object_${String(index + 1).padStart(5, '0')}`,
				index + 1,
			]),
		),
	);
}

/** Resource names that are hard on code which treats them as paths, keys or formulas. */
export function oddNames(): ResourceStats {
	// Parsed, because a literal's `__proto__` is no key.
	return JSON.parse(`{
		"crm/contacts": { "list": { "fetched": 1, "persisted": 1 } },
		"contacts": { "list": { "fetched": 2, "persisted": 2 } },
		"crm.contacts.v2": { "list.all": { "fetched": 3, "persisted": 3 } },
		"custom object": { "list": { "fetched": 4, "persisted": 4 } },
		"__proto__": { "list": { "fetched": 5, "persisted": 5 } },
		"constructor": { "list": { "fetched": 6, "persisted": 6 } },
		"=SUM(A1)": { "list": { "fetched": 7, "persisted": 7 } },
		"": { "": { "": 8 } },
		"crm/Kontakte äöü 🙂": { "list": { "fetched": 9, "persisted": 9 } }
	}`) as ResourceStats;
}

/** Stats that are no stats: not what is documented, but what an open API may send. */
export function odd(value: unknown): ResourceStats {
	return value as ResourceStats;
}
