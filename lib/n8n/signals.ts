/** Tells whether the execution is cancelled. */
export interface Cancellable {
	getExecutionCancelSignal(): AbortSignal | undefined;
}

/** Ends the work that needs one token. */
export interface TokenStop {
	signal: AbortSignal;
	giveUp(error: unknown): void;
}

/** What ends the work of the items of one run of a node. */
export class Signals {
	private stop = new AbortController();

	private signal?: AbortSignal;

	private readonly tokens = new Map<object, TokenStop>();

	/** Ends the other items' work, because it isn't needed any more. They fail with the error. */
	giveUp(error: unknown): void {
		this.stop.abort(error);
	}

	/** The same for the items that use one token: those with another may still succeed. */
	forToken(token: object, execution: Cancellable): TokenStop {
		const known = this.tokens.get(token);
		if (known) return known;
		const stop = new AbortController();
		const forToken: TokenStop = {
			signal: AbortSignal.any([this.signalWith(execution), stop.signal]),
			giveUp: (error) => stop.abort(error),
		};
		this.tokens.set(token, forToken);
		return forToken;
	}

	/** Aborts when the execution is cancelled, and on {@link giveUp}. */
	signalWith(execution: Cancellable): AbortSignal {
		const cancelled = execution.getExecutionCancelSignal();
		this.signal ??= AbortSignal.any([...(cancelled ? [cancelled] : []), this.stop.signal]);
		return this.signal;
	}

	/** For a repetition of the run, which starts afresh. */
	reset(): void {
		this.stop = new AbortController();
		this.signal = undefined;
		this.tokens.clear();
	}
}
