import type { Lane } from './lanes';
import { TRUTO_LIMIT, TUNING } from './limits';

interface UsedPlace {
	lane: Lane;
	answeredAt: number;
	/** It counts until then. */
	freeAt: number;
	isAccepted: boolean;
}

/**
 * The places of the window that are taken: by requests in flight, and by those answered less than a window
 * ago.
 *
 * Truto counts a request at some time between its start and its answer. Here it counts from its start until
 * one window after its answer, so Truto never sees more requests in a window than are counted here.
 */
export class Places {
	/** Sent, and not answered yet. */
	inFlight = 0;

	/** In the order in which they become free. */
	private readonly answered: UsedPlace[] = [];

	/** How many are taken. */
	get used(): number {
		return this.inFlight + this.answered.length;
	}

	/** When the next one becomes free; undefined if no request has been answered. */
	get nextFreeAt(): number | undefined {
		return this.answered[0]?.freeAt;
	}

	/** How many requests of the last window Truto accepted. */
	accepted(now: number): number {
		const since = now - TRUTO_LIMIT.windowMs;
		return this.answered.filter((one) => one.isAccepted && one.answeredAt > since).length;
	}

	take(lane: Lane): void {
		lane.used++;
		this.inFlight++;
	}

	/**
	 * A request was answered. Its place becomes free after a window. Places that were taken all at once become
	 * free one after the other, so that there is always one soon.
	 *
	 * @param limit how many requests may be sent in a window
	 * @param isAccepted false after a 429
	 */
	answer(lane: Lane, now: number, limit: number, isAccepted: boolean): void {
		this.inFlight--;
		const { windowMs } = TRUTO_LIMIT;
		const lastFreeAt = this.answered.at(-1)?.freeAt ?? 0;
		const freeAt = Math.max(now + windowMs, lastFreeAt + windowMs / (TUNING.PACE * limit));
		this.answered.push({ lane, answeredAt: now, freeAt, isAccepted });
	}

	/** Drops those that are free, and returns their lanes. */
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
