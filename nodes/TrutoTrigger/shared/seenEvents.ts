const MOST_IN_MEMORY = 10_000;
const MOST_STORED = 200;

/** The events that a trigger has had. Truto may send one more than once; it must start one execution. */
export class SeenEvents {
	/**
	 * The last ids, to be kept over a restart. Always the same array: n8n stores it some time after an
	 * event, and then it holds what came in the meantime, too.
	 */
	readonly latest: string[] = [];

	private readonly ids = new Set<string>();

	/** @returns false where the event was here before */
	add(id: string): boolean {
		if (this.ids.has(id)) return false;
		this.ids.add(id);
		this.latest.push(id);
		if (this.latest.length > MOST_STORED) this.latest.shift();
		if (this.ids.size > MOST_IN_MEMORY) {
			for (const oldest of this.ids) {
				this.ids.delete(oldest);
				break;
			}
		}
		return true;
	}

	/** The event started nothing: when it comes again, it is new. */
	forget(id: string): void {
		if (!this.ids.delete(id)) return;
		this.latest.splice(this.latest.indexOf(id), 1);
	}
}

const byTrigger = new Map<string, SeenEvents>();

/**
 * The events seen by one trigger.
 *
 * @param key names the trigger
 * @param stored what `latest` was when n8n last stored it, before a restart or in another process
 */
export function seenBy(key: string, stored: unknown): SeenEvents {
	const seen = byTrigger.get(key) ?? new SeenEvents();
	byTrigger.set(key, seen);
	if (Array.isArray(stored)) for (const id of stored) seen.add(String(id));
	return seen;
}

/** To be called when a trigger ends: nothing is kept of it. */
export function forgetTrigger(key: string): void {
	byTrigger.delete(key);
}
