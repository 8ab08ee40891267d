const MOST_IN_MEMORY = 10_000;
const MOST_STORED = 200;

/** The events that a trigger has had. Truto may send one more than once; it must start one execution. */
export class SeenEvents {
	/**
	 * The last ids, to be kept over a restart. Always the same array: n8n stores it some time after an
	 * event, and then it holds what came in the meantime, too.
	 */
	readonly latest: string[] = [];

	/** Whether each counts as seen: not those that were forgotten, although n8n may have stored them. */
	private readonly ids = new Map<string, boolean>();

	/** @returns false where the event was here before */
	add(id: string): boolean {
		if (this.ids.get(id)) return false;
		this.ids.delete(id);
		this.ids.set(id, true);
		this.latest.push(id);
		if (this.latest.length > MOST_STORED) this.latest.shift();
		const [oldest] = this.ids.size > MOST_IN_MEMORY ? this.ids.keys() : [];
		if (oldest !== undefined) this.ids.delete(oldest);
		return true;
	}

	/** The event started nothing: when it comes again, it is new. */
	forget(id: string): void {
		if (!this.ids.get(id)) return;
		this.ids.set(id, false);
		const at = this.latest.indexOf(id);
		if (at >= 0) this.latest.splice(at, 1);
	}

	/** Takes in what n8n stored, before a restart or in another process. */
	recall(stored: unknown[]): void {
		for (const id of stored) if (!this.ids.has(String(id))) this.add(String(id));
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
	if (Array.isArray(stored)) seen.recall(stored);
	return seen;
}

/** To be called when a trigger ends: nothing is kept of it. */
export function forgetTrigger(key: string): void {
	byTrigger.delete(key);
}
