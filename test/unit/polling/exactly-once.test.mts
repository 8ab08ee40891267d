import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { Life, type Event, type History } from './history.mts';
import { HANDINGS } from './n8n-model.mts';

/**
 * How many histories; a longer search sets it higher. On 2026-11-28, a million passed, with the seed
 * 20261128.
 */
const HISTORIES = Number(process.env.POLLING_HISTORIES ?? 10_000);

/** Another one each time. To repeat a search, set it. */
const SEED = Number(process.env.POLLING_SEED ?? Date.now() % 2 ** 31);

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const faults = fc.oneof(
	{ weight: 3, arbitrary: fc.constant({ everyNth: 0, knowsNone: false, isSlow: false }) },
	{
		weight: 1,
		arbitrary: fc.record({
			everyNth: fc.nat(7),
			knowsNone: fc.boolean(),
			isSlow: fc.boolean(),
		}),
	},
);

const create = fc.record({
	kind: fc.constant('create' as const),
	// Now and then more than fit on a page.
	count: fc.oneof(
		{ weight: 30, arbitrary: fc.constant(1) },
		{ weight: 4, arbitrary: fc.integer({ min: 2, max: 30 }) },
		{ weight: 1, arbitrary: fc.integer({ min: 90, max: 130 }) },
	),
	job: fc.nat(1),
	hiddenMs: fc.oneof(fc.constant(0), fc.constant(0), fc.nat(4 * MINUTE)),
	aheadMs: fc.oneof(
		{ weight: 8, arbitrary: fc.constant(0) },
		{ weight: 1, arbitrary: fc.constantFrom(10 * SECOND, 3 * 60 * MINUTE, 1e12) },
	),
	ends: fc.boolean(),
});

const which = fc.nat(1_000);

const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 6, arbitrary: create },
	{
		weight: 4,
		arbitrary: fc.record({
			kind: fc.constant('time' as const),
			ms: fc.oneof(fc.nat(MINUTE), fc.nat(20 * MINUTE), fc.nat(30 * 60 * MINUTE)),
		}),
	},
	{
		weight: 5,
		arbitrary: fc.record({
			kind: fc.constant('end' as const),
			which,
			all: fc.oneof(fc.constant(false), fc.constant(false), fc.boolean()),
			status: fc.constantFrom('completed', 'failed', 'stopped'),
		}),
	},
	{
		weight: 9,
		arbitrary: fc.record({
			kind: fc.constant('poll' as const),
			handing: fc.oneof(fc.constant('works' as const), fc.constantFrom(...HANDINGS)),
			faults,
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			kind: fc.constantFrom('resume' as const, 'delete' as const, 'writeBack' as const),
			which,
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			kind: fc.constantFrom(...(['restart', 'publish', 'rename', 'runWaiting'] as const)),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('filter' as const),
			job: fc.nat(2),
			statuses: fc.constantFrom(['completed', 'failed'], ['failed'], ['completed', 'stopped']),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('environment' as const),
			name: fc.constantFrom('first', 'second'),
		}),
	},
);

const histories: fc.Arbitrary<History> = fc.record({
	namesEnvironment: fc.boolean(),
	listsAreShort: fc.boolean(),
	isQueueMode: fc.constantFrom(false, false, false, true),
	events: fc.array(event, { maxLength: 50, size: 'max' }),
});

describe('any history of runs, failures, n8n and changes', () => {
	it('starts the workflow exactly once for each ended run that matches', async () => {
		process.stdout.write(`${String(HISTORIES)} histories with POLLING_SEED=${String(SEED)}\n`);
		await fc.assert(
			fc.asyncProperty(histories, async (history) => {
				expect(await new Life(history).live()).toEqual([]);
			}),
			{ numRuns: HISTORIES, seed: SEED },
		);
	}, 3_600_000);
});
