import { LearnedLimit, MOST_IN_FLIGHT } from './learnedLimit';
import { Alarm, type LimiterTime } from './limiterTime';
import { LONGEST_PAUSE_MS, PausedTooLong } from './pausedTooLong';
import { SignalWatch } from './signalWatch';

/** Truto's limit for one API token (*Rate limit* in its API docs). */
export const TRUTO_LIMIT = { requests: 500, windowMs: 10_000 };

/** A lane that has used so much of the window is a sweep, and leaves as much of it to others. */
const RESERVE = 16;

/** Requests in flight that a sweep leaves to others. */
const RESERVE_IN_FLIGHT = 10;

/** A sweep starts with so many requests at once, then goes at its pace. */
const OPENING = 250;

/** The pace, as a multiple of the limit: a sweep that fell behind can catch up. */
const PACE = 1.2;

/** In one window a clock may differ from Truto's by this much (100 ppm). */
const CLOCK_DRIFT_MS = 1;

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

/** A place in the limit. */
export interface Permit {
	/** To be called when the answer is there, or none will come. */
	release(): void;
	/** Truto answered 429: everybody pauses this long. To be called before {@link release}. */
	limited(retryAfterMs: number): void;
}

interface Lane {
	id: string;
	limit: number;
	/** Its requests that are in flight, or were answered less than a window ago. */
	used: number;
	queue: Waiter[];
}

interface Waiter {
	lane: Lane;
	signal?: AbortSignal;
	resolve: () => void;
	reject: (reason: unknown) => void;
}

/** A request that was answered: it counts until its place is free again. */
interface AnsweredRequest {
	lane: Lane;
	freeAt: number;
	isAccepted: boolean;
}

/**
 * Keeps all requests of this process with one token within Truto's limit.
 *
 * A request counts from its start until one window after its answer. Truto counts it somewhere between
 * start and answer, and so never sees more than the limit in any window.
 *
 * Lanes take turns. A sweep, which is any lane that has used up {@link RESERVE}, leaves places to others
 * and keeps a steady pace, so that places become free all the time: a newcomer needs no luck.
 */
export class RateLimiter {
	/** Lanes that wait or count. */
	private readonly lanes = new Map<string, Lane>();

	/** Lanes that wait, the next one first. */
	private readonly turns = new Set<Lane>();

	private readonly signals = new SignalWatch<Waiter>((signal, waiters) => {
		this.cancel(waiters, signal.reason);
	});

	/** Oldest first. */
	private readonly answered: AnsweredRequest[] = [];

	private inFlight = 0;

	/** Whether sweeps may still go faster than their pace. */
	private isOpening = true;

	/** When the pace allows a sweep's next request. */
	private paceAt = 0;

	private readonly learned: LearnedLimit;

	private readonly alarm: Alarm;

	constructor(private readonly time: LimiterTime) {
		this.learned = new LearnedLimit(TRUTO_LIMIT.windowMs, () => time.random());
		this.alarm = new Alarm(time, () => this.pump());
	}

	/**
	 * Waits for a place.
	 *
	 * @throws the signal's reason as soon as it aborts
	 * @throws {PausedTooLong} during a pause that is too long to wait for
	 */
	async acquire({ lane: id, limit, isRetry = false, signal }: Applicant): Promise<Permit> {
		signal?.throwIfAborted();
		const tooLong = this.tooLongPause();
		if (tooLong) throw tooLong;
		const lane = this.lanes.get(id) ?? { id, limit: 0, used: 0, queue: [] };
		this.lanes.set(id, lane);
		lane.limit = laneLimit(limit);
		await new Promise<void>((resolve, reject) => {
			const waiter = { lane, signal, resolve, reject };
			if (isRetry) lane.queue.unshift(waiter);
			else lane.queue.push(waiter);
			this.signals.watch(signal, waiter);
			this.turns.add(lane);
			this.pump();
		});
		return this.permit(lane);
	}

	/** Nothing waits, counts or was learned: the limiter holds nothing worth keeping. */
	isIdle(): boolean {
		const now = this.time.now();
		this.dropFree(now);
		const { requests } = TRUTO_LIMIT;
		const isLearned = this.learned.at(now, requests) < requests;
		return this.lanes.size === 0 && now >= this.learned.resumesAt && !isLearned;
	}

	private permit(lane: Lane): Permit {
		const { generation } = this.learned;
		const startedAt = this.time.now();
		let isOpen = true;
		let isAccepted = true;
		return {
			release: () => {
				if (!isOpen) return;
				isOpen = false;
				const now = this.time.now();
				if (isAccepted) this.learned.answered(now - startedAt);
				this.inFlight--;
				const freeAt = now + TRUTO_LIMIT.windowMs + CLOCK_DRIFT_MS;
				this.answered.push({ lane, freeAt, isAccepted });
				this.pump();
			},
			limited: (retryAfterMs) => {
				isAccepted = false;
				this.pause(retryAfterMs, generation);
			},
		};
	}

