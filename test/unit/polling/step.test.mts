import { describe, expect, it } from '@jest/globals';

import { isDueAgain, step, withRecorded } from '../../../nodes/TrutoPollingTrigger/step';
import { ended, going, MINUTE, NOW, stateWith } from './seen.mts';

const CREATED = NOW - MINUTE;
const NOTHING = { runs: [], missing: [], unread: [] };
const DAY = 24 * 60 * MINUTE;

describe('a run that a poll finds', () => {
	it.each([
		['is new and in progress', going('a'), { watched: [['a', CREATED]] }, []],
		['has ended', ended('a'), { handed: [['a', CREATED, NOW]] }, ['a']],
		['has ended, but not as wanted', ended('a', { starts: false }), { done: [['a', CREATED]] }, []],
		[
			'has ended, but was not read',
			ended('a', { isWhole: false }),
			{ watched: [['a', CREATED]] },
			[],
		],
		['goes on after 30 days', going('a', { createdAt: NOW - 30 * DAY - 1 }), {}, []],
	])('%s', (_, run, lists, toStart) => {
		const next = step(stateWith(), { ...NOTHING, runs: [run] }, NOW);
		expect(next.toStart.map(({ id }) => id)).toEqual(toStart);
		expect(next.state).toEqual({ ...stateWith(), polls: 2, at: NOW, ...lists });
	});

	it.each([
		['watched', { watched: [['a', CREATED]] }, ['a']],
		['given to n8n just now', { handed: [['a', CREATED, NOW - 1]] }, []],
		[
			'given to n8n a minute ago, without a record',
			{ handed: [['a', CREATED, NOW - MINUTE]] },
			['a'],
		],
		['perhaps lost by n8n', { handed: [['a', CREATED, 0]] }, ['a']],
		['done', { done: [['a', CREATED]] }, []],
	] as [string, object, string[]][])('has ended, and was %s before', (_, before, toStart) => {
		const next = step(stateWith(before), { ...NOTHING, runs: [ended('a')] }, NOW);
		expect(next.toStart.map(({ id }) => id)).toEqual(toStart);
	});

	it('runs again after it was done: it is followed once more', () => {
		const next = step(
			stateWith({ done: [['a', CREATED]] }),
			{ ...NOTHING, runs: [going('a')] },
			NOW,
		);
		expect(next.state).toMatchObject({ watched: [['a', CREATED]], done: [] });
	});

	it('comes in the order of the ends, 5,000 at once', () => {
		const runs = Array.from({ length: 5_001 }, (_, at) =>
			ended(`run ${at}`, { endedAt: 10_000 - at }),
		);
		const { toStart, state } = step(stateWith(), { ...NOTHING, runs }, NOW);
		expect([toStart.length, toStart[0]?.id, toStart.at(-1)?.id]).toEqual([
			5_000,
			'run 5000',
			'run 1',
		]);
		expect(state.watched).toEqual([['run 0', CREATED]]);
	});
});

describe('a run that Truto says it does not know', () => {
	const [sinceNow, since4, since5] = [NOW, NOW - 4 * MINUTE, NOW - 5 * MINUTE];

	it.each([
		['the first time', { watched: [['a', CREATED]] }, [['a', CREATED, sinceNow]]],
		['for four minutes', { watched: [['a', CREATED, since4]] }, [['a', CREATED, since4]]],
		['for five minutes', { watched: [['a', CREATED, since5]] }, []],
		['after n8n got it', { handed: [['a', CREATED, CREATED]] }, [['a', CREATED, sinceNow]]],
		['and the trigger neither', {}, []],
	] as [string, object, unknown[]][])('%s', (_, before, watched) => {
		const { state } = step(stateWith(before), { ...NOTHING, missing: ['a'] }, NOW);
		expect(state).toMatchObject({ watched, handed: [], done: [] });
	});

	it('and then knows again counts as never missed', () => {
		const before = stateWith({ watched: [['a', CREATED, since4]] });
		expect(step(before, { ...NOTHING, runs: [going('a')] }, NOW).state.watched).toEqual([
			['a', CREATED],
		]);
	});
});

