import { TRUTO_LIMIT, TUNING } from './limits';

/** What is known about a 429. */
export interface Refusal {
	now: number;
	retryAfterMs: number;
	/** {@link Share.generation} when the request was sent. */
	generation: number;
	/** What the token allows in a window. */
	most: number;
	/** How many requests Truto accepted in the last window. */
	accepted: number;
}

/** What this process may have of a token that others use, too: requests in a window, and in flight. */
export class Share {
	/** The pause that Truto asked for ends then. */
	resumesAt = 0;

	/** Pass it to {@link refused}, which uses it to tell an echo of an earlier 429 from a new one. */
	generation = 0;

	/** In a window; infinite as long as nothing is known. */
	private found = Number.POSITIVE_INFINITY;

	private growsAt = 0;

	private mayBeInFlight = TUNING.FIRST_IN_FLIGHT;

	/** How many requests may be sent in a window, at most `most`. */
	at(now: number, most: number): number {
		const windows = Math.max(0, (now - this.growsAt) / TRUTO_LIMIT.windowMs);
		const limit = Math.floor(this.found * 2 ** windows);
		if (limit < most) return limit;
		this.found = Number.POSITIVE_INFINITY;
		return most;
	}

	/** How many requests sweeps may have in flight. */
	get inFlight(): number {
		return Math.floor(this.mayBeInFlight);
	}

	/** A request was answered, and not with a 429. */
	accepted(): void {
		const isKnown = Number.isFinite(this.found);
		const grown = this.mayBeInFlight + (isKnown ? 1 / this.mayBeInFlight : 1);
		this.mayBeInFlight = Math.min(TUNING.MOST_IN_FLIGHT, grown);
	}

	/** Truto sent a 429 response. Requests that were in flight when a pause began fail together and count once. */
	refused({ now, retryAfterMs, generation, most, accepted }: Refusal): void {
		const limit = this.at(now, most);
		this.resumesAt = Math.max(this.resumesAt, now + retryAfterMs);
		if (generation !== this.generation) return;
		this.generation++;
		this.mayBeInFlight = TUNING.IN_FLIGHT_AFTER_429;
		this.found = Math.max(1, Math.min(most / 2, Math.max(accepted, limit / 2)));
		this.growsAt = this.resumesAt + TUNING.KEPT_MS;
	}
}
