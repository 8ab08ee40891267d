/** The time that the limiter uses. Tests replace it. */
export interface LimiterTime {
	/** Milliseconds of a clock that can't be set, from an arbitrary start. */
	now(): number;
	/** Milliseconds since 1970, like `Date.now`. */
	wallClock(): number;
	/** Resolves after `ms`, rejects as soon as the signal aborts. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** A timer that can be set to another time. */
export class Alarm {
	private pending?: { at: number; abort: AbortController };

	constructor(
		private readonly time: LimiterTime,
		private readonly ring: () => void,
	) {}

	/** Rings at this time of {@link LimiterTime.now} instead of the one set before; never if undefined. */
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
				// It may have been set again just as it rang.
				if (this.pending === pending) this.pending = undefined;
				this.ring();
			},
			// Aborted, because it was set again.
			() => undefined,
		);
	}
}
