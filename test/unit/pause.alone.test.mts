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

import { pause, unlessAborted } from '../../lib/pause';

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

describe('work that a signal may end', () => {
	it('gives its result or its error', async () => {
		const { signal } = new AbortController();
		await expect(unlessAborted(Promise.resolve(7), signal)).resolves.toBe(7);
		await expect(unlessAborted(Promise.resolve(7))).resolves.toBe(7);
		await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
	});

	it('ends with the reason of the signal, and leaves no listener behind', async () => {
		const stop = new AbortController();
		const remove = jest.spyOn(stop.signal, 'removeEventListener');
		const add = jest.spyOn(stop.signal, 'addEventListener');
		await unlessAborted(Promise.resolve(), stop.signal);
		expect(add.mock.calls[0]?.[0]).toBe('abort');
		expect(remove.mock.calls[0]?.slice(0, 2)).toEqual(add.mock.calls[0]?.slice(0, 2));

		const reason = new Error('stopped');
		const waiting = unlessAborted(new Promise(() => undefined), stop.signal);
		stop.abort(reason);
		await expect(waiting).rejects.toBe(reason);
	});
});
