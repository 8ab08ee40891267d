/**
 * Which places of a rate limit are in use. A place is taken when a request starts and falls due one
 * window after its answer came. The server counts the request somewhere between these two moments, so
 * it can't see more requests in any window than there are places, however long they are on the way.
 */
export class SlidingWindow {
	inFlight = 0;

	/** When the answers of the last window came, in milliseconds, oldest first. */
	private readonly answers: number[] = [];

	constructor(private readonly windowMs: number) {}

	used(now: number): number {
		while (this.answers.length > 0 && (this.answers[0] ?? now) <= now - this.windowMs) {
			this.answers.shift();
		}
		return this.inFlight + this.answers.length;
	}

	start(): void {
		this.inFlight++;
	}

	end(now: number): void {
		this.inFlight--;
		// One millisecond more, as the clock cuts off what is less.
		this.answers.push(now + 1);
	}

	/** When the next place falls due; undefined where none is timed yet. */
	nextFreeAt(): number | undefined {
		const oldest = this.answers[0];
		return oldest === undefined ? undefined : oldest + this.windowMs;
	}
}
