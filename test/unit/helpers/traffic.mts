import type { Applicant } from '../../../lib/limiter/lanes';
import type { RateLimiter } from '../../../lib/limiter/rateLimiter';
import type { ManualTime } from './manualTime.mts';

/** One request that went through the limiter. */
export interface Sent {
	lane: string;
	askedAt: number;
	startedAt: number;
	/** When the answer came; infinite while there is none. */
	answeredAt: number;
}

export const WINDOW_MS = 10_000;

/** Sends requests through a limiter, and remembers when each one went. */
export class Traffic {
	readonly sent: Sent[] = [];

	inFlight = 0;

	mostInFlight = 0;

	constructor(
		private readonly time: ManualTime,
		private readonly limiter: RateLimiter,
		/** How long an answer takes, in milliseconds. */
		private readonly latency: () => number,
	) {}

	async request(applicant: Partial<Applicant> & { lane: string }): Promise<Sent> {
		const askedAt = this.time.exactly;
		const permit = await this.limiter.acquire(applicant);
		const startedAt = this.time.exactly;
		const { lane } = applicant;
		const sent = { lane, askedAt, startedAt, answeredAt: Number.POSITIVE_INFINITY };
		this.sent.push(sent);
		this.inFlight++;
		this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
		await this.time.sleep(this.latency());
		sent.answeredAt = this.time.exactly;
		this.inFlight--;
		permit.release();
		return sent;
	}

	/** All at once, as n8n's engine starts the items of a node. */
	async sweep(lane: string, requests: number, more: Partial<Applicant> = {}): Promise<Sent[]> {
		return await Promise.all(
			Array.from({ length: requests }, async () => await this.request({ lane, ...more })),
		);
	}

	/** One after the other, as a loop or the pages of a list do. */
	async sequence(lane: string, requests: number): Promise<void> {
		for (let i = 0; i < requests; i++) await this.request({ lane });
	}

	/** The most that the server can have counted in any window, wherever it counts between start and answer. */
	mostInAnyWindow(): number {
		let most = 0;
		this.sent.forEach(({ startedAt }, i) => {
			let used = 0;
			for (let j = 0; j <= i; j++) {
				const { answeredAt = 0 } = this.sent[j] ?? {};
				if (answeredAt > startedAt - WINDOW_MS) used++;
			}
			most = Math.max(most, used);
		});
		return most;
	}
}

/** How long requests waited for their place at the most, in milliseconds. */
export function longestWait(sent: Sent[]): number {
	return Math.max(...sent.map(({ askedAt, startedAt }) => startedAt - askedAt));
}

/** Numbers from 0 up to 1 that look random but are the same each time (mulberry32). */
export function seededRandom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
	};
}
