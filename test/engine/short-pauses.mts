import { jest } from '@jest/globals';

/**
 * Pauses of so many milliseconds take 100 from now on, until mocks are restored; n8n's `sleep` is one.
 *
 * @param onPause called as a pause begins
 * @returns the pauses so far
 */
export function shortPauses(pauseMs: number, onPause: () => void = () => undefined): number[] {
	const { setTimeout } = globalThis;
	const pauses: number[] = [];
	const shorter = (work: () => void, ms = 0) => {
		if (ms !== pauseMs) return setTimeout(work, ms);
		pauses.push(ms);
		onPause();
		return setTimeout(work, 100);
	};
	jest.spyOn(globalThis, 'setTimeout').mockImplementation(shorter as typeof setTimeout);
	return pauses;
}
