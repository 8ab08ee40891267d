import { Lanes, type Applicant, type Lane, type Waiter } from './lanes';
import { Alarm, type LimiterTime } from './limiterTime';
import { TRUTO_LIMIT, TUNING } from './limits';
import { LONGEST_PAUSE_MS, PausedTooLong } from './pausedTooLong';
import { Places } from './places';
import { Share } from './share';
import { SignalWatch } from './signalWatch';

/** A place in the limit. */
export interface Permit {
	/** Call this when the answer has arrived, or when none will come. */
	release(): void;
	/** Call this before {@link release} after a 429 response: all lanes pause this long. */
	limited(retryAfterMs: number): void;
}

/**
 * Keeps the requests that this process sends with one token within Truto's limit of 500 in 10 s.
 *
 * **Places.** The window has 500 places. A request takes one when it starts, and gives it back 10 s after its
 * answer ({@link Places}). A request may start if a place is free.
 *
 * **Lanes take turns.** The requests of an execution are a lane. A lane that has taken more than 16 places is
 * a sweep. Sweeps leave the last 16 places to others, so that a single *Get* starts at once.
 *
 * **Slow start.** A sweep starts with 64 requests in flight, and one more with each good answer, up to 128:
 * 484 requests are out within a second at 150 ms. Then it waits 10 s for its places. They come back one by
 * one, in 8 s: from then on there is always one soon, also for others.
 *
 * **A 429** means that others use the token: other workers of n8n, or other programs. They don't know of each
 * other. All lanes pause as long as Truto asks for, which is 10 s. Then this process has a share of the
 * window ({@link Share}): half of what it had, or what Truto accepted in the last 10 s if that is more, but
 * never more than half of all. So two processes have 250 each after one 429, and four have 125 each after
 * two. After a 429, requests in flight start with 16 and grow by one for each round trip.
 *
 * **Forgetting.** A share is kept for 90 s. Then it doubles every 10 s, until there is a 429 again, or
 * until it is the whole window and forgotten.
 *
 * Everything that was tuned is in {@link TUNING}. If Truto changes its limit, change {@link TRUTO_LIMIT}.
 */
export class RateLimiter {
	private readonly lanes = new Lanes();

	/** Waiting lanes, the next one first. */
	private readonly turns = new Set<Lane>();

	private readonly signals = new SignalWatch<Waiter>((signal, waiters) => {
		this.cancel(waiters, signal.reason);
	});

	private readonly places = new Places();

	private readonly share = new Share();

	private readonly alarm: Alarm;

	constructor(private readonly time: LimiterTime) {
		this.alarm = new Alarm(time, () => this.pump());
	}

	/**
	 * Waits for a place.
	 *
	 * @throws the signal's reason as soon as it aborts
	 * @throws {PausedTooLong} during a pause that is too long to wait for
	 */
	async acquire({ lane: id, limit, goesFirst = false, signal }: Applicant): Promise<Permit> {
		signal?.throwIfAborted();
		const tooLong = this.tooLongPause();
		if (tooLong) throw tooLong;
		const lane = this.lanes.withLimit(id, limit);
		await new Promise<void>((resolve, reject) => {
			const waiter = { lane, signal, resolve, reject };
			if (goesFirst) lane.queue.unshift(waiter);
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
		const isLearned = this.share.at(now, requests) < requests;
		return this.lanes.isEmpty && now >= this.share.resumesAt && !isLearned;
	}

	private permit(lane: Lane): Permit {
		const { generation } = this.share;
		let isOpen = true;
		let isAccepted = true;
		return {
			release: () => {
				if (!isOpen) return;
				isOpen = false;
				const now = this.time.now();
				if (isAccepted) this.share.accepted();
				this.places.answer(lane, now, this.limit(now), isAccepted);
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
		const accepted = this.places.accepted(now);
		this.share.refused({ now, retryAfterMs, generation, most: this.lanes.most, accepted });
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
		const limit = this.limit(now);
		let blocked = 0;
		for (const lane of this.turns) {
			// A lane that is put back at the end of the set comes up again in this loop.
			if (blocked === this.turns.size) break;
			this.turns.delete(lane);
			const waiter = lane.queue[0];
			if (!waiter) continue;
			if (this.mayStart(lane, limit, now)) {
				blocked = 0;
				this.start(waiter);
			} else {
				blocked++;
			}
			if (lane.queue.length > 0) this.turns.add(lane);
		}
		this.alarm.set(this.turns.size > 0 ? this.nextPlaceAt(now) : undefined);
	}

	private mayStart(lane: Lane, limit: number, now: number): boolean {
		if (now < this.share.resumesAt || lane.used >= lane.limit) return false;
		const { used, inFlight } = this.places;
		const free = limit - used;
		const reserve = reserveOf(limit);
		if (lane.used < reserve) return free > 0 && inFlight < TUNING.MOST_IN_FLIGHT + TUNING.RESERVE;
		return free > reserve && inFlight < this.share.inFlight;
	}

	private start(waiter: Waiter): void {
		const { lane } = waiter;
		lane.queue.shift();
		this.signals.unwatch(waiter.signal, waiter);
		this.places.take(lane);
		waiter.resolve();
	}

	/** How many requests may be sent in a window. */
	private limit(now: number): number {
		return this.share.at(now, this.lanes.most);
	}

	private dropFree(now: number): void {
		for (const lane of this.places.dropFree(now)) this.lanes.forgetIfUnused(lane);
	}

	private tooLongPause(): PausedTooLong | undefined {
		const leftMs = this.share.resumesAt - this.time.now();
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
		if (now < this.share.resumesAt) return this.share.resumesAt;
		return this.places.nextFreeAt;
	}
}

/** The same share of this limit as {@link TUNING.RESERVE} is of Truto's. */
function reserveOf(limit: number): number {
	return Math.floor((TUNING.RESERVE * limit) / TRUTO_LIMIT.requests);
}
