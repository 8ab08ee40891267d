import { TRUTO_LIMIT } from './trutoLimit';

/** How many requests may start at once before sweeps have to keep the pace. */
const OPENING = 250;

/** The pace as a multiple of the limit, so that a sweep that fell behind can catch up. */
const PACE = 1.2;

/** How fast sweeps may go: all at once if nothing was sent for a window, then at a steady pace. */
export class SweepPace {
	/** When the pace allows the next request. */
	nextAt = 0;

	private isOpening = true;

	/** No request counts anymore: sweeps may start at once, unless a lower limit was learned. */
	restart(limit: number): void {
		this.isOpening = limit >= TRUTO_LIMIT.requests;
	}

	/** After a 429 sweeps don't start at once. */
	refused(): void {
		this.isOpening = false;
	}

	allows(now: number): boolean {
		return this.isOpening || now >= this.nextAt;
	}

	/**
	 * A request was sent, by a sweep or not.
	 *
	 * @param used how many requests count now, this one included
	 * @param limit how many may count
	 */
	sent(now: number, used: number, limit: number): void {
		if (used >= OPENING) this.isOpening = false;
		const paceMs = TRUTO_LIMIT.windowMs / (PACE * limit);
		if (!this.isOpening) this.nextAt = Math.max(this.nextAt, now) + paceMs;
	}
}
