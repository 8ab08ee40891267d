/** One request that waits for its place. */
interface Waiter {
	resolve: () => void;
	reject: (reason: unknown) => void;
}

/** The waiting requests of one execution, first come, first served. */
export class Lane {
	/** How many requests of this lane were let go and have no answer yet. */
	open = 0;

	/** The requests per window that the execution's settings allow. */
	limit = Number.POSITIVE_INFINITY;

	private queue: Waiter[] = [];

	/** One listener serves all waiters, as thousands may share a signal. */
	private signal?: AbortSignal;

	constructor(private readonly onCancelled: () => void) {}

	get isEmpty(): boolean {
		return this.queue.length === 0;
	}

	/**
	 * Waits for {@link startNext}.
	 *
	 * @param isRetry a retry goes first: its turn has come once already
	 */
	async wait(isRetry: boolean, signal?: AbortSignal): Promise<void> {
		if (signal && signal !== this.signal) {
			this.signal?.removeEventListener('abort', this.cancel);
			this.signal = signal;
			signal.addEventListener('abort', this.cancel, { once: true });
		}
		await new Promise<void>((resolve, reject) => {
			const waiter = { resolve, reject };
			if (isRetry) this.queue.unshift(waiter);
			else this.queue.push(waiter);
		});
	}

	/** Lets the first waiter go. */
	startNext(): void {
		this.open++;
		this.queue.shift()?.resolve();
	}

	/** To be called when the lane is given up: it leaves no listener behind. */
	close(): void {
		this.signal?.removeEventListener('abort', this.cancel);
		this.signal = undefined;
	}

	private readonly cancel = (): void => {
		const reason: unknown = this.signal?.reason;
		const cancelled = this.queue;
		this.queue = [];
		for (const waiter of cancelled) waiter.reject(reason);
		this.onCancelled();
	};
}
