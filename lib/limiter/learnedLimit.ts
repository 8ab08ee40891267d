const LOWEST = 10;

/** What each window without a 429 gives back of the rate that a 429 took away. */
const RECOVERY_PER_WINDOW = 25;

/**
 * How many requests in a window Truto really takes from this process. Others may use the same token,
 * such as a second worker of n8n, and no process knows of the others: a 429 halves the rate, clean
 * windows raise it again (as TCP shares a line).
 */
export class LearnedLimit {
	private limit = Number.POSITIVE_INFINITY;

	private cleanSince = 0;

	private pausedUntil = 0;

	private pauses = 0;

	constructor(private readonly windowMs: number) {}

	/** To be handed back to {@link limited}: tells an echo of an earlier 429 from a new one. */
	get generation(): number {
		return this.pauses;
	}

	/** The requests that may be sent in a window, `most` at the most. */
	at(now: number, most: number): number {
		const cleanWindows = Math.max(0, Math.floor((now - this.cleanSince) / this.windowMs));
		return Math.min(most, this.limit + cleanWindows * RECOVERY_PER_WINDOW);
	}

	/** Until when nobody may send, in milliseconds; in the past where all may. */
	get resumesAt(): number {
		return this.pausedUntil;
	}

	/**
	 * Truto answered 429.
	 *
	 * @param generation the generation when the request was sent: those sent before a pause began all
	 * fail together and are one event
	 */
	limited(now: number, retryAfterMs: number, generation: number, most: number): void {
		const limitThen = this.at(now, most);
		this.pausedUntil = Math.max(this.pausedUntil, now + retryAfterMs);
		this.cleanSince = this.pausedUntil;
		if (generation !== this.pauses) return;
		this.pauses++;
		this.limit = Math.max(LOWEST, Math.floor(limitThen / 2));
	}
}
