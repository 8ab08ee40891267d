import { describe, expect, it, jest } from '@jest/globals';

const setUp = { takesSignal: true };

// Older releases of n8n have a `sleep` without a signal.
jest.mock('n8n-workflow', () => {
	const real = jest.requireActual<{ sleep(ms: number, signal?: AbortSignal): Promise<void> }>(
		'n8n-workflow',
	);
	return {
		sleep: async (ms: number, signal?: AbortSignal) => {
			await real.sleep(ms, setUp.takesSignal ? signal : undefined);
		},
	};
});

import { pause } from '../../lib/pause';

describe.each([true, false])('a pause, if n8n’s sleep takes a signal: %s', (takesSignal) => {
	it('ends when its time is over', async () => {
		setUp.takesSignal = takesSignal;
		const startedAt = performance.now();
		await pause(40);
		await pause(40, new AbortController().signal);
		expect(performance.now() - startedAt).toBeGreaterThan(70);
	});

	it('ends at once with the reason of its signal', async () => {
		setUp.takesSignal = takesSignal;
		const startedAt = performance.now();
		const stop = new AbortController();
		const reason = new Error('stopped');
		setTimeout(() => {
			stop.abort(reason);
		}, 20);
		await expect(pause(1_000, stop.signal)).rejects.toBe(reason);
		await expect(pause(1_000, stop.signal)).rejects.toBe(reason);
		expect(performance.now() - startedAt).toBeLessThan(500);
	});
});