describe('what the state keeps', () => {
	it('what could not be read is read last by the next poll', () => {
		const before = stateWith({
			watched: [
				['a', 1],
				['b', 2],
				['c', 3],
			],
		});
		expect(step(before, { ...NOTHING, unread: ['a', 'x'] }, NOW).state.watched).toEqual([
			['b', 2],
			['c', 3],
			['a', 1],
		]);
	});

	it('10,000 runs in progress, the oldest ones', () => {
		const runs = Array.from({ length: 10_002 }, (_, at) =>
			going(`run ${at}`, { createdAt: NOW - at }),
		);
		const { state, leftOut } = step(stateWith(), { ...NOTHING, runs }, NOW);
		expect([state.watched.length, leftOut]).toEqual([10_000, 2]);
		expect(state.watched.map(([id]) => id)).not.toContain('run 1');
		expect(state.watched.map(([id]) => id)).toContain('run 2');
	});

	it('what is done back to the 50th of the latest runs and by five minutes at least', () => {
		const done = Array.from({ length: 60 }, (_, at): [string, number] => [
			`run ${at}`,
			NOW - at * 10 * MINUTE,
		]);
		const { state } = step(stateWith({ done }), NOTHING, NOW);
		expect(state.since).toBe(NOW - 490 * MINUTE);
		expect(state.done.map(([id]) => id)).toEqual(done.slice(0, 50).map(([id]) => id));
	});

	it('10,000 runs that are done: the list is then read less far', () => {
		const done = Array.from({ length: 10_001 }, (_, at): [string, number] => [
			`run ${at}`,
			NOW - at,
		]);
		const { state } = step(stateWith({ done }), NOTHING, NOW);
		expect([state.since, state.done.length]).toEqual([NOW - 9_999, 10_000]);
	});

	it('is at most 620 kB of 10,000 runs that end in one interval, and 550 kB when they are done', () => {
		const now = 1_780_000_000_000;
		const runs = Array.from({ length: 10_000 }, (_, at) =>
			ended(`b0000000-0000-4000-8000-${String(at).padStart(12, '0')}`, { createdAt: now - at }),
		);
		let state = stateWith();
		const sizes = [1, 2, 3].map((poll) => {
			const recorded = new Set(state.handed.map(([id]) => id));
			const before = withRecorded(state, { recorded, isSure: true, runsHere: true });
			({ state } = step(before, { ...NOTHING, runs }, now + poll * MINUTE));
			return Math.round(JSON.stringify(state).length / 1_000);
		});
		expect(sizes).toEqual([620, 620, 550]);
	});

	it('the environment that runs name', () => {
		const before = stateWith({ environment: 'first' });
		expect(step(before, NOTHING, NOW).state.environment).toBe('first');
		const runs = [going('a'), going('b', { environment: 'second' })];
		expect(step(before, { ...NOTHING, runs }, NOW).state.environment).toBe('second');
	});

	it.each([
		[NOW - MINUTE, 4],
		[0, 3],
	])('how often n8n got runs again, but not because it was started: given at %d', (at, repeats) => {
		const before = stateWith({ handed: [['a', CREATED, at - 8 * MINUTE]], repeats: 3 });
		const handed: typeof before.handed = [['a', CREATED, at === 0 ? 0 : at - 8 * MINUTE]];
		const { state } = step({ ...before, handed }, { ...NOTHING, runs: [ended('a')] }, NOW);
		expect(state.repeats).toBe(repeats);
	});
});

describe('at the beginning of a poll', () => {
	const before = stateWith({
		handed: [
			['a', 1, 5],
			['b', 2, 5],
		],
		done: [['c', 3]],
		repeats: 5,
	});
	const circumstances = { recorded: new Set(['a']), isSure: true, runsHere: true };

	it('what an execution has recorded is done', () => {
		expect(withRecorded(before, circumstances)).toEqual({
			...before,
			...{
				handed: [['b', 2, 5]],
				done: [
					['c', 3],
					['a', 1],
				],
				repeats: 0,
			},
		});
	});

	it('what n8n may have lost is due', () => {
		const { handed } = withRecorded(before, { ...circumstances, isSure: false });
		expect(handed).toEqual([['b', 2, 0]]);
	});

	it('after five repeats, all is done if no execution has run in this process', () => {
		const elsewhere = { recorded: new Set<string>(), isSure: true, runsHere: false };
		const { handed, repeats } = withRecorded(before, elsewhere);
		expect([handed, repeats]).toEqual([[], 5]);
		expect(withRecorded({ ...before, repeats: 4 }, elsewhere).handed).toEqual(before.handed);
		expect(withRecorded(before, { ...elsewhere, runsHere: true }).handed).toEqual(before.handed);
	});

	it.each([
		[0, 1],
		[1, 2],
		[2, 4],
		[5, 32],
		[9, 32],
	])('after %d repeats, n8n gets a run again after %d minutes', (repeats, minutes) => {
		const state = stateWith({ repeats });
		expect(isDueAgain(state, NOW - minutes * MINUTE, NOW)).toBe(true);
		expect(isDueAgain(state, NOW - minutes * MINUTE + 1, NOW)).toBe(false);
	});
});
