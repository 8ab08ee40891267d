/** A place whose request is answered. */
interface AnsweredPlace {
	lane: string;
	/** When it falls due, in milliseconds. */
	due: number;
}

/**
 * Which places of a rate limit are in use. A place is taken when a request starts and falls due one
 * window after its answer came. The server counts the request somewhere between these two moments, so
 * it can't see more requests in any window than there are places, however long they are on the way.
 */
export class SlidingWindow {
	inFlight = 0;

	/** Oldest first. */
	private readonly answered: AnsweredPlace[] = [];

	/** How many places each lane has; only lanes that have one are in it. */
	private readonly byLane = new Map<string, number>();

	constructor(private readonly windowMs: number) {}

	used(now: number): number {
		for (let place = this.answered[0]; place && place.due <= now; place = this.answered[0]) {
			this.answered.shift();
			this.count(place.lane, -1);
		}
		return this.inFlight + this.answered.length;
	}

	usedBy(lane: string): number {
		return this.byLane.get(lane) ?? 0;
	}

	start(lane: string): void {
		this.inFlight++;
		this.count(lane, 1);
	}

	end(now: number, lane: string): void {
		this.inFlight--;
		// One millisecond more, as the clock cuts off what is less.
		this.answered.push({ lane, due: now + this.windowMs + 1 });
	}

	/** When the next place falls due; undefined where none is timed yet. */
	nextFreeAt(): number | undefined {
		return this.answered[0]?.due;
	}

	/**
	 * From when on one of `spare` free places may be taken, so that the others, with those that fall due,
	 * still make a place every `spreadMs`.
	 */
	roomAt(now: number, spare: number, spreadMs: number): number {
		if (spare <= 0) return this.nextFreeAt() ?? now + this.windowMs;
		let left = spare - 1;
		let roomAt = now;
		for (const { due } of this.answered) {
			if ((left + 1) * spreadMs > this.windowMs) return roomAt;
			left++;
			roomAt = Math.max(roomAt, due - left * spreadMs);
		}
		// What is on the way falls due a window from now at the soonest.
		return Math.max(roomAt, now + this.windowMs - (left + 1) * spreadMs);
	}

	private count(lane: string, change: number): void {
		const places = this.usedBy(lane) + change;
		if (places > 0) this.byLane.set(lane, places);
		else this.byLane.delete(lane);
	}
}
