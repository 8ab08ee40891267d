import type { Dialect } from './dialect.mts';

/** The fields that Truto itself stamps; a time in a run's arguments, say, is the customer's own text. */
const TIMES = new Set([
	'created_at',
	'updated_at',
	'started_at',
	'finished_at',
	'timestamp',
	'occurred_at',
]);
/** In `mixed`, the times of these fields come without a zone, the others with one. */
const MIXED = new Set(['created_at', 'updated_at', 'finished_at']);
/** The objects of an answer that hold times of Truto's own. */
const NESTED = new Set(['sync_job', 'metadata', 'last_forbidden_error']);

/** D4: an answer's object with its times as the dialect writes them. */
export function spokenTimes(item: object, { times }: Dialect): object {
	return times === 'iso' ? item : respelled(item, times);
}

/** D4: a `created_at` by itself. */
export function spokenTime(time: string, { times }: Dialect): string {
	return times === 'iso' ? time : spaced(time);
}

function respelled(item: object, times: 'spaced' | 'mixed'): object {
	return Object.fromEntries(
		Object.entries(item).map(([name, value]: [string, unknown]) => {
			if (TIMES.has(name) && typeof value === 'string') {
				return [name, times === 'spaced' || MIXED.has(name) ? spaced(value) : value];
			}
			const nested = NESTED.has(name) && typeof value === 'object' && value !== null;
			return [name, nested ? respelled(value, times) : value];
		}),
	);
}

// What is no time of the simulator's own kind stays as a test wrote it.
function spaced(time: string): string {
	return time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/, '$1 $2');
}
