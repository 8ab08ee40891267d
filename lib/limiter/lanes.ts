import { TRUTO_LIMIT } from './trutoLimit';

/** Who asks for a place. */
export interface Applicant {
	/** Requests of one lane queue up, lanes take turns: an execution's id. */
	lane: string;
	/**
	 * The requests in a window that the settings allow this lane, {@link TRUTO_LIMIT} if left out. A lower
	 * one slows this lane alone. A higher one also raises what all lanes together may send.
	 */
	limit?: number;
	/** A retry goes before the other requests of its lane: its turn has come once already. */
	isRetry?: boolean;
	/** Ends the wait of this request, and of no other. */
	signal?: AbortSignal;
}

/** The requests of one execution: they queue up. */
export interface Lane {
	id: string;
	/** The requests in a window that the settings allow this lane. */
	limit: number;
	/** Its requests that are in flight, or were answered less than a window ago. */
	used: number;
	queue: Waiter[];
}

/** A request that waits for its place. */
export interface Waiter {
	lane: Lane;
	signal?: AbortSignal;
	resolve: () => void;
	reject: (reason: unknown) => void;
}

/** Lanes that wait or count. */
export class Lanes {
	private readonly byId = new Map<string, Lane>();

	get isEmpty(): boolean {
		return this.byId.size === 0;
	}

	/** What all lanes together may send in a window, before anything is learned. */
	get most(): number {
		let most = TRUTO_LIMIT.requests;
		for (const lane of this.byId.values()) most = Math.max(most, lane.limit);
		return most;
	}

	/** The lane of this id, a new one if need be, from now on with this limit. */
	withLimit(id: string, limit: number | undefined): Lane {
		const lane = this.byId.get(id) ?? { id, limit: 0, used: 0, queue: [] };
		this.byId.set(id, lane);
		lane.limit = laneLimit(limit);
		return lane;
	}

	/** Takes these out of their queues. */
	remove(waiters: Waiter[]): void {
		const removed = new Set(waiters);
		for (const lane of new Set(waiters.map((waiter) => waiter.lane))) {
			lane.queue = lane.queue.filter((waiter) => !removed.has(waiter));
			this.forgetIfUnused(lane);
		}
	}

	/** To be called whenever a lane may no longer wait or count. */
	forgetIfUnused(lane: Lane): void {
		if (lane.used === 0 && lane.queue.length === 0) this.byId.delete(lane.id);
	}
}

/** At least 1; what is no number is as if it were left out. */
function laneLimit(limit = TRUTO_LIMIT.requests): number {
	return Number.isFinite(limit) ? Math.max(1, Math.floor(limit)) : TRUTO_LIMIT.requests;
}
