/** The longest time that a timer of Node.js can take: about 24.8 days. A longer one rings at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** When a request has to end. */
export class Deadline {
	/** Aborts when the time is over, or with the outer signal. */
	readonly signal?: AbortSignal;

	private readonly at: number;

	constructor(
		withinMs: number | undefined,
		private readonly outer: AbortSignal | undefined,
	) {
		this.at = withinMs === undefined ? Number.POSITIVE_INFINITY : Date.now() + withinMs;
		const timer = withinMs === undefined ? [] : [AbortSignal.timeout(timerMs(withinMs))];
		const signals = [...timer, ...(outer ? [outer] : [])];
		this.signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
	}

	leftMs(): number {
		return this.at - Date.now();
	}

	isOver(): boolean {
		return this.leftMs() <= 0;
	}

	/** Treats an abort as a timeout, unless it comes from the outer signal. */
	readonly orThrow = (error: unknown): undefined => {
		this.outer?.throwIfAborted();
		if (this.signal?.aborted !== true) throw error;
	};
}

/** Whole milliseconds, as timers need them. */
function timerMs(ms: number): number {
	return Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil(ms)));
}
