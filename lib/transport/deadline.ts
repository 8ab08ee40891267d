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
		this.signal = withinMs === undefined ? outer : timeoutSignal(withinMs, outer);
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

/** A signal that others may use, too, if they want the same and come at once. */
interface Shared {
	signal: AbortSignal;
	withinMs: number;
	/** By a clock that can't be set. */
	joinableUntil: number;
}

const NO_SIGNAL = {};

/** The latest under each outer signal. */
const latest = new WeakMap<object, Shared>();

/** The timer of each signal. In Node.js 20, `AbortSignal.any` doesn't keep it, and without it no time is ever over. */
const timers = new WeakMap<AbortSignal, AbortSignal>();

/**
 * Aborts when the time is over, or with the outer signal. Requests that start together with the same timeout share
 * one, because a timer for each takes more time than all else that a client does for them. So it may come up to 1 %
 * later.
 */
export function timeoutSignal(withinMs: number, outer: AbortSignal | undefined): AbortSignal {
	const now = performance.now();
	const known = latest.get(outer ?? NO_SIGNAL);
	if (known?.withinMs === withinMs && now < known.joinableUntil) return known.signal;
	const toleranceMs = Math.max(0, withinMs / 100);
	const timer = AbortSignal.timeout(timerMs(withinMs + toleranceMs));
	const signal = outer ? AbortSignal.any([timer, outer]) : timer;
	timers.set(signal, timer);
	latest.set(outer ?? NO_SIGNAL, { signal, withinMs, joinableUntil: now + toleranceMs });
	return signal;
}

/** Whole milliseconds, as timers need them. */
function timerMs(ms: number): number {
	return Math.min(LONGEST_TIMER_MS, Math.max(0, Math.ceil(ms)));
}
