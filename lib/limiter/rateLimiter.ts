import { Lane } from './lane';
import { LearnedLimit } from './learnedLimit';
import { SlidingWindow } from './slidingWindow';

/** Truto's limit for one API token (*Rate limit* in its API docs). */
export const TRUTO_LIMIT = { requests: 500, windowMs: 10_000 };

/**
 * Requests open at once. Where Truto took 1,000 ms to answer, a sweep made 379 requests in 10 s with 50, 426
 * with 60 and 428 with 100 (`npm run bench -- slowAnswers`); more of them only meet a 429 together.
 */
const MAX_IN_FLIGHT = 60;

/** A sweep leaves room for so many requests of others, spread over the window. */
const RESERVE = 20;

/** Places of the window, and of those in flight, that it leaves to others who come at once. */
const RESERVE_AT_ONCE = 10;

/** Time as the limiter needs it; tests bring their own. */
export interface LimiterTime {
	/** Milliseconds. */
	now(): number;
	/** Resolves after `ms`, rejects as soon as the signal aborts. */
	sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** Who asks for a place. */
export interface Applicant {
	/** Requests of one lane queue up, lanes take turns: an execution's id. */
	lane: string;
	/** The requests in a window that its settings allow; the lowest of all lanes counts. */
	limit: number;
	isRetry?: boolean;
	/** Aborts the wait. */
	signal?: AbortSignal;
}

/** A place in the limit. */
export interface Permit {
	/** To be called when the answer is there, or none will come. */
	release(): void;
	/** Truto answered 429: everybody pauses this long, and the rate falls. */
	limited(retryAfterMs: number): void;
}

/**
 * Keeps all requests of this process with one token within Truto's limit.
 *
 * Executions take turns. One that has `RESERVE` places of the window is a sweep, be it all at once or
 * one after the other: it gets only those places that others won't need even if one of them comes every
 * {@link TRUTO_LIMIT}.windowMs / RESERVE, half a second, or `RESERVE_AT_ONCE` together.
 */
export class RateLimiter {
	private readonly lanes = new Map<string, Lane>();

	private readonly window = new SlidingWindow(TRUTO_LIMIT.windowMs);

	private readonly learned = new LearnedLimit(TRUTO_LIMIT.windowMs);

	private alarm?: { at: number; abort: AbortController };

	constructor(private readonly time: LimiterTime) {}

	/**
	 * Waits for a place.
	 *
	 * @throws the signal's reason as soon as it aborts
	 */
	async acquire({ lane: id, limit, isRetry = false, signal }: Applicant): Promise<Permit> {
		signal?.throwIfAborted();
		const lane = this.lanes.get(id) ?? new Lane(() => this.pump());
		this.lanes.set(id, lane);
		// This way round, a limit that is no number is the lowest, not none.
		lane.limit = limit >= 1 ? limit : 1;
		const turn = lane.wait(isRetry, signal);
		this.pump();
		await turn;
		return this.permit(id, lane);
	}

	/** Nothing waits, is open or counts: the limiter holds nothing worth keeping. */
	isIdle(): boolean {
		const now = this.time.now();
		return this.lanes.size === 0 && this.window.used(now) === 0 && now >= this.learned.resumesAt;
	}

	private permit(id: string, lane: Lane): Permit {
		const { generation } = this.learned;
		let isOpen = true;
		return {
			release: () => {
				if (!isOpen) return;
				isOpen = false;
				lane.open--;
				this.window.end(this.time.now(), id);
				this.pump();
			},
			limited: (retryAfterMs) => {
				this.learned.limited(this.time.now(), retryAfterMs, generation, this.allowed());
			},
		};
	}

	/** Lets go as many as there are places, in turns, and sets the alarm for the next place. */
	private pump(): void {
		const now = this.time.now();
		let blocked = 0;
		while (blocked < this.lanes.size) {
			const first = this.lanes.entries().next();
			if (first.done) break;
			const [id, lane] = first.value;
			this.lanes.delete(id);
			if (lane.isEmpty && lane.open === 0) {
				lane.close();
				continue;
			}
			this.lanes.set(id, lane);
			if (!lane.isEmpty && this.mayStart(id, now)) {
				blocked = 0;
				this.window.start(id);
				lane.startNext();
			} else {
				blocked++;
			}
		}
		this.setAlarm(now);
	}

	private mayStart(lane: string, now: number): boolean {
		if (now < this.learned.resumesAt) return false;
		const limit = this.learned.at(now, this.allowed());
		const free = limit - this.window.used(now);
		const { inFlight } = this.window;
		const isSweep = this.window.usedBy(lane) >= share(limit, RESERVE);
		if (!isSweep) return free > 0 && inFlight < MAX_IN_FLIGHT;
		return inFlight < MAX_IN_FLIGHT - RESERVE_AT_ONCE && this.roomForSweepAt(now, limit) <= now;
	}

	private roomForSweepAt(now: number, limit: number): number {
		const spare = limit - this.window.used(now) - share(limit, RESERVE_AT_ONCE);
		return this.window.roomAt(now, spare, TRUTO_LIMIT.windowMs / share(limit, RESERVE));
	}

	/** What the settings of those who ask allow. */
	private allowed(): number {
		let allowed = Number.POSITIVE_INFINITY;
		for (const lane of this.lanes.values()) allowed = Math.min(allowed, lane.limit);
		return Number.isFinite(allowed) ? allowed : TRUTO_LIMIT.requests;
	}

	/** One timer at the most, and none while nobody waits. */
	private setAlarm(now: number): void {
		const isWaiting = [...this.lanes.values()].some((lane) => !lane.isEmpty);
		const at = isWaiting ? this.nextPlaceAt(now) : undefined;
		if (at === this.alarm?.at) return;
		this.alarm?.abort.abort();
		this.alarm = undefined;
		if (at === undefined) return;
		const alarm = { at, abort: new AbortController() };
		this.alarm = alarm;
		void this.time.sleep(Math.max(1, at - now), alarm.abort.signal).then(
			() => {
				// Another one may have taken its place in the moment in which this one rang.
				if (this.alarm === alarm) this.alarm = undefined;
				this.pump();
			},
			// Aborted: another alarm took its place, or nobody waits any more.
			() => undefined,
		);
	}

	/** When time alone opens a place; undefined where it takes the answer of an open request. */
	private nextPlaceAt(now: number): number | undefined {
		if (now < this.learned.resumesAt) return this.learned.resumesAt;
		const roomAt = this.roomForSweepAt(now, this.learned.at(now, this.allowed()));
		const coming = [roomAt, this.window.nextFreeAt() ?? 0].filter((at) => at > now);
		return coming.length > 0 ? Math.min(...coming) : undefined;
	}
}

/** What a reserve is of a lower limit. */
function share(limit: number, reserve: number): number {
	return Math.floor((reserve * limit) / TRUTO_LIMIT.requests);
}
