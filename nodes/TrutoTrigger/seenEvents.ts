const MOST_IN_MEMORY = 10_000;
const MOST_STORED = 200;

/** The events that a trigger has had. Truto may send one more than once; it must start one execution. */
export class SeenEvents {
	/** Whether each counts as seen: not those that were forgotten, although n8n may have stored them. */
	private readonly ids = new Map<string, boolean>();

	/** The last ones that Truto has its answer for. */
	private readonly answered: string[] = [];

	/** @returns false where the event was here before */
	add(id: string): boolean {
		if (this.ids.get(id)) return false;
		this.ids.delete(id);
		this.ids.set(id, true);
		const [oldest] = this.ids.size > MOST_IN_MEMORY ? this.ids.keys() : [];
		if (oldest !== undefined) this.ids.delete(oldest);
		return true;
	}

	/** Truto has its answer, and won't send the event again unless by mistake. */
	markAnswered(id: string): void {
		this.answered.push(id);
		if (this.answered.length > MOST_STORED) this.answered.shift();
	}

	/** The event started nothing: when it comes again, it is new. */
	forget(id: string): void {
		if (this.ids.has(id)) this.ids.set(id, false);
	}

	/**
	 * What n8n is to store with an event. It does so after it has stored the event's execution, and before
	 * it answers. Events that are still on their way are not in it: should n8n crash now, Truto sends them
	 * again, and they must start an execution that is not cut off.
	 */
	toStoreWith(id: string): { toJSON(): string[] } {
		return { toJSON: () => [...this.answered, id].slice(-MOST_STORED) };
	}

	/** Takes in what n8n stored, before a restart or in another process. */
	recall(stored: unknown[]): void {
		for (const id of stored.map(String)) {
			if (this.ids.has(id)) continue;
			this.add(id);
			this.markAnswered(id);
		}
	}
}

const byTrigger = new Map<string, SeenEvents>();

/**
 * The events seen by one trigger.
 *
 * @param key names the trigger
 * @param stored what {@link SeenEvents.toStoreWith} was when n8n last stored it
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
