import { describe, expect, it } from '@jest/globals';

import {
	boundedWatch,
	firstState,
	lookBack,
	type WatchedEntry,
} from '../../../nodes/TrutoPollingTrigger/state';
import { ended, going, MINUTE, NOW, stateWith } from './seen.mts';

const every = (minutes: number, count: number) =>
	Array.from({ length: count }, (_, at) => NOW - at * minutes * MINUTE);

describe('how far back a poll reads the list', () => {
	it.each([
		['no run', [], 0],
		['49 runs', every(10, 49), 0],
		['50 runs', every(10, 50), NOW - 490 * MINUTE],
		['more runs', every(10, 80), NOW - 490 * MINUTE],
		['in any order', every(10, 80).reverse(), NOW - 490 * MINUTE],
		['many within five minutes', every(0.01, 80), NOW - 5 * MINUTE],
		['a time in the future', [...every(10, 50), NOW + 1], NOW - 490 * MINUTE],
		['times in the future only', Array.from({ length: 60 }, () => NOW + 1), 0],
	])('%s', (_, created, floor) => {
		expect(lookBack(created, NOW)).toBe(floor);
	});
});

describe('the first state', () => {
	it('watches what goes on, and takes what has ended for done', () => {
		const runs = [going('a'), ended('b', { environment: 'e' }), going('a')];
		expect(firstState(runs, NOW)).toEqual({
			...{ polls: 1, at: NOW, environment: 'e', since: 0, handed: [], repeats: 0 },
			...{ watched: [['a', NOW - MINUTE]], done: [['b', NOW - MINUTE]] },
		});
	});

	it('without any run looks back an hour, should the clocks differ', () => {
		expect(firstState([], NOW).since).toBe(NOW - 60 * MINUTE);
	});

	const five = Array.from({ length: 5 }, (_, at): WatchedEntry => [`old ${at}`, 1]);

	it.each([
		['knew five runs: what has ended is old', five, 0, []],
		['knew a run: five minutes before its poll', five.slice(0, 1), 6, ['a']],
		['knew a run: older than that', five.slice(0, 1), 7, []],
		['knew none: an hour before its poll', [], 61, ['a']],
		['knew none: older than that', [], 62, []],
	])('after a state that %s', (_, watched, minutes, expected) => {
		const before = stateWith({ polls: 7, watched });
		const run = ended('a', { createdAt: NOW - minutes * MINUTE });
		const state = firstState([run], NOW, before);
		expect(state.polls).toBe(8);
		expect(state.watched.map(([id]) => id)).toEqual(expected);
	});
});

it('too many watched runs: the oldest are kept, in their order', () => {
	const entries = Array.from(
		{ length: 10_001 },
		(_, at): WatchedEntry => [`run ${at}`, (at * 7) % 10_001],
	);
	const { watched } = boundedWatch(entries);
	expect(watched).toHaveLength(10_000);
	expect(watched).toEqual(entries.filter(([, createdAt]) => createdAt !== 10_000));
});
