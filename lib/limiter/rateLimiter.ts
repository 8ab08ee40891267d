import { CountedRequests } from './countedRequests';
import { Lanes, type Applicant, type Lane, type Waiter } from './lanes';
import { LearnedLimit, MOST_IN_FLIGHT } from './learnedLimit';
import { Alarm, type LimiterTime } from './limiterTime';
import { LONGEST_PAUSE_MS, PausedTooLong } from './pausedTooLong';
import { SignalWatch } from './signalWatch';
import { SweepPace } from './sweepPace';
import { TRUTO_LIMIT } from './trutoLimit';

/** A lane with this many requests in the window is a sweep. Sweeps leave as many places to others. */
const RESERVE = 16;

/** How many requests in flight sweeps leave to others. */
const RESERVE_IN_FLIGHT = 10;

/** A place in the limit. */
export interface Permit {
	/** Call this when the answer has arrived, or when none will come. */
	release(): void;
	/** Call this before {@link release} if Truto answered 429: all lanes pause this long. */
	limited(retryAfterMs: number): void;
}

/**
 * Keeps the requests that this process sends with one token within Truto's limit.
 *
 * A request may start if fewer requests than the limit count at the moment ({@link CountedRequests}). The
 * limit is Truto's, or lower if others use the same token ({@link LearnedLimit}).
 *
 * Lanes take turns. A lane that has used up {@link RESERVE} is a sweep: it leaves places to others and
 * keeps a steady pace ({@link SweepPace}), so that places become free all the time and a new lane never
 * waits long.
 */
export class RateLimiter {
	private readonly lanes = new Lanes();

	/** Waiting lanes, the next one first. */
	private readonly turns = new Set<Lane>();

	private readonly signals = new SignalWatch<Waiter>((signal, waiters) => {
		this.cancel(waiters, signal.reason);
	});

	private readonly counted = new CountedRequests();

	private readonly pace = new SweepPace();

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
		const lane = this.lanes.withLimit(id, limit);
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

	/** Whether nothing waits or counts and nothing was learned, so that the limiter can be dropped. */
	isIdle(): boolean {
		const now = this.time.now();
		this.dropFree(now);
		const { requests } = TRUTO_LIMIT;
		const isLearned = this.learned.at(now, requests) < requests;
		return this.lanes.isEmpty && now >= this.learned.resumesAt && !isLearned;
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
				this.counted.answer(lane, now, isAccepted);
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
		const { accepted } = this.counted;
		this.learned.refused({ now, retryAfterMs, generation, most: this.lanes.most, accepted });
		this.pace.refused();
		const tooLong = this.tooLongPause();
		if (tooLong)
			this.cancel(
				[...this.turns].flatMap(({ queue }) => queue),
				tooLong,
			);
	}

	/** Starts as many requests as there are places, in turns, and sets the alarm for the next place. */
	private pump(): void {
		const now = this.time.now();
		this.dropFree(now);
		const limit = this.learned.at(now, this.lanes.most);
		if (this.counted.used === 0) this.pace.restart(limit);
		let blocked = 0;
		for (const lane of this.turns) {
			// A lane that is put back at the end of the set comes up again in this loop.
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
		const { used, inFlight } = this.counted;
		const free = limit - used;
		const reserve = reserveOf(limit);
		if (lane.used < reserve) return free > 0 && inFlight < MOST_IN_FLIGHT + RESERVE_IN_FLIGHT;
		return this.pace.allows(now) && free > reserve && inFlight < this.learned.inFlight;
	}

	private start(waiter: Waiter, limit: number, now: number): void {
		const { lane } = waiter;
		lane.queue.shift();
		this.signals.unwatch(waiter.signal, waiter);
		this.counted.start(lane);
		this.pace.sent(now, this.counted.used, limit);
		waiter.resolve();
	}

	private dropFree(now: number): void {
		for (const lane of this.counted.dropFree(now)) this.lanes.forgetIfUnused(lane);
	}

	private tooLongPause(): PausedTooLong | undefined {
		const leftMs = this.learned.resumesAt - this.time.now();
		if (leftMs <= LONGEST_PAUSE_MS) return undefined;
		return new PausedTooLong(this.time.wallClock() + leftMs);
	}

	private cancel(waiters: Waiter[], reason: unknown): void {
		this.lanes.remove(waiters);
		for (const waiter of waiters) {
			this.signals.unwatch(waiter.signal, waiter);
			waiter.reject(reason);
		}
		this.pump();
	}

	/** When the next place opens; undefined if that depends on the answer to a request in flight. */
	private nextPlaceAt(now: number): number | undefined {
		if (now < this.learned.resumesAt) return this.learned.resumesAt;
		const coming = [this.counted.nextFreeAt ?? 0, this.pace.nextAt].filter((at) => at > now);
		return coming.length > 0 ? Math.min(...coming) : undefined;
	}
}

/** The same share of this limit as {@link RESERVE} is of Truto's. */
function reserveOf(limit: number): number {
	return Math.floor((RESERVE * limit) / TRUTO_LIMIT.requests);
}
