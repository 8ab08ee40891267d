import { describe, expect, it, test } from '@jest/globals';

import { toleranceMs, triggerProperties } from '../../../nodes/TrutoTrigger/parameters';

const MINUTE = 60_000;

describe('the tolerance', () => {
	it('is five minutes unless set', () => {
		expect(toleranceMs({})).toBe(5 * MINUTE);
		expect(toleranceMs({ toleranceMinutes: undefined })).toBe(5 * MINUTE);
	});

	test.each([
		[5, 5],
		[60, 60],
		[2.5, 2.5],
	])('of %d minutes is %d', (minutes, expected) => {
		expect(toleranceMs({ toleranceMinutes: minutes })).toBe(expected * MINUTE);
	});

	test.each([1, 0.1, 1e-9])('of %d minutes still lets the retries of Truto pass', (minutes) => {
		// The last of three retries comes 30 s after the first try at most; a try may take some time.
		expect(toleranceMs({ toleranceMinutes: minutes })).toBeGreaterThanOrEqual(MINUTE);
		expect(toleranceMs({ toleranceMinutes: minutes })).toBeLessThanOrEqual(5 * MINUTE);
	});

	it('of 0 is without limit', () => {
		expect(toleranceMs({ toleranceMinutes: 0 })).toBe(Number.POSITIVE_INFINITY);
	});
});

describe('the parameters', () => {
	const named = (name: string) => triggerProperties.find((property) => property.name === name);

	it('offer the events that Truto has of runs, under its names', () => {
		const offered = named('events')?.options?.map((option) => 'value' in option && option.value);
		const kinds = ['record', 'record_error', 'completed', 'created', 'deleted', 'failed'];
		expect(offered).toEqual(
			[...kinds, 'rate_limited', 'started', 'updated'].map((kind) => `sync_job_run:${kind}`),
		);
	});

	it('ask for what ends a run unless told otherwise', () => {
		expect(named('events')?.default).toEqual(['sync_job_run:completed', 'sync_job_run:failed']);
	});

	it('have one name each', () => {
		const names = triggerProperties.map(({ name }) => name);
		expect(new Set(names).size).toBe(names.length);
	});
});
