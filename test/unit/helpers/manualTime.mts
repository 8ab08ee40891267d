import type { LimiterTime } from '../../../lib/limiter/limiterTime';

interface Sleeper {
	at: number;
	/** Of two that wake at once, the one that fell asleep first goes first. */
	order: number;
	wake: () => void;
}

/** Time that passes only when a test says so, in one go or up to a moment. */
export class ManualTime implements LimiterTime {
	/** How far the wall clock is ahead of {@link now}. */
	wallClockAhead = 1_800_000_000_000;

	private exact: number;

	private asleep = 0;

	/** Sleepers by the time they wake, soonest first (a binary heap). */
	private readonly heap: Sleeper[] = [];

	private slept = 0;

	constructor(start = 1_000_000) {
		this.exact = start;
	}

	/** The time since some start, which is not the wall clock's. */
	now(): number {
		return this.exact;
	}

	/** Tests may set it, as people set clocks. */
	wallClock(): number {
		return this.exact + this.wallClockAhead;
	}

	get exactly(): number {
		return this.exact;
	}

	/** How many wait for time to pass. */
	get pendingSleeps(): number {
		return this.asleep;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		signal?.throwIfAborted();
		this.asleep++;
		await new Promise<void>((resolve, reject) => {
			const sleeper = { at: this.exact + ms, order: this.slept++, wake: resolve };
			this.push(sleeper);
			const onAbort = () => {
				sleeper.wake = () => undefined;
				reject(signal?.reason as Error);
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			sleeper.wake = () => {
				signal?.removeEventListener('abort', onAbort);
				resolve();
			};
		}).finally(() => this.asleep--);
	}

	/** Lets time pass, and all happen that happens in it. */
	async advance(ms: number): Promise<void> {
		await this.advanceTo(this.exact + ms);
	}

	async advanceTo(moment: number): Promise<void> {
		await settle();
		for (let next = this.heap[0]; next && next.at <= moment; next = this.heap[0]) {
			this.exact = next.at;
			while (this.heap[0] && this.heap[0].at <= this.exact) this.pop()?.wake();
			await settle();
		}
		this.exact = Math.max(this.exact, moment);
	}

	/** Lets time pass until something is done. */
	async until<T>(promise: Promise<T>): Promise<T> {
		let isDone = false;
		const done = promise.finally(() => (isDone = true));
		done.catch(() => undefined);
		await settle();
		while (!isDone) {
			const next = this.heap[0];
			if (!next) throw new Error('Nothing will happen any more, and it is not done');
			await this.advanceTo(next.at);
		}
		return await done;
	}

	private push(sleeper: Sleeper): void {
		const { heap } = this;
		let i = heap.push(sleeper) - 1;
		while (i > 0) {
			const parent = (i - 1) >> 1;
			if (!isSooner(sleeper, heap[parent])) break;
			[heap[i], heap[parent]] = [heap[parent] as Sleeper, sleeper];
			i = parent;
		}
	}

	private pop(): Sleeper | undefined {
		const { heap } = this;
		const first = heap[0];
		const last = heap.pop();
		if (!last || heap.length === 0) return first;
		heap[0] = last;
		for (let i = 0; ; ) {
			const [left, right] = [2 * i + 1, 2 * i + 2];
			const least = isSooner(heap[right], heap[left]) ? right : left;
			if (!isSooner(heap[least], last)) return first;
			[heap[i], heap[least]] = [heap[least] as Sleeper, last];
			i = least;
		}
	}
}

function isSooner(a: Sleeper | undefined, b: Sleeper | undefined): boolean {
	if (!a || !b) return a !== undefined;
	return a.at === b.at ? a.order < b.order : a.at < b.at;
}

/** Lets all promises settle that can settle without time passing. */
export async function settle(): Promise<void> {
	await new Promise<void>((resolve) => setImmediate(resolve));
}
