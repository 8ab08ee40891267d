import { setTimeout as wait } from 'node:timers/promises';

/** The simulator's only source of time: what it stamps, counts and waits by. */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves once `ms` of this clock's time have passed; rejects when the signal aborts. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Time as it is. */
export const realClock: Clock = {
	now: () => Date.now(),
	sleep: (ms, signal) => wait(ms, undefined, { signal }),
};

/**
 * Time that passes `factor` times faster than real time, starting now: a run of ten minutes takes one
 * with factor 10.
 */
export function scaledClock(factor: number): Clock {
	if (!(factor > 0)) throw new RangeError(`A clock's factor must be positive, not ${factor}`);
	const start = Date.now();
	return {
		now: () => Math.round(start + (Date.now() - start) * factor),
		sleep: (ms, signal) => wait(ms / factor, undefined, { signal }),
	};
}

interface Sleeper {
	due: number;
	wake(): void;
}

/** Where a ManualClock starts unless told otherwise. */
export const MANUAL_CLOCK_START = Date.parse('2026-01-15T12:00:00.000Z');

/** Time that passes only when a test says so. */
export class ManualClock implements Clock {
	private time: number;
	private sleepers: Sleeper[] = [];

	constructor(start: number = MANUAL_CLOCK_START) {
		this.time = start;
	}

	now(): number {
		return this.time;
	}

	/** How many sleeps are waiting: lets a test see that a wait has begun before it advances. */
	get sleeping(): number {
		return this.sleepers.length;
	}

	sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return Promise.reject(abortReason(signal));
		if (ms <= 0) return Promise.resolve();
		return new Promise((resolve, reject) => {
			const stop = () => {
				this.sleepers = this.sleepers.filter((other) => other !== sleeper);
				if (signal) reject(abortReason(signal));
			};
			const sleeper: Sleeper = {
				due: this.time + ms,
				wake: () => {
					signal?.removeEventListener('abort', stop);
					resolve();
				},
			};
			this.sleepers.push(sleeper);
			signal?.addEventListener('abort', stop, { once: true });
		});
	}

	/**
	 * Lets `ms` pass and wakes the sleeps that have become due, earliest first. `now()` is moved at once;
	 * await the result to also let the woken code run, including sleeps it starts that end in this span.
	 */
	async advance(ms: number): Promise<void> {
		const end = this.time + ms;
		for (;;) {
			const next = this.sleepers
				.filter(({ due }) => due <= end)
				.reduce<Sleeper | undefined>((a, b) => (a && a.due <= b.due ? a : b), undefined);
			if (!next) break;
			this.time = Math.max(this.time, next.due);
			this.sleepers = this.sleepers.filter((other) => other !== next);
			next.wake();
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.time = end;
	}
}

function abortReason(signal: AbortSignal): Error {
	const { reason } = signal as { reason: unknown };
	return reason instanceof Error ? reason : new Error('The sleep was aborted');
}
