/** Tells waiters that their signal aborted, with one listener per signal: thousands may wait with the same one. */
export class SignalWatch<T> {
	private readonly waiting = new Map<EventTarget, Set<T>>();

	/** @param onAbort gets all waiters of the signal that aborted */
	constructor(private readonly onAbort: (signal: AbortSignal, waiters: T[]) => void) {}

	/** Without a signal there is nothing to watch. */
	watch(signal: AbortSignal | undefined, waiter: T): void {
		if (!signal) return;
		const waiters = this.waiting.get(signal) ?? new Set();
		// Only the first call adds the listener.
		signal.addEventListener('abort', this.listener);
		this.waiting.set(signal, waiters.add(waiter));
	}

	/** Call this for each waiter whose wait is over, so that no listener is left behind. */
	unwatch(signal: AbortSignal | undefined, waiter: T): void {
		if (!signal) return;
		const waiters = this.waiting.get(signal);
		if (!waiters?.delete(waiter) || waiters.size > 0) return;
		this.waiting.delete(signal);
		signal.removeEventListener('abort', this.listener);
	}

	private readonly listener = ({ target }: Event): void => {
		const signal = target as AbortSignal;
		this.onAbort(signal, [...(this.waiting.get(signal) ?? [])]);
	};
}
