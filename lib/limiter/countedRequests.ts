import type { Lane } from './lanes';
import { TRUTO_LIMIT } from './trutoLimit';

/** How far a clock may drift from Truto's in one window (100 ppm). */
const CLOCK_DRIFT_MS = 1;

interface AnsweredRequest {
	lane: Lane;
	/** It counts until then. */
	freeAt: number;
	isAccepted: boolean;
}

/**
 * The requests that count against the limit: those in flight, and those answered less than a window ago.
 *
 * Truto counts a request at some time between its start and its answer. Here it counts from its start until
 * one window after its answer, so Truto never sees more requests in a window than are counted here.
 */
export class CountedRequests {
	/** Sent, and not answered yet. */
	inFlight = 0;

	/** Oldest first. */
	private readonly answered: AnsweredRequest[] = [];

	/** How many count. */
	get used(): number {
		return this.inFlight + this.answered.length;
	}

	/** How many of the answered requests Truto accepted. */
	get accepted(): number {
		return this.answered.filter(({ isAccepted }) => isAccepted).length;
	}

	/** When the next request stops counting; undefined if none has been answered. */
	get nextFreeAt(): number | undefined {
		return this.answered[0]?.freeAt;
	}

	start(lane: Lane): void {
		lane.used++;
		this.inFlight++;
	}

	/** @param isAccepted false after a 429 */
	answer(lane: Lane, now: number, isAccepted: boolean): void {
		this.inFlight--;
		const freeAt = now + TRUTO_LIMIT.windowMs + CLOCK_DRIFT_MS;
		this.answered.push({ lane, freeAt, isAccepted });
	}

	/** Drops those that no longer count, and returns their lanes. */
	dropFree(now: number): Set<Lane> {
		const lanes = new Set<Lane>();
		for (let first = this.answered[0]; first && first.freeAt <= now; first = this.answered[0]) {
			this.answered.shift();
			first.lane.used--;
			lanes.add(first.lane);
		}
		return lanes;
	}
}
