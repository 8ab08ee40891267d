import { describe, expect, it } from '@jest/globals';

import { advance } from '../../../nodes/TrutoPollingTrigger/advance';
import { look, lookFirst, type RunSource } from '../../../nodes/TrutoPollingTrigger/look';
import type { SeenRun } from '../../../nodes/TrutoPollingTrigger/seenRun';
import type { WatchedEntry } from '../../../nodes/TrutoPollingTrigger/state';
import { ended, going, MINUTE, NOW, stateWith } from './seen.mts';

/** What Truto has, and what it is asked for. */
interface Truto extends RunSource {
	asked: string[];
}

/** @param pages of the list @param others runs that no page has */
function truto(pages: SeenRun[][], others: SeenRun[] = [], fails: string[] = []): Truto {
	const all = new Map([...pages.flat(), ...others].map((run) => [run.id, run]));
	const asked: string[] = [];
	return {
		asked,
		async *pages() {
			for (const [at, page] of pages.entries()) {
				await Promise.resolve();
				asked.push(`page ${at + 1}`);
				yield page.map(({ raw }) => raw);
			}
		},
		unfinished: async (since) => {
			await Promise.resolve();
			asked.push(`unfinished since ${NOW - since}`);
			return [...all.values()].filter(({ hasEnded }) => !hasEnded).map(({ raw }) => raw);
		},
		byId: async (ids) => {
			await Promise.resolve();
			asked.push(...ids);
			const known = ids.filter((id) => !fails.includes(id));
			return {
				found: known.flatMap((id) => all.get(id) ?? []).map(({ raw }) => raw),
				gone: known.filter((id) => !all.has(id)),
				errors: ids.filter((id) => fails.includes(id)),
			};
		},
		see: ({ id }, isWhole) => {
			const run = all.get(String(id));
			return run && { ...run, isWhole: isWhole || run.isWhole };
		},
		now: () => NOW,
	};
}

const short = { isWhole: false };
const old = (minutes: number) => ({ createdAt: NOW - minutes * MINUTE });

describe('what a poll reads', () => {
	it('the pages back to where the last poll told it to', async () => {
		const source = truto([[going('a')], [going('b', old(9))], [going('c', old(11))], []]);
		const state = stateWith({ since: NOW - 10 * MINUTE, watched: [['a', 1]] });
		const found = await look(source, state);
		expect(found?.runs.map(({ id }) => id)).toEqual(['a', 'b']);
		expect(source.asked).toEqual(['page 1', 'page 2', 'page 3']);
	});

	it('what it watches and the list does not show; what has ended, unless the list shows it whole', async () => {
		const source = truto(
			[[ended('a', short), ended('b'), ended('c', { ...short, starts: false })]],
			[going('d')],
		);
		const state = stateWith({
			since: NOW - 2 * MINUTE,
			watched: [
				['a', 1],
				['d', 1],
			],
		});
		const found = await look(source, state);
		expect(source.asked).toEqual(['page 1', 'd', 'a']);
		expect(found?.runs.map(({ id, isWhole }) => [id, isWhole])).toEqual([
			['a', true],
			['b', true],
			['c', false],
			['d', true],
		]);
	});

	it('what n8n may have lost before all else, and nothing that is done or just given to n8n', async () => {
		const runs = ['lost', 'given', 'done', 'new'].map((id) => ended(id, short));
		const source = truto([runs]);
		const state = stateWith({
			handed: [
				['lost', 1, 0],
				['given', 1, NOW - 1],
			],
			done: [['done', 1]],
		});
		await look(source, state);
		expect(source.asked).toEqual(['page 1', 'lost', 'new']);
	});

	it('lists of what goes on, if it watches more than 20', async () => {
		const runs = Array.from({ length: 20 }, (_, at) => going(`run ${at}`, old(30)));
		const source = truto([[]], [...runs, ended('over')]);
		const watched = runs.map(({ id, createdAt }): WatchedEntry => [id, createdAt]);
		const found = await look(
			source,
			stateWith({ watched: [...watched, ['over', NOW - 40 * MINUTE]], environment: 'e' }),
		);
		// To recognize the environment, it asks for the latest runs.
		expect(source.asked.slice(6)).toEqual([`unfinished since ${40 * MINUTE}`, 'over']);
		expect(found?.runs).toHaveLength(21);
	});

	it('50 at a time, as long as there is time', async () => {
		const ids = Array.from({ length: 120 }, (_, at) => `run ${at}`);
		const source = truto([ids.map((id) => ended(id, short))]);
		let now = NOW;
		const byId = source.byId.bind(source);
		source.now = () => now;
		source.byId = async (some) => {
			now += 20_000;
			return await byId(some);
		};
		await look(source, stateWith({ watched: [['run 0', 1]] }));
		// 30 seconds, since the last poll was a minute ago.
		expect(source.asked.slice(1)).toHaveLength(100);
	});
});

