import { describe, expect, it } from '@jest/globals';

import {
	advance,
	firstState,
	withPostponed,
	withUnfinished,
	withUnsure,
	type PollState,
	type SeenRun,
} from '../../../nodes/TrutoPollingTrigger/pollState';
import { deepFreeze } from '../helpers/deepFreeze.mts';

const NOON = Date.parse('2026-01-15T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const run = (id: string, changes: Partial<SeenRun> = {}): SeenRun => ({
	id,
	createdAt: NOON,
	endedAt: NOON,
	hasEnded: true,
	passes: true,
	starts: true,
	...changes,
});

const going = (id: string, createdAt = NOON) => run(id, { hasEnded: false, createdAt });

const nothing = { listed: [], checked: [], gone: [] };

/** The state after a first poll that found these runs. */
const first = (...runs: SeenRun[]): PollState =>
	deepFreeze(
		firstState(
			runs,
			runs.filter(({ hasEnded }) => !hasEnded),
			'scope',
		),
	);

const many = (count: number, changes: (index: number) => Partial<SeenRun> = () => ({})) =>
	Array.from({ length: count }, (_, index) => run(`run ${String(index)}`, changes(index)));

describe('the first poll', () => {
	it('starts nothing, and remembers what goes on', () => {
		const state = first(run('old'), going('busy', NOON - DAY));
		expect(state).toEqual({
			polls: 1,
			scope: 'scope',
			since: NOON - 5 * MINUTE,
			settled: [['old', NOON]],
			unfinished: [['busy', NOON - DAY]],
			waiting: [],
			handed: [],
			unsure: [],
		});
		const ended = advance(state, { ...nothing, checked: [run('busy', { createdAt: NOON - DAY })] });
		expect(ended.toStart).toEqual(['busy']);
		expect(ended.state.unfinished).toEqual([]);
	});

	it('without any run leaves all that come to the next one', () => {
		const state = first();
		expect(state.since).toBeNull();
		expect(advance(state, { ...nothing, listed: [run('a')] }).toStart).toEqual(['a']);
	});
});

describe('a poll', () => {
	it('starts runs in the order in which they ended', () => {
		const late = run('first', { endedAt: NOON + 1, createdAt: NOON + 9 });
		const findings = { listed: [late, run('second', { endedAt: NOON + 2 })], gone: [] };
		const checked = [run('third', { endedAt: NOON + 3, createdAt: NOON - DAY })];
		const state = first(run('old'), going('third', NOON - DAY));
		expect(advance(state, { ...findings, checked }).toStart).toEqual(['first', 'second', 'third']);
	});

	it('tells runs of the same millisecond apart', () => {
		const state = first(run('old'));
		expect(advance(state, { ...nothing, listed: [run('new'), run('old')] }).toStart).toEqual([
			'new',
		]);
	});

	it('leaves out what the filters or the chosen ends rule out, for good', () => {
		const listed = [run('other', { passes: false }), run('stopped', { starts: false })];
		const { state, toStart } = advance(first(run('old')), { ...nothing, listed });
		expect(toStart).toEqual([]);
		expect(state.settled.map(([id]) => id).sort()).toEqual(['old', 'other', 'stopped']);
	});

	it('does not remember unfinished runs that the filters rule out', () => {
		const other = { ...going('other'), passes: false };
		expect(advance(first(run('old')), { ...nothing, listed: [other] }).state.unfinished).toEqual(
			[],
		);
	});

	it('forgets what Truto does not know any more', () => {
		const { state, toStart } = advance(first(going('busy')), { ...nothing, gone: ['busy'] });
		expect([state.unfinished, toStart]).toEqual([[], []]);
	});

	it('looks last at what it looked at just now', () => {
		const state = first(run('old'), going('a', NOON - DAY), going('b', NOON - DAY));
		const after = advance(state, { ...nothing, checked: [going('a', NOON - DAY)] });
		expect(after.state.unfinished.map(([id]) => id)).toEqual(['b', 'a']);
	});
});

describe('bounds', () => {
	it('gives n8n 500 runs at once, and the others at the next polls', () => {
		const listed = many(1_100, (index) => ({ endedAt: NOON + index }));
		const one = advance(first(run('old')), { ...nothing, listed });
		expect([one.toStart.length, one.toStart[0], one.state.waiting.length]).toEqual([
			500,
			'run 0',
			600,
		]);
		const two = advance(one.state, nothing);
		const three = advance(two.state, nothing);
		expect([two.toStart[0], three.toStart[0], three.toStart.length]).toEqual([
			'run 500',
			'run 1000',
			100,
		]);
		expect(advance(three.state, nothing).toStart).toEqual([]);
	});

	it('keeps 2,000 settled runs, and starts none of those before them again', () => {
		const listed = many(2_500, (index) => ({ createdAt: NOON + index, starts: false }));
		const { state } = advance(first(run('old')), { ...nothing, listed });
		expect([state.settled.length, state.since]).toEqual([2_000, NOON + 500]);
	});

	it('keeps the latest 2,000 unfinished runs', () => {
		const listed = many(2_001, (index) => ({ createdAt: NOON + index, hasEnded: false }));
		const { unfinished } = advance(first(run('old')), { ...nothing, listed }).state;
		expect([unfinished.length, unfinished[0]]).toEqual([2_000, ['run 1', NOON + 1]]);
	});

	it('forgets runs that go on after 30 days', () => {
		const state = first(run('old'), going('a', NOON - 30 * DAY), going('b', NOON - 30 * DAY - 1));
		expect(state.unfinished.map(([id]) => id)).toEqual(['a']);
	});
});

describe('runs that n8n may not have started', () => {
	const given = advance(first(run('old')), {
		...nothing,
		listed: [run('given', { createdAt: NOON + 1 })],
	}).state;

	it('go along with the next run, and cause no execution of their own', () => {
		const quiet = advance(withUnsure(given), nothing);
		expect(quiet.toStart).toEqual([]);
		const listed = [run('next', { createdAt: NOON + 2 })];
		const after = advance(quiet.state, { ...nothing, listed });
		expect(after.toStart).toEqual(['next', 'given']);
		expect(after.state).toMatchObject({ handed: ['next', 'given'], unsure: [] });
	});

	it('leave the first place to new ones', () => {
		const unsure = Array.from({ length: 500 }, (_, index) => `unsure ${String(index)}`);
		const listed = [run('next', { createdAt: NOON + 2 })];
		const { state, toStart } = advance({ ...given, unsure }, { ...nothing, listed });
		expect([toStart.length, toStart[0], state.unsure]).toEqual([500, 'next', ['unsure 499']]);
		expect(advance(state, nothing).toStart).toEqual([]);
	});
});

describe('other filters', () => {
	it('look anew at what goes on, but not at what has started the workflow', () => {
		const state: PollState = { ...first(going('a')), handed: ['b'] };
		const runs = [going('b'), going('c'), run('ended'), { ...going('d'), passes: false }];
		expect(withUnfinished(state, runs, 'new')).toMatchObject({
			scope: 'new',
			unfinished: [['c', NOON]],
		});
	});
});

describe('runs that could not be read', () => {
	const state = deepFreeze({ ...first(), waiting: ['later'], handed: ['a', 'b', 'c'] });

	it('come at the next poll, before others that wait', () => {
		expect(withPostponed(state, ['c', 'a'], ['before'])).toMatchObject({
			waiting: ['c', 'a', 'later'],
			handed: ['b'],
		});
	});

	it('leave what n8n got earlier if nothing is left to pass to it', () => {
		expect(withPostponed(state, ['a', 'b', 'c'], ['before']).handed).toEqual(['before']);
	});
});
