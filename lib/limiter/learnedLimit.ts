/** A sweep starts with so few requests in flight, as a 429 meets all that are in flight together. */
const FIRST_IN_FLIGHT = 6;

/** The most requests of a sweep in flight, once the limit is known or nothing was refused for a while. */
export const MOST_IN_FLIGHT = 50;

/** While nothing is refused, the requests in flight double about every 3.5 s in which they are used. */
const IN_FLIGHT_GROWTH = 2;

/** Who used so much of its limit when the window was full has found its share. */
const USED_UP = 0.6;

/** What is kept of a share that was used. */
const KEPT = 0.98;

/** What is kept of a large one, down to a quarter of all: others may have got less. */
const KEPT_OF_LARGE = 0.8;
const LARGE = 0.25;

/** How long a limit that was only halved stays, and a share that was found. A longer sweep than that tries for more. */
const HOLD_HALVED_MS = 150_000;
const HOLD_FOUND_MS = 900_000;

/** A 429 after less than this of the limit says little, as others held the window: that half is not held. */
const SAYS_LITTLE = 0.15;

/** Processes that started together must not try for more together. */
const HOLD_JITTER = 0.2;

/** After the hold the limit grows by 6 %, 24 %, 54 % … of itself, window by window. */
const GROWTH = 0.06;

/** Who has grown so far without a 429 shares with fewer others than before. */
const GROWN = 2;

const LOWEST = 5;

/** A 429, as it is to be learned from. */
export interface Refusal {
	now: number;
	retryAfterMs: number;
	/** {@link LearnedLimit.generation} when the request was sent. */
	generation: number;
	/** What the token allows in a window. */
	most: number;
	/** The requests of the last window that Truto took. */
	accepted: number;
}

/**
 * How many requests in a window Truto takes from this process. Others may use the same token, such as
 * other workers of n8n, and none knows of the others.
 *
 * A 429 halves the limit until the process uses up what it allows itself: then the others leave it that
 * share. All who share a token meet the 429 together, halve and pause together, and so come to equal
 * shares. As each 429 costs a pause of 10 s, a share is then kept for minutes before more is tried.
 */
export class LearnedLimit {
	resumesAt = 0;

	/** To be handed back to {@link refused}: tells an echo of an earlier 429 from a new one. */
	generation = 0;

	private share = Number.POSITIVE_INFINITY;

	private isFound = false;

	private growsAt = 0;

	private mayBeInFlight = FIRST_IN_FLIGHT;

	constructor(
		private readonly windowMs: number,
		private readonly random: () => number,
	) {}

	/** The requests that may be sent in a window, `most` at the most. */
	at(now: number, most: number): number {
		const windows = Math.max(0, (now - this.growsAt) / this.windowMs);
		const limit = Math.floor(this.share * (1 + GROWTH * windows ** 2));
		if (limit < most) return limit;
		this.share = Number.POSITIVE_INFINITY;
		this.isFound = false;
		return most;
	}

	/** How many requests of sweeps may be in flight. */
	get inFlight(): number {
		return this.isFound ? MOST_IN_FLIGHT : Math.floor(this.mayBeInFlight);
	}

	/** A request was answered, after `ms`, and not with a 429. */
	answered(ms: number): void {
		const grown = this.mayBeInFlight + (IN_FLIGHT_GROWTH * ms) / this.windowMs;
		this.mayBeInFlight = Math.min(MOST_IN_FLIGHT, grown);
	}

	/** Truto answered 429. Those in flight when a pause begins fail together: they count once. */
	refused({ now, retryAfterMs, generation, most, accepted }: Refusal): void {
		const limit = this.at(now, most);
		this.resumesAt = Math.max(this.resumesAt, now + retryAfterMs);
		if (generation !== this.generation) return;
		this.generation++;
		this.mayBeInFlight = FIRST_IN_FLIGHT;
		const hasGrown = limit >= GROWN * this.share;
		this.isFound = accepted >= USED_UP * this.share && !hasGrown;
		const share = this.isFound ? keptOf(Math.min(accepted, this.share), most) : limit / 2;
		this.share = Math.max(LOWEST, share);
		const halvedMs = accepted < SAYS_LITTLE * limit ? 0 : HOLD_HALVED_MS;
		const holdMs = this.isFound ? HOLD_FOUND_MS : halvedMs;
		this.growsAt = this.resumesAt + holdMs * (1 + HOLD_JITTER * (2 * this.random() - 1));
	}
}

/** The share that is left of one that was used, of all that the token allows. */
function keptOf(used: number, most: number): number {
	return Math.min(KEPT * used, Math.max(KEPT_OF_LARGE * used, LARGE * most));
}