describe('what it could not read', () => {
	it('is named: what Truto does not know, and what failed', async () => {
		const source = truto([[going('a')]], [], ['fails']);
		const state = stateWith({
			watched: [
				['a', 1],
				['gone', 1],
				['fails', 1],
			],
		});
		expect(await look(source, state)).toMatchObject({
			...{ missing: ['gone'], unread: ['fails'], errors: ['fails'] },
		});
	});
});

describe('another environment', () => {
	const state = stateWith({
		environment: 'first',
		done: [
			['a', 5],
			['b', 4],
			['c', 3],
			['d', 2],
			['e', 1],
			['f', 0],
		],
	});
	const unnamed = { ...state, environment: null };

	it.each([
		['the runs name another', state, [ended('a', { environment: 'second' })], true, []],
		['the runs name the same', state, [ended('x', { environment: 'first' })], false, []],
		['the list has a known run', unnamed, [ended('a'), ended('x')], false, []],
		['Truto knows none of the five latest', unnamed, [ended('x')], true, ['a', 'b', 'c', 'd', 'e']],
	])('%s', async (_, before, listed, isOther, asked) => {
		const source = truto([listed]);
		expect((await look(source, before)) === undefined).toBe(isOther);
		expect(source.asked.slice(1, 6).filter((id) => id !== 'x')).toEqual(asked);
	});

	it('is not what an error at all of them means', async () => {
		const source = truto([[]], [], ['a', 'b', 'c', 'd', 'e']);
		await expect(look(source, unnamed)).rejects.toBe('a');
	});

	it('begins anew, and a new run starts the workflow if hardly any was known before', async () => {
		const about = { recorded: new Set<string>(), isSure: true, runsHere: true };
		const listed = [ended('x', { environment: 'second' })];
		const known = await advance(truto([listed]), { state, ...about });
		expect([known.toStart, known.state.done, known.state.environment]).toEqual([
			[],
			[['x', NOW - MINUTE]],
			'second',
		]);
		const few = await advance(truto([listed]), {
			state: stateWith({ environment: 'first' }),
			...about,
		});
		expect(few.toStart.map(({ id }) => id)).toEqual(['x']);
	});
});

describe('the first poll', () => {
	it('reads the latest runs, and what goes on since 30 days', async () => {
		const latest = Array.from({ length: 50 }, (_, at) => ended(`run ${at}`, old(at)));
		const source = truto([latest, [ended('before', old(60))], []], [going('long', old(9_999))]);
		const found = await lookFirst(source);
		expect(found.map(({ id }) => id)).toEqual([...latest.map(({ id }) => id), 'long']);
		expect(source.asked).toEqual(['page 1', 'page 2', `unfinished since ${43_200 * MINUTE}`]);
	});

	it('starts nothing', async () => {
		const about = { recorded: new Set<string>(), isSure: false, runsHere: false };
		const { state, toStart } = await advance(truto([[ended('a'), going('b')]]), {
			state: undefined,
			...about,
		});
		expect([toStart, state.done, state.watched]).toEqual([
			[],
			[['a', NOW - MINUTE]],
			[['b', NOW - MINUTE]],
		]);
	});
});
