import { TRUTO_LIMIT } from './limits';

/** Who asks for a place. */
export interface Applicant {
	/** The execution's id. Requests of one lane queue up, and lanes take turns. */
	lane: string;
	/**
	 * How many requests in a window the settings allow this lane; default: {@link TRUTO_LIMIT}. A lower
	 * limit only slows down this lane. A higher one also raises what all lanes together may send.
	 */
	limit?: number;
	/**
	 * It goes ahead of the other requests of its lane: a retry, which has already had its turn, or a request
	 * that follows another one.
	 */
	goesFirst?: boolean;
	/** Ends the wait of this request only. */
	signal?: AbortSignal;
}

/** The requests of one execution. */
export interface Lane {
	id: string;
	/** How many requests in a window the settings allow this lane. */
	limit: number;
	/** How many of its requests are in flight or were answered less than a window ago. */
	used: number;
	queue: Waiter[];
}

/** A request that waits for a place. */
export interface Waiter {
	lane: Lane;
	signal?: AbortSignal;
	resolve: () => void;
	reject: (reason: unknown) => void;
}

/** The lanes that have requests waiting or counting. */
export class Lanes {
	private readonly byId = new Map<string, Lane>();

	get isEmpty(): boolean {
		return this.byId.size === 0;
	}

	/** How many requests in a window all lanes together may send, before anything is learned. */
	get most(): number {
		let most = TRUTO_LIMIT.requests;
		for (const lane of this.byId.values()) most = Math.max(most, lane.limit);
		return most;
	}

	/** The lane with this id, created if necessary, with this limit from now on. */
	withLimit(id: string, limit: number | undefined): Lane {
		const lane = this.byId.get(id) ?? { id, limit: 0, used: 0, queue: [] };
		this.byId.set(id, lane);
		lane.limit = laneLimit(limit);
		return lane;
	}

	/** Removes these from their queues. */
	remove(waiters: Waiter[]): void {
		const removed = new Set(waiters);
		for (const lane of new Set(waiters.map((waiter) => waiter.lane))) {
			lane.queue = lane.queue.filter((waiter) => !removed.has(waiter));
			this.forgetIfUnused(lane);
		}
	}

	/** Call this when a lane may have no requests left. */
	forgetIfUnused(lane: Lane): void {
		if (lane.used === 0 && lane.queue.length === 0) this.byId.delete(lane.id);
	}
}

/** At least 1; anything but a finite number gives the default. */
function laneLimit(limit = TRUTO_LIMIT.requests): number {
	return Number.isFinite(limit) ? Math.max(1, Math.floor(limit)) : TRUTO_LIMIT.requests;
}
