import { describe, expect, it } from '@jest/globals';

import { PausedTooLong } from '../../../lib/limiter/pausedTooLong';
import { limitedTraffic } from '../helpers/limitedTraffic.mts';
import { settle } from '../helpers/manualTime.mts';

describe('a pause that is too long to wait for', () => {
	const HOUR_MS = 3_600_000;

	it('ends all waits at once with an error that says until when', async () => {
		const { time, limiter, traffic, isLimited } = limitedTraffic();
		time.wallClockAhead = 500;
		const sweep = Promise.allSettled(
			Array.from({ length: 1000 }, () => limiter.acquire({ lane: 'a' })),
		);
		await settle();
		const others = Promise.allSettled([traffic.request({ lane: 'b' })]);
		await time.until(isLimited('unlucky', HOUR_MS));
		expect(time.exactly).toBe(1_000_020);
		const ends = await time.until(sweep);
		const failed = ends.filter((end) => end.status === 'rejected');
		expect(failed.length).toBeGreaterThanOrEqual(930);
		for (const { reason } of failed) {
			expect(reason).toBeInstanceOf(PausedTooLong);
			expect(reason).toMatchObject({
				resumesAt: 1_000_020 + 500 + HOUR_MS,
				message: 'Truto accepts no requests before 1970-01-01T01:16:40.520Z',
			});
		}
		expect(time.exactly).toBe(1_000_020);
		await time.until(others);
		expect(time.pendingSleeps).toBe(0);
	});

	it('refuses later requests at once, as long as more than five minutes are left', async () => {
		const { time, limiter, isLimited } = limitedTraffic();
		await time.until(isLimited('unlucky', HOUR_MS));
		const asked = limiter.acquire({ lane: 'later' });
		await expect(asked).rejects.toMatchObject({ name: 'PausedTooLong' });
		await time.advance(HOUR_MS - 300_001);
		await expect(limiter.acquire({ lane: 'later' })).rejects.toBeInstanceOf(PausedTooLong);
		await time.advance(1);
		const before = time.exactly;
		(await time.until(limiter.acquire({ lane: 'later' }))).release();
		expect(time.exactly - before).toBe(300_000);
	});

	it('is a pause of more than five minutes', async () => {
		const { time, traffic, isLimited } = limitedTraffic();
		await time.until(isLimited('unlucky', 300_000));
		const sent = await time.until(traffic.request({ lane: 'patient' }));
		expect(sent.startedAt - sent.askedAt).toBe(300_000);
	});

	it('is kept in mind until it is over', async () => {
		const { time, limiter, isLimited } = limitedTraffic();
		await time.until(isLimited('unlucky', HOUR_MS));
		await time.advance(HOUR_MS - 1000);
		expect(limiter.isIdle()).toBe(false);
	});
});