	private pause(retryAfterMs: number, generation: number): void {
		const now = this.time.now();
		this.dropFree(now);
		const accepted = this.answered.filter((request) => request.isAccepted).length;
		this.learned.refused({ now, retryAfterMs, generation, most: this.most(), accepted });
		this.isOpening = false;
		const tooLong = this.tooLongPause();
		if (tooLong)
			this.cancel(
				[...this.turns].flatMap(({ queue }) => queue),
				tooLong,
			);
	}

	/** Lets go as many as there are places, in turns, and sets the alarm for the next place. */
	private pump(): void {
		const now = this.time.now();
		this.dropFree(now);
		const limit = this.learned.at(now, this.most());
		if (this.used() === 0) this.isOpening = limit >= TRUTO_LIMIT.requests;
		let blocked = 0;
		for (const lane of this.turns) {
			// A lane that goes to the end of the set comes up again in this loop.
			if (blocked === this.turns.size) break;
			this.turns.delete(lane);
			const waiter = lane.queue[0];
			if (!waiter) continue;
			if (this.mayStart(lane, limit, now)) {
				blocked = 0;
				this.start(waiter, limit, now);
			} else {
				blocked++;
			}
			if (lane.queue.length > 0) this.turns.add(lane);
		}
		this.alarm.set(this.turns.size > 0 ? this.nextPlaceAt(now) : undefined);
	}

	private mayStart(lane: Lane, limit: number, now: number): boolean {
		if (now < this.learned.resumesAt || lane.used >= lane.limit) return false;
		const free = limit - this.used();
		const reserve = reserveOf(limit);
		if (lane.used < reserve) return free > 0 && this.inFlight < MOST_IN_FLIGHT + RESERVE_IN_FLIGHT;
		if (!this.isOpening && now < this.paceAt) return false;
		return free > reserve && this.inFlight < this.learned.inFlight;
	}

	private start(waiter: Waiter, limit: number, now: number): void {
		const { lane } = waiter;
		lane.queue.shift();
		this.signals.unwatch(waiter.signal, waiter);
		lane.used++;
		this.inFlight++;
		if (this.used() >= OPENING) this.isOpening = false;
		const paceMs = TRUTO_LIMIT.windowMs / (PACE * limit);
		if (!this.isOpening) this.paceAt = Math.max(this.paceAt, now) + paceMs;
		waiter.resolve();
	}

	private used(): number {
		return this.inFlight + this.answered.length;
	}

	/** What all lanes together may send in a window, before anything is learned. */
	private most(): number {
		let most = TRUTO_LIMIT.requests;
		for (const lane of this.lanes.values()) most = Math.max(most, lane.limit);
		return most;
	}

	private dropFree(now: number): void {
		for (let first = this.answered[0]; first && first.freeAt <= now; first = this.answered[0]) {
			this.answered.shift();
			first.lane.used--;
			this.forgetIfUnused(first.lane);
		}
	}

	private forgetIfUnused(lane: Lane): void {
		if (lane.used === 0 && lane.queue.length === 0) this.lanes.delete(lane.id);
	}

	private tooLongPause(): PausedTooLong | undefined {
		const leftMs = this.learned.resumesAt - this.time.now();
		if (leftMs <= LONGEST_PAUSE_MS) return undefined;
		return new PausedTooLong(this.time.wallClock() + leftMs);
	}

	private cancel(waiters: Waiter[], reason: unknown): void {
		const cancelled = new Set(waiters);
		for (const lane of new Set(waiters.map((waiter) => waiter.lane))) {
			lane.queue = lane.queue.filter((waiter) => !cancelled.has(waiter));
			this.forgetIfUnused(lane);
		}
		for (const waiter of cancelled) {
			this.signals.unwatch(waiter.signal, waiter);
			waiter.reject(reason);
		}
		this.pump();
	}

	/** When time alone opens a place; undefined where it takes the answer of a request in flight. */
	private nextPlaceAt(now: number): number | undefined {
		if (now < this.learned.resumesAt) return this.learned.resumesAt;
		const coming = [this.answered[0]?.freeAt ?? 0, this.paceAt].filter((at) => at > now);
		return coming.length > 0 ? Math.min(...coming) : undefined;
	}
}

/** At least 1; what is no number is as if it were left out. */
function laneLimit(limit = TRUTO_LIMIT.requests): number {
	return Number.isFinite(limit) ? Math.max(1, Math.floor(limit)) : TRUTO_LIMIT.requests;
}

/** What the reserve is of this limit. */
function reserveOf(limit: number): number {
	return Math.floor((RESERVE * limit) / TRUTO_LIMIT.requests);
}
