import { RateLimiter } from '../../../lib/limiter/rateLimiter';
import { ManualTime } from './manualTime.mts';
import { Traffic, WINDOW_MS } from './traffic.mts';

/** A limiter with its time, and requests that Truto answers within 20 ms. */
export function limitedTraffic() {
	const time = new ManualTime();
	const limiter = new RateLimiter(time);
	const traffic = new Traffic(time, limiter, () => 20);
	/** One request that Truto answers with 429. */
	const isLimited = async (lane: string, retryAfterMs: number) => {
		const permit = await limiter.acquire({ lane });
		await time.sleep(20);
		permit.limited(retryAfterMs);
		permit.release();
	};
	/** A 429 after requests enough to say something: the half of the limit is held for minutes. */
	const isLimitedInASweep = async () => {
		await time.until(traffic.sweep('before', 100));
		await time.until(isLimited('unlucky', 10_000));
	};
	/** How many requests a sweep sends in the next windows. */
	const sentIn = async (windows: number) => {
		const counts: number[] = [];
		for (let i = 0; i < windows; i++) {
			const before = traffic.sent.length;
			await time.advance(WINDOW_MS);
			counts.push(traffic.sent.length - before);
		}
		return counts;
	};
	return { time, limiter, traffic, isLimited, isLimitedInASweep, sentIn };
}
