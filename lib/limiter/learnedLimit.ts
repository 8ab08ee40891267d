/** A sweep starts with few requests in flight, because a 429 hits all of them together. */
const FIRST_IN_FLIGHT = 6;

/** The most requests that sweeps may have in flight, once the limit is known or nothing was refused for a while. */
export const MOST_IN_FLIGHT = 50;

/** While nothing is refused and they are used, the requests in flight double about every 3.5 s. */
const IN_FLIGHT_GROWTH = 2;

/** A process that had used this much of its limit when the window was full has found its share. */
const USED_UP = 0.6;

/** How much of a used share is kept. */
const KEPT = 0.98;

/** How much of a large share is kept, down to a quarter of Truto's limit: others may have got less. */
const KEPT_OF_LARGE = 0.8;
const LARGE = 0.25;

/** How long a halved limit and a found share are kept. A sweep that takes longer then tries for more. */
const HOLD_HALVED_MS = 150_000;
const HOLD_FOUND_MS = 900_000;

/** A 429 before this much of the limit was used says little, because others filled the window: it isn't kept. */
const SAYS_LITTLE = 0.15;

/** So that processes that started together don't all try for more at the same time. */
const HOLD_JITTER = 0.2;

/** Afterwards the limit grows by 6 %, 24 %, 54 % … of itself, window by window. */
const GROWTH = 0.06;

/** A process whose limit has grown this much without a 429 shares the token with fewer others than before. */
const GROWN = 2;

const LOWEST = 5;

/** What is known about a 429. */
export interface Refusal {
	now: number;
	retryAfterMs: number;
	/** {@link LearnedLimit.generation} when the request was sent. */
	generation: number;
	/** What the token allows in a window. */
	most: number;
	/** How many requests Truto accepted in the last window. */
	accepted: number;
}

/**
 * How many requests in a window Truto accepts from this process. Other processes, such as other workers
 * of n8n, may use the same token, and they don't know about each other.
 *
 * A 429 halves the limit until the process uses up what is left: then this is its share. All processes
 * that share a token get the 429 together, halve and pause together, and so reach equal shares. Because
 * each 429 costs a pause of 10 s, a share is then kept for minutes before the process tries for more.
 */
export class LearnedLimit {
	resumesAt = 0;

	/** Pass it to {@link refused}, which uses it to tell an echo of an earlier 429 from a new one. */
	generation = 0;

	private share = Number.POSITIVE_INFINITY;

	private isFound = false;

	private growsAt = 0;

	private mayBeInFlight = FIRST_IN_FLIGHT;

	constructor(
		private readonly windowMs: number,
		private readonly random: () => number,
	) {}

	/** How many requests may be sent in a window, at most `most`. */
	at(now: number, most: number): number {
		const windows = Math.max(0, (now - this.growsAt) / this.windowMs);
		const limit = Math.floor(this.share * (1 + GROWTH * windows ** 2));
		if (limit < most) return limit;
		this.share = Number.POSITIVE_INFINITY;
		this.isFound = false;
		return most;
	}

	/** How many requests sweeps may have in flight. */
	get inFlight(): number {
		return this.isFound ? MOST_IN_FLIGHT : Math.floor(this.mayBeInFlight);
	}

	/** A request was answered, after `ms`, and not with a 429. */
	answered(ms: number): void {
		const grown = this.mayBeInFlight + (IN_FLIGHT_GROWTH * ms) / this.windowMs;
		this.mayBeInFlight = Math.min(MOST_IN_FLIGHT, grown);
	}

	/** Truto answered 429. Requests that were in flight when a pause began fail together and count once. */
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

/** What to keep of a used share; `most` is what the token allows. */
function keptOf(used: number, most: number): number {
	return Math.min(KEPT * used, Math.max(KEPT_OF_LARGE * used, LARGE * most));
}
