/** Time and chance as the limiter needs them; tests bring their own. */
export interface LimiterTime {
	/** Milliseconds of a clock that nobody sets, from any start. */
	now(): number;
	/** Milliseconds, as `Date.now` counts. */
	wallClock(): number;
	/** Resolves after `ms`, rejects as soon as the signal aborts. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
	/** 0 up to 1. */
	random(): number;
}

/** One timer at the most, and none while it is not set. */
export class Alarm {
	private pending?: { at: number; abort: AbortController };

	constructor(
		private readonly time: LimiterTime,
		private readonly ring: () => void,
	) {}

	/** Rings at this time, as {@link LimiterTime.now} counts, instead of the one set before; never if undefined. */
	set(at: number | undefined): void {
		if (at === this.pending?.at) return;
		this.pending?.abort.abort();
		this.pending = undefined;
		if (at === undefined) return;
		const pending = { at, abort: new AbortController() };
		this.pending = pending;
		const ms = Math.max(1, at - this.time.now());
		void this.time.sleep(ms, pending.abort.signal).then(
			() => {
				// It may have been set anew in the moment in which it rang.
				if (this.pending === pending) this.pending = undefined;
				this.ring();
			},
			// Aborted: it was set anew.
			() => undefined,
		);
	}
}
